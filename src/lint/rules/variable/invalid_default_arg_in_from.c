/* SPDX-License-Identifier: Apache-2.0 */
/* FROM with the defaults of ARG alone, whatever --build-arg says now: a file
 * that builds only with an argument fails for everyone who does not know it. So
 * the global scope is evaluated again here, without the arguments given. */
#include "lint/rule.h"
#include "lint/rules/base_image/image_name.h"
#include "lint/facts/words.h"

/* What is set when nothing is given: any platform will do. */
static const struct df_arg platform[] = {
	{ { "BUILDPLATFORM", 13 }, { "linux/amd64", 11 } },
	{ { "BUILDOS", 7 }, { "linux", 5 } },
	{ { "BUILDARCH", 9 }, { "amd64", 5 } },
	{ { "BUILDVARIANT", 12 }, { "", 0 } },
	{ { "BUILDOSVERSION", 14 }, { "", 0 } },
	{ { "TARGETPLATFORM", 14 }, { "linux/amd64", 11 } },
	{ { "TARGETOS", 8 }, { "linux", 5 } },
	{ { "TARGETARCH", 10 }, { "amd64", 5 } },
	{ { "TARGETVARIANT", 13 }, { "", 0 } },
	{ { "TARGETOSVERSION", 15 }, { "", 0 } },
	{ { "TARGETSTAGE", 11 }, { "default", 7 } },
};

/* ARGs in front of FROM with their own values, whatever was given. */
static int read_defaults(const struct lint_file *f, struct df_scope *s,
			 struct err *err)
{
	dockerfile_scope_init(s, f->df, platform, ARRAY_LEN(platform),
			      f->arena);
	for (size_t i = 0; i < f->df->n_instrs; i++) {
		const struct df_instr *in = f->df->instrs[i];
		if (in->kind == DF_FROM)
			break;
		if (dockerfile_scope_global(s, in, err) < 0)
			return -1;
	}
	return 0;
}

static int check(const struct lint_file *f, struct lint_out *out,
		 struct err *err)
{
	struct df_scope s;
	if (read_defaults(f, &s, err) < 0)
		return -1;
	for (uint32_t i = 0; i < f->graph->n; i++) {
		const struct df_instr *from = f->graph->stages[i].from;
		const struct df_word *image =
			from ? dockerfile_from_image(from) : NULL;
		scoped(buf_done) struct buf b = BUF_INIT(EXPAND_MAX);
		if (!image || !lint_word_has_expansion(image->text))
			continue;
		int known = dockerfile_scope_expand(&s, s.globals, image->text,
						    &b, err);
		if (known < 0)
			return -1;
		/* What cannot be expanded at all is an error of its own. */
		if (!known ||
		    dockerfile_graph_find(f->graph, i, buf_str(&b), false) !=
			    DF_NO_STAGE ||
		    lint_image_name_is_valid(buf_str(&b)))
			continue;
		if (lint_find(out, image->at, err,
			      "%s is not a valid image name with the defaults "
			      "of its ARGs, so a plain docker build fails; "
			      "give the ARG a default",
			      str_quoted(image->text).text) < 0)
			return -1;
	}
	return 0;
}

const struct lint_rule rule_invalid_default_arg_in_from = {
	.id = "InvalidDefaultArgInFrom",
	.severity = SEV_WARN,
	.summary = "FROM that the defaults of ARG make invalid",
	.check_file = check,
};
