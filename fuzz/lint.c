/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as a Dockerfile, looked at by every rule: findings lie in the file
 * and stand in its order. */
#include <stdlib.h>

#include "fuzz.h"
#include "lint/lint.h"
#include "lint/table.h"

static void must(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct str registries[] = { { "docker.io", 9 } };
	static const struct lint_label_type labels[] = {
		{ { "url", 3 }, LABEL_URL },
		{ { "when", 4 }, LABEL_RFC3339 },
		{ { "version", 7 }, LABEL_SEMVER },
	};
	static const struct lint_settings settings = {
		.registries = registries,
		.n_registries = 1,
		.labels = labels,
		.n_labels = 3,
		.strict_labels = true,
	};
	const struct str all = { "all", 3 };
	const struct lint_choice choice = { .select = &all,
					    .n_select = 1,
					    .show = SEV_STYLE };
	scoped(arena_done) struct arena keep = { 0 };
	struct finding_list r;
	struct err err = { 0 };
	struct lint_input in = { .path = { "Dockerfile", 10 },
				 .text = { (const char *)data, size },
				 .choice = &choice,
				 .settings = &settings };
	in.rules = &lint_all_rules;
	if (lint_run_rules(&in, &keep, &r, &err) < 0) {
		must(err.code == ERR_LIMIT);
		return 0;
	}
	uint32_t at = 0;
	for (size_t i = 0; i < r.n; i++) {
		const struct finding *f = &r.findings[i];
		must(f->at.at >= at && f->at.at <= size &&
		     f->at.n <= size - f->at.at);
		must(f->from.line >= 1 && f->to.line >= f->from.line &&
		     f->message.n > 0);
		at = f->at.at;
	}
	return 0;
}
