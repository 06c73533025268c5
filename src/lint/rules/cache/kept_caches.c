/* SPDX-License-Identifier: Apache-2.0 */
/* The rules of caches that stay in a layer and need nothing but the catalogue:
 * one for each line of catalog/kept_caches.list. */
#include "lint/rule.h"
#include "lint/rules/cache/cache.h"

#define KEPT(name, code, cache, text)                                  \
	static int check_##name(const struct lint_file *f,             \
				const struct lint_run *run,            \
				struct lint_out *out, struct err *err) \
	{                                                              \
		return lint_cache_rule(f, run, cache, out, err);       \
	}                                                              \
	const struct lint_rule rule_##name = {                         \
		.id = code,                                            \
		.severity = SEV_WARN,                                  \
		.summary = text,                                       \
		.check_run = check_##name,                             \
	};
#include "catalog/kept_caches.list"
