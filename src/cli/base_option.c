/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/base_option.h"

#include "base/checked.h"
#include "base/nearest.h"

void cli_base_option_done(struct base_option *b)
{
	source_close(&b->source);
}

/* A value that is no image may be a word that was meant. */
static int refuse_image(const char *value, struct err *err)
{
	struct nearest near = nearest_to(value);
	nearest_try(&near, "none");
	nearest_try(&near, "auto");
	return err_ctx(err, "--base%s", nearest_hint(&near, "").text);
}

int cli_base_option_open(struct session *s, const char *value,
			 struct base_option *out, struct err *err)
{
	uint64_t n;
	if (!value || strcmp(value, "auto") == 0) {
		out->policy.mode = BASE_AUTO;
		return 0;
	}
	if (strcmp(value, "none") == 0) {
		out->policy.mode = BASE_NONE;
		return 0;
	}
	if (str_to_u64(str_of(value), &n)) {
		out->policy.mode = BASE_LAYERS;
		if (!narrow_u32(n, &out->policy.n_layers))
			return err_set(err, ERR_USAGE,
				       "--base %s: that many layers", value);
		return 0;
	}
	out->policy.mode = BASE_IMAGE;
	if (work_open_source(&s->work, value, &out->source, err) < 0 ||
	    source_images(out->source, &out->policy.images, err) < 0)
		return refuse_image(value, err);
	return 0;
}
