/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "base/nearest.h"
#include "lint/config/internal.h"
#include "yaml/yaml.h"

int lint_config_wrong_word(struct config_reader *r, const struct yaml_node *at,
			   const char *key, const char *wants, struct str word)
{
	enum { WORDS = 16, LONGEST = 40 };
	char names[WORDS][LONGEST];
	struct quoted q = str_quoted(word);
	struct nearest near = nearest_to(q.text);
	const char *p = wants;
	for (size_t i = 0; i < WORDS && *p; i++) {
		size_t n = strcspn(p, ", ");
		snprintf(names[i], LONGEST, "%.*s", (int)n, p);
		if (strcmp(names[i], "or") != 0)
			nearest_try(&near, names[i]);
		p += n;
		p += strspn(p, ", ");
	}
	return err_set(r->err, ERR_CORRUPT, "line %u: %s wants %s, not %s%s",
		       at->line, key, wants, q.text,
		       nearest_hint(&near, "").text);
}
