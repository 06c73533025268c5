/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as .pare.yaml and as .hadolint.yaml: read, or an error that says
 * why. */
#include <stdlib.h>

#include "fuzz.h"
#include "lint/config/config.h"
#include "lint/table.h"

static void read_as(struct str text, bool own)
{
	struct lint_config c;
	struct err err = { 0 };
	if (lint_config_read(text, own, &lint_all_rules, &c, &err) < 0 &&
	    (!err.code || !err.text[0]))
		abort();
	lint_config_done(&c);
}

/* A file that begins with itself, and what is left of it when only its locks
 * count. */
static void inherit(struct str text)
{
	struct lint_config base, child, locked = { 0 };
	struct err err = { 0 };
	if (lint_config_read(text, true, &lint_all_rules, &base, &err) == 0 &&
	    lint_config_read(text, true, &lint_all_rules, &child, &err) == 0) {
		if (lint_config_only_locked(&base, &locked, &err) < 0)
			abort();
		if (lint_config_inherit(&child, &base, &lint_all_rules, &err) <
			    0 &&
		    !err.text[0])
			abort();
		lint_config_done(&locked);
		lint_config_done(&child);
	}
	lint_config_done(&base);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str text = { (const char *)data, size };
	read_as(text, lint_config_is_own(text));
	read_as(text, true);
	inherit(text);
	read_as(text, false);
	return 0;
}
