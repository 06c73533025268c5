/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as YAML: a walk over the tree, aliases unfolded, is bounded. */
#include <stdlib.h>

#include "fuzz.h"
#include "yaml/yaml.h"

static size_t walk(const struct yaml_node *n)
{
	size_t sum = 1;
	if (n->line == 0 || n->column == 0)
		abort();
	for (size_t i = 0; i < n->n; i++)
		sum += n->kind == YAML_MAP
			       ? walk(n->pairs[i].key) + walk(n->pairs[i].value)
			       : walk(n->items[i]);
	return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = { 0 };
	struct yaml y;
	struct str text = { (const char *)data, size };
	if (yaml_parse(text, &y, &err) < 0) {
		if (!err.code || !err.text[0])
			abort();
	} else if (y.root && walk(y.root) > 2 * YAML_NODES_MAX) {
		abort();
	}
	yaml_done(&y);
	return 0;
}
