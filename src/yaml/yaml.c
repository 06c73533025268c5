/* SPDX-License-Identifier: Apache-2.0 */
#include "yaml/yaml.h"

#include <yaml.h>

struct anchor {
	struct str name;
	const struct yaml_node *node;
	struct anchor *older;
};

/* A list or map that is open. */
struct level {
	struct yaml_node *node;
	const struct yaml_node *key; /* of a map: waits for its value */
	struct str anchor;
};

struct parsing {
	yaml_parser_t parser;
	struct yaml *out;
	struct anchor *anchors;
	struct level levels[YAML_DEPTH_MAX];
	size_t depth;
	size_t documents;
	size_t line; /* of the event at hand */
	struct err *err;
};

static int wrong(struct parsing *p, size_t line, const char *why)
{
	return err_set(p->err, ERR_CORRUPT, "line %zu: %s", line, why);
}

static int too_much(struct parsing *p, size_t line, const char *what,
		    size_t max)
{
	return err_set(p->err, ERR_LIMIT, "line %zu: more than %zu %s", line,
		       max, what);
}

static struct yaml_node *new_node(struct parsing *p, enum yaml_kind kind,
				  const yaml_mark_t *at)
{
	struct yaml_node *n = arena_alloc(&p->out->arena, sizeof *n, p->err);
	if (n)
		*n = (struct yaml_node){ .kind = kind,
					 .line = (uint32_t)at->line + 1,
					 .column = (uint32_t)at->column + 1,
					 .weight = 1 };
	return n;
}

static int make_room(struct parsing *p, void *array, struct yaml_node *n,
		     size_t size)
{
	void **v = array;
	if (n->n < n->cap)
		return 0;
	size_t cap = n->cap ? n->cap * 2 : 8;
	void *more = arena_array(&p->out->arena, cap, size, p->err);
	if (!more)
		return -1;
	if (n->n)
		memcpy(more, *v, n->n * size);
	*v = more;
	n->cap = cap;
	return 0;
}

static bool same_key(const struct yaml_node *a, const struct yaml_node *b)
{
	return a->kind == YAML_SCALAR && b->kind == YAML_SCALAR &&
	       str_eq(a->text, b->text);
}

/* A key that the map has by its own goes before one that is merged. */
static int add_pair(struct parsing *p, struct yaml_node *map,
		    struct yaml_pair pair)
{
	for (size_t i = 0; i < map->n; i++) {
		if (!same_key(map->pairs[i].key, pair.key))
			continue;
		if (pair.merged)
			return 0;
		if (!map->pairs[i].merged)
			return wrong(p, pair.key->line, "a key stands twice");
		map->pairs[i] = pair;
		return 0;
	}
	if (map->n == YAML_KEYS_MAX)
		return too_much(p, pair.key->line, "keys", YAML_KEYS_MAX);
	if (make_room(p, &map->pairs, map, sizeof *map->pairs) < 0)
		return -1;
	map->pairs[map->n++] = pair;
	return 0;
}

static int merge(struct parsing *p, struct yaml_node *map,
		 const struct yaml_node *from)
{
	if (from->kind == YAML_LIST) {
		for (size_t i = 0; i < from->n; i++)
			if (from->items[i]->kind != YAML_MAP ||
			    merge(p, map, from->items[i]) < 0)
				return p->err->code ? -1
						    : wrong(p, from->line,
							    "<< wants maps");
		return 0;
	}
	if (from->kind != YAML_MAP)
		return wrong(p, from->line, "<< wants a map");
	for (size_t i = 0; i < from->n; i++) {
		struct yaml_pair pair = from->pairs[i];
		pair.merged = true;
		if (add_pair(p, map, pair) < 0)
			return -1;
	}
	return 0;
}

/* A node is complete: it goes into the list or map that is open. */
static int add(struct parsing *p, const struct yaml_node *n)
{
	if (p->depth == 0) {
		p->out->root = n;
		return 0;
	}
	struct level *l = &p->levels[p->depth - 1];
	struct yaml_node *to = l->node;
	to->weight += n->weight;
	if (to->weight > YAML_NODES_MAX)
		return too_much(p, p->line, "nodes", YAML_NODES_MAX);
	if (to->kind == YAML_LIST) {
		if (make_room(p, &to->items, to, sizeof *to->items) < 0)
			return -1;
		to->items[to->n++] = n;
		return 0;
	}
	if (!l->key) {
		l->key = n;
		return 0;
	}
	struct yaml_pair pair = { .key = l->key, .value = n };
	l->key = NULL;
	if (pair.key->kind == YAML_SCALAR && pair.key->plain &&
	    str_eqz(pair.key->text, "<<"))
		return merge(p, to, n);
	return add_pair(p, to, pair);
}

static int keep_anchor(struct parsing *p, struct str name,
		       const struct yaml_node *node)
{
	struct anchor *a;
	if (name.n == 0)
		return 0;
	a = arena_alloc(&p->out->arena, sizeof *a, p->err);
	if (!a)
		return -1;
	*a = (struct anchor){ .name = name, .node = node, .older = p->anchors };
	p->anchors = a;
	return 0;
}

static int copy(struct parsing *p, const yaml_char_t *z, size_t n,
		struct str *out)
{
	*out = (struct str){ 0 };
	if (!z)
		return 0;
	struct str s = { (const char *)z, n };
	return arena_str(&p->out->arena, s, out, p->err);
}

