/* SPDX-License-Identifier: Apache-2.0 */
/* What Compose files tell of Dockerfiles: where they lie, what their context
 * is, target and arguments (Compose specification, "build"). No other key is
 * looked at, so a file with mistakes elsewhere is still of use.
 *
 *	${TAG:-3.20}	3.20: the default is what is built without settings
 *	$TAG, ${TAG}	not known: the build is left out, or the argument
 *	$$		a dollar */
#include "lint/discover/compose.h"

#include "yaml/yaml.h"

struct composing {
	struct arena *a;
	struct err *err;
};

bool lint_compose_is_name(struct str name)
{
	static const char *const names[] = { "compose.yaml", "compose.yml",
					     "docker-compose.yaml",
					     "docker-compose.yml" };
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (str_eqz(name, names[i]))
			return true;
	return false;
}

static bool is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* What stands behind a $: how many bytes it takes and what it stands for;
 * false: not known here. */
static bool variable(struct str s, size_t *n, struct str *value)
{
	*value = (struct str){ 0 };
	if (s.n && s.p[0] == '$') {
		*n = 1;
		*value = (struct str){ s.p, 1 };
		return true;
	}
	size_t close = str_find(s, '}');
	if (s.n == 0 || s.p[0] != '{' || close == s.n)
		return false;
	size_t at = 1;
	while (at < close && is_name(s.p[at]))
		at++;
	bool colon = at < close && s.p[at] == ':';
	at += colon;
	if (at >= close || s.p[at] != '-')
		return false;
	*value = (struct str){ s.p + at + 1, close - at - 1 };
	*n = close + 1;
	return str_find(*value, '$') == value->n;
}

/* 1: *out is the value; 0: it hangs on what is not known. */
static int interpolate(struct composing *c, struct str s, struct str *out)
{
	scoped(buf_done) struct buf b = BUF_INIT(YAML_SIZE_MAX);
	if (str_find(s, '$') == s.n) {
		*out = s;
		return arena_str(c->a, s, out, c->err) < 0 ? -1 : 1;
	}
	while (s.n) {
		size_t plain = str_find(s, '$'), n = 0;
		struct str value;
		if (buf_add(&b, s.p, plain, c->err) < 0)
			return -1;
		if (plain == s.n)
			break;
		s = str_from(s, plain + 1);
		if (!variable(s, &n, &value))
			return 0;
		if (buf_str_add(&b, value, c->err) < 0)
			return -1;
		s = str_from(s, n);
	}
	return arena_str(c->a, buf_str(&b), out, c->err) < 0 ? -1 : 1;
}

static bool is_elsewhere(struct str context)
{
	static const char *const starts[] = { "git@", "github.com/", "git:" };
	for (size_t i = 0; i + 3 <= context.n; i++)
		if (memcmp(context.p + i, "://", 3) == 0)
			return true;
	for (size_t i = 0; i < ARRAY_LEN(starts); i++)
		if (str_starts(context, str_of(starts[i])))
			return true;
	return false;
}

/* NAME and VALUE pairs of a build. */
struct named_values {
	struct df_arg *v;
	size_t n;
	bool keep_unknown; /* as empty ones; else they are left out */
};

static int add_value(struct composing *c, struct named_values *to,
		     struct str name, struct str value)
{
	struct df_arg arg;
	size_t at = 0;
	int known = interpolate(c, value, &arg.value);
	if (known < 0 || arena_str(c->a, name, &arg.name, c->err) < 0)
		return -1;
	if (known == 0 && !to->keep_unknown)
		return 0;
	if (known == 0)
		arg.value = (struct str){ 0 };
	while (at < to->n && !str_eq(to->v[at].name, name))
		at++;
	to->v[at] = arg; /* of one name the last counts */
	to->n = MAX(to->n, at + 1);
	return 0;
}

/* A map, or a list of NAME=VALUE; a name alone is the environment's. */
static int read_values(struct composing *c, const struct yaml_node *v,
		       struct named_values *to)
{
	if (!v || v->kind == YAML_SCALAR)
		return 0;
	to->v = arena_array(c->a, v->n, sizeof *to->v, c->err);
	if (!to->v)
		return -1;
	for (size_t i = 0; i < v->n; i++) {
		struct str name, value;
		if (v->kind == YAML_MAP) {
			const struct yaml_node *of = v->pairs[i].value;
			name = v->pairs[i].key->text;
			value = of->text;
			if (of->kind != YAML_SCALAR || yaml_is_null(of))
				continue;
		} else if (!str_cut(v->items[i]->text, '=', &name, &value)) {
			continue;
		}
		if (add_value(c, to, name, value) < 0)
			return -1;
	}
	return 0;
}

static int read_args(struct composing *c, const struct yaml_node *build,
		     struct compose_build *b)
{
	struct named_values args = { 0 }, contexts = { .keep_unknown = true };
	if (read_values(c, yaml_get(build, "args"), &args) < 0 ||
	    read_values(c, yaml_get(build, "additional_contexts"), &contexts) <
		    0)
		return -1;
	b->args = args.v;
	b->n_args = args.n;
	b->contexts = contexts.v;
	b->n_contexts = contexts.n;
	return 0;
}

static struct str word(const struct yaml_node *map, const char *key,
		       struct str otherwise)
{
	const struct yaml_node *v = yaml_get(map, key);
	return v && v->kind == YAML_SCALAR && !yaml_is_null(v) ? v->text
							       : otherwise;
}

/* 1: *b is a build; 0: not one that can be followed. */
static int read_build(struct composing *c, const struct yaml_node *v,
		      struct compose_build *b)
{
	bool is_word = v->kind == YAML_SCALAR;
	if (v->kind == YAML_LIST || (is_word && yaml_is_null(v)))
		return 0;
	struct str context = is_word ? v->text : word(v, "context", STR("."));
	const struct yaml_node *text = yaml_get(v, "dockerfile_inline");
	int r = interpolate(c, context, &b->context);
	if (r > 0)
		r = interpolate(c, word(v, "dockerfile", STR("Dockerfile")),
				&b->dockerfile);
	if (r > 0)
		r = interpolate(c, word(v, "target", STR("")), &b->target);
	if (r <= 0)
		return r;
	if (is_elsewhere(b->context))
		return 0;
	b->is_inline = text && text->kind == YAML_SCALAR;
	if (b->is_inline && arena_str(c->a, text->text, &b->text, c->err) < 0)
		return -1;
	return read_args(c, v, b) < 0 ? -1 : 1;
}

int lint_compose_builds(struct str text, struct arena *a,
			struct compose_build **out, size_t *n, struct err *err)
{
	struct composing c = { a, err };
	scoped(yaml_done) struct yaml y;
	if (yaml_parse(text, &y, err) < 0)
		return -1;
	const struct yaml_node *services = yaml_get(y.root, "services");
	size_t count = services ? services->n : 0, made = 0;
	struct compose_build *v = arena_array(a, count, sizeof *v, err);
	if (!v)
		return -1;
	for (size_t i = 0; i < count && services->kind == YAML_MAP; i++) {
		const struct yaml_pair *p = &services->pairs[i];
		const struct yaml_node *build = yaml_get(p->value, "build");
		struct compose_build b = { 0 };
		int r = build ? read_build(&c, build, &b) : 0;
		if (r < 0 || arena_str(a, p->key->text, &b.service, err) < 0)
			return -1;
		if (r > 0)
			v[made++] = b;
	}
	*out = v;
	*n = made;
	return 0;
}
