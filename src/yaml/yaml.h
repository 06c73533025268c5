/* SPDX-License-Identifier: Apache-2.0 */
/* yaml/yaml.h - one YAML document as a tree, with lines.
 *
 * Configurations and compose files. YAML 1.1 as libyaml reads it. Aliases are
 * resolved (a node is shared, never copied) and "<<" merges maps; a key that
 * stands twice is an error. Everything has a ceiling, and an alias counts as
 * all that it stands for, so a walk over the tree is as bounded as the tree:
 * a document that unfolds to more is ERR_LIMIT. */
#pragma once
#include <stdint.h>

#include "base/arena.h"

enum {
	YAML_SIZE_MAX = 1 << 20,
	YAML_DEPTH_MAX = 64,
	YAML_NODES_MAX = 100000, /* after aliases are unfolded */
	YAML_KEYS_MAX = 4096,	 /* of one map */
};

struct yaml_node;

struct yaml_pair {
	const struct yaml_node *key, *value;
	bool merged; /* came by "<<" */
};

struct yaml_node {
	enum yaml_kind { YAML_SCALAR, YAML_LIST, YAML_MAP } kind;
	uint32_t line, column;		/* from 1 */
	struct str text;		/* of a scalar */
	bool plain;			/* without quotes, not a block */
	bool block;			/* | or > */
	const struct yaml_node **items; /* of a list */
	struct yaml_pair *pairs;	/* of a map */
	size_t n, cap;
	size_t weight; /* nodes below it and itself, aliases unfolded */
};

struct yaml {
	struct arena arena;
	const struct yaml_node *root; /* NULL: there is no document */
};

/* ERR_CORRUPT with "line N: ..." for what is no YAML, has a second document,
 * or has a key twice; ERR_LIMIT. *out is released by yaml_done either way. */
must_check int yaml_parse(struct str text, struct yaml *out, struct err *err);
void yaml_done(struct yaml *y);

/* The value of a key of a map; NULL when it is no map or has no such key. */
const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key);
bool yaml_is_null(const struct yaml_node *n);
/* 1: *out is set; 0: it is no boolean of YAML 1.1. */
int yaml_bool(const struct yaml_node *n, bool *out);
