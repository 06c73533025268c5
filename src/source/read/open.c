/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/kind.h"

/* A registry is one line here. */
const struct source_kind *const source_kinds[] = { &source_file_kind, NULL };

static int refuse(const struct ref *ref, struct err *err)
{
	return err_set(err, ERR_UNSUPPORTED,
		       "%.*s: images in %s are not read yet; save it to a "
		       "docker-archive or an OCI layout first",
		       STR_ARG(ref->text),
		       oci_ref_transport_name(ref->transport));
}

int source_open(const struct ref *ref, const struct source_options *opt,
		struct source **out, struct err *err)
{
	scoped(source_close) struct source *s = NULL;
	const struct source_kind *const *k =
		opt->kinds ? opt->kinds : source_kinds;
	while (*k && !(*k)->takes(ref))
		k++;
	if (!*k)
		return refuse(ref, err);
	if (source_new(*k, ref, opt, &s, err) < 0)
		return -1;
	if ((*k)->open(s, opt, err) < 0)
		return err_ctx(err, "%.*s", STR_ARG(s->ref.text));
	*out = take(&s);
	return 0;
}
