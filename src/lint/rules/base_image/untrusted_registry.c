/* SPDX-License-Identifier: Apache-2.0 */
/* Every place that names an image: FROM, COPY --from, RUN --mount=from. A name
 * without a registry is Docker Hub's, which a list of trusted ones calls
 * docker.io or hub.docker.com. An image that a variable decides at build time
 * cannot be judged, and a stage is no image. */
#include "lint/rule.h"
#include "base/chars.h"
#include "lint/rules/base_image/image_name.h"
#include "lint/facts/values.h"
#include "lint/facts/words.h"

/* A star at one end stands for anything. */
static bool fits(struct str allowed, struct str registry)
{
	if (str_eqz(allowed, "*"))
		return true;
	if (str_starts(allowed, STR("*")))
		return str_ends(registry, str_from(allowed, 1));
	if (str_ends(allowed, STR("*")))
		return str_starts(registry,
				  (struct str){ allowed.p, allowed.n - 1 });
	return str_eq(allowed, registry);
}

static bool is_trusted(const struct lint_settings *s, struct str registry)
{
	for (size_t i = 0; i < s->n_registries; i++)
		if (registry.n ? fits(s->registries[i], registry)
			       : fits(s->registries[i], STR("docker.io")) ||
					 fits(s->registries[i],
					      STR("hub.docker.com")))
			return true;
	return false;
}

/* Stages before it, and in COPY and mounts its own number or theirs. */
static bool is_stage(const struct lint_file *f, const struct df_instr *in,
		     struct str name)
{
	uint64_t index;
	if (in->kind == DF_COPY && str_to_u64(name, &index))
		return true;
	uint32_t own = dockerfile_graph_stage_of(f->graph, in->index);
	return own != DF_NO_STAGE &&
	       dockerfile_graph_find(f->graph, own + (in->kind != DF_FROM),
				     name, true) != DF_NO_STAGE;
}

static int look(const struct lint_file *f, const struct df_instr *in,
		struct str image, struct span at, struct lint_out *out,
		struct err *err)
{
	struct str value;
	int known = lint_value(f, in, image, &value, err);
	if (known <= 0)
		return known;
	/* Whoever gives a name a meaning answers for that. */
	if (lint_named_context(f, value))
		return 0;
	struct image_name name = lint_image_name_of(value);
	if (str_eqz(value, "scratch") || is_stage(f, in, value) ||
	    is_trusted(f->settings, name.registry))
		return 0;
	return lint_find(out, at, err,
			 "%s comes from %s, which is not on "
			 "the list of trusted registries; take "
			 "it from one that is, or add the "
			 "registry to trustedRegistries",
			 str_quoted(value).text,
			 name.registry.n ? str_quoted(name.registry).text
					 : "docker.io");
}

static int check(const struct lint_file *f, const struct df_instr *in,
		 struct lint_out *out, struct err *err)
{
	if (f->settings->n_registries == 0)
		return 0;
	if (in->kind == DF_FROM) {
		const struct df_word *image = dockerfile_from_image(in);
		return image ? look(f, in, image->text, image->at, out, err)
			     : 0;
	}
	const struct df_flag *from = dockerfile_flag(in, "from");
	if (in->kind == DF_COPY)
		return from ? look(f, in, from->text, from->value, out, err)
			    : 0;
	const struct lint_run *run = lint_run_of(f, in);
	for (size_t i = 0; run && i < run->n_mounts; i++)
		if (run->mounts[i].from.n &&
		    look(f, in, run->mounts[i].from, run->mounts[i].from_at,
			 out, err) < 0)
			return -1;
	return 0;
}

const struct lint_rule rule_untrusted_registry = {
	.id = "DL3026",
	.severity = SEV_ERROR,
	.on = DF_FROM | DF_COPY | DF_RUN,
	.summary = "image from an untrusted registry",
	.check_instr = check,
};