static int scalar(struct parsing *p, const yaml_event_t *e)
{
	yaml_scalar_style_t style = e->data.scalar.style;
	struct yaml_node *n = new_node(p, YAML_SCALAR, &e->start_mark);
	const yaml_char_t *anchor = e->data.scalar.anchor;
	struct str name;
	if (!n ||
	    copy(p, e->data.scalar.value, e->data.scalar.length, &n->text) <
		    0 ||
	    copy(p, anchor, anchor ? strlen((const char *)anchor) : 0, &name) <
		    0)
		return -1;
	n->plain = style == YAML_PLAIN_SCALAR_STYLE;
	n->block = style == YAML_LITERAL_SCALAR_STYLE ||
		   style == YAML_FOLDED_SCALAR_STYLE;
	return keep_anchor(p, name, n) < 0 ? -1 : add(p, n);
}

static int open_level(struct parsing *p, enum yaml_kind kind,
		      const yaml_event_t *e, const yaml_char_t *anchor)
{
	size_t line = e->start_mark.line + 1;
	if (p->depth == YAML_DEPTH_MAX)
		return too_much(p, line, "levels", YAML_DEPTH_MAX);
	struct level *l = &p->levels[p->depth];
	*l = (struct level){ .node = new_node(p, kind, &e->start_mark) };
	if (!l->node ||
	    copy(p, anchor, anchor ? strlen((const char *)anchor) : 0,
		 &l->anchor) < 0)
		return -1;
	p->depth++;
	return 0;
}

static int close_level(struct parsing *p)
{
	struct level l = p->levels[--p->depth];
	return keep_anchor(p, l.anchor, l.node) < 0 ? -1 : add(p, l.node);
}

/* Only complete nodes have a name yet, so no node can hold itself. */
static int alias(struct parsing *p, const yaml_event_t *e)
{
	struct str name = str_of((const char *)e->data.alias.anchor);
	for (struct anchor *a = p->anchors; a; a = a->older)
		if (str_eq(a->name, name))
			return add(p, a->node);
	return wrong(p, e->start_mark.line + 1,
		     "an alias for what was not named before");
}

static int take_event(struct parsing *p, const yaml_event_t *e)
{
	p->line = e->start_mark.line + 1;
	switch (e->type) {
	case YAML_DOCUMENT_START_EVENT:
		if (p->documents++)
			return wrong(p, e->start_mark.line + 1,
				     "a second document");
		return 0;
	case YAML_SCALAR_EVENT:
		return scalar(p, e);
	case YAML_ALIAS_EVENT:
		return alias(p, e);
	case YAML_SEQUENCE_START_EVENT:
		return open_level(p, YAML_LIST, e,
				  e->data.sequence_start.anchor);
	case YAML_MAPPING_START_EVENT:
		return open_level(p, YAML_MAP, e, e->data.mapping_start.anchor);
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		return close_level(p);
	default:
		return 0;
	}
}

static int no_event(struct parsing *p)
{
	const yaml_parser_t *y = &p->parser;
	if (y->error == YAML_MEMORY_ERROR)
		return err_nomem(p->err, 0);
	return wrong(p, y->problem_mark.line + 1,
		     y->problem ? y->problem : "this is no YAML");
}

static int read_events(struct parsing *p)
{
	for (bool done = false; !done;) {
		yaml_event_t e;
		if (!yaml_parser_parse(&p->parser, &e))
			return no_event(p);
		int r = take_event(p, &e);
		done = e.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&e);
		if (r < 0)
			return -1;
	}
	return 0;
}

/* libyaml takes no NULL, and no tabs where nothing else stands. */
static struct str input_of(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!text.p[i] || !strchr(" \t\r\n", text.p[i]))
			return text;
	return STR("");
}

int yaml_parse(struct str text, struct yaml *out, struct err *err)
{
	struct parsing p = { .out = out, .err = err };
	*out = (struct yaml){ 0 };
	if (text.n > YAML_SIZE_MAX)
		return err_set(err, ERR_LIMIT, "%zu bytes of YAML are too much",
			       text.n);
	if (!yaml_parser_initialize(&p.parser))
		return err_nomem(err, sizeof p.parser);
	text = input_of(text);
	yaml_parser_set_input_string(&p.parser, (const unsigned char *)text.p,
				     text.n);
	int r = read_events(&p);
	yaml_parser_delete(&p.parser);
	return r;
}

void yaml_done(struct yaml *y)
{
	arena_done(&y->arena);
	y->root = NULL;
}

const struct yaml_node *yaml_get(const struct yaml_node *map, const char *key)
{
	for (size_t i = 0; map && map->kind == YAML_MAP && i < map->n; i++)
		if (map->pairs[i].key->kind == YAML_SCALAR &&
		    str_eqz(map->pairs[i].key->text, key))
			return map->pairs[i].value;
	return NULL;
}

static bool is_one_of(struct str s, const char *const *words)
{
	for (; *words; words++)
		if (str_eqz(s, *words))
			return true;
	return false;
}

bool yaml_is_null(const struct yaml_node *n)
{
	static const char *const words[] = { "",     "~",    "null",
					     "Null", "NULL", NULL };
	return n->kind == YAML_SCALAR && n->plain && is_one_of(n->text, words);
}

int yaml_bool(const struct yaml_node *n, bool *out)
{
	static const char *const yes[] = { "true", "True", "TRUE", "yes",
					   "Yes",  "YES",  "on",   "On",
					   "ON",   "y",	   "Y",	   NULL };
	static const char *const no[] = { "false", "False", "FALSE", "no",
					  "No",	   "NO",    "off",   "Off",
					  "OFF",   "n",	    "N",     NULL };
	if (n->kind != YAML_SCALAR || !n->plain)
		return 0;
	bool is = is_one_of(n->text, yes);
	if (!is && !is_one_of(n->text, no))
		return 0;
	*out = is;
	return 1;
}
