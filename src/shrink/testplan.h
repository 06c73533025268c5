/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/testplan.h - plans as text, for tests.
 *
 * A layer kept is "K", one rewritten "R" with its source layers when they are
 * several, and what it holds; one that vanished is "V". Layers are joined by
 * " | ". What fails ends the test. */
#pragma once
#include "shrink/plan.h"
#include "shrink/plan_options.h"
#include "tree/testtree.h"

void testplan_make(const char *const *layers, const struct plan_options *opt,
		   struct testtree *t, struct plan *p);
const char *testplan_text(const struct plan *p);

struct plan_row {
	const char *what;
	const char *layers[6];
	const char *plan;
	uint32_t n_base;
};
void testplan_check(const struct plan_row *rows, size_t n);
