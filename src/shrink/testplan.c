/* SPDX-License-Identifier: Apache-2.0 */
#include "shrink/testplan.h"

#include <stdio.h>

#include "shrink/make_plan.h"
#include "base/test.h" /* last: cmocka defines skip */

void testplan_make(const char *const *layers, const struct plan_options *opt,
		   struct testtree *t, struct plan *p)
{
	struct err err = { 0 };
	testtree_make(layers, t);
	struct loaded_image li = { .layers = t->layers,
				   .n_layers = t->n,
				   .tree = t->tree };
	assert_ok(tree_digest(t->tree, &li.digest, &err), &err);
	assert_ok(shrink_make_plan(&li, opt, p, &err), &err);
}

const char *testplan_text(const struct plan *p)
{
	char text[8000] = "";
	for (uint32_t i = 0; i < p->n_layers; i++) {
		const struct plan_layer *l = &p->layers[i];
		size_t n = strlen(text);
		char range[32] = "";
		if (l->from != l->to)
			snprintf(range, sizeof range, "%u-%u", l->from, l->to);
		bool vanished = l->fate == LAYER_VANISHED;
		bool rewritten = l->fate == LAYER_REWRITTEN;
		snprintf(text + n, sizeof text - n, "%s%s%s%s%s",
			 i ? " | " : "",
			 vanished    ? "V"
			 : rewritten ? "R"
				     : "K",
			 range, rewritten ? " " : "",
			 rewritten ? testlayer_text(&l->draft.index) : "");
	}
	return testlayer_printf("%s", text);
}

void testplan_check(const struct plan_row *rows, size_t n)
{
	unsigned wrong = 0;
	for (size_t i = 0; i < n; i++) {
		scoped(testtree_done) struct testtree t = { 0 };
		scoped(shrink_plan_done) struct plan p = { 0 };
		struct plan_options opt = { .n_base = rows[i].n_base };
		testplan_make(rows[i].layers, &opt, &t, &p);
		const char *got = testplan_text(&p);
		if (strcmp(got, rows[i].plan) == 0)
			continue;
		print_error("%s:\n  got  \"%s\"\n  want \"%s\"\n", rows[i].what,
			    got, rows[i].plan);
		wrong++;
	}
	assert_int_equal(wrong, 0);
}
