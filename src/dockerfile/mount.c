/* SPDX-License-Identifier: Apache-2.0 */
/* RUN --mount=KEY=VALUE,...: one CSV line, as encoding/csv of Go reads it
 * (parseMount of BuildKit).
 *
 * Keys are read in order and may be given again: the last one counts. `type`
 * decides what the others mean and need not stand first, except for size; what
 * depends on it is checked at the end. Each field keeps its span, so a
 * wrong one can be pointed at.
 *
 *	--mount=type=cache,target=/root/.npm,id=npm,sharing=locked
 *
 * Where a value has a variable, what it will be is known to the build alone, so
 * it is believed. Errors of the file and errors of the program are two returns:
 * 0 with *why, and -1. */
#include "dockerfile/mount.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/chars.h"
#include "base/nearest.h"
#include "dockerfile/csv.h"

/* Keys and which names they have. */
static const struct {
	const char *name, *key;
} keys[] = {
	{ "type", "type" },
	{ "from", "from" },
	{ "source", "source" },
	{ "src", "source" },
	{ "target", "target" },
	{ "dst", "target" },
	{ "destination", "target" },
	{ "readonly", "readonly" },
	{ "ro", "readonly" },
	{ "readwrite", "readwrite" },
	{ "rw", "readwrite" },
	{ "required", "required" },
	{ "size", "size" },
	{ "id", "id" },
	{ "sharing", "sharing" },
	{ "mode", "mode" },
	{ "uid", "uid" },
	{ "gid", "gid" },
	{ "env", "env" },
};

static const char *const types[] = { "bind", "cache", "tmpfs", "secret",
				     "ssh" };

struct reading {
	struct df_mount *m;
	struct span *at;
	const char **why;
	bool mode_or_owner, access;
	struct str name; /* of the key, as it is written */
	struct arena *a;
	struct err *err;
};

static int wrong(struct reading *r, struct span at, const char *why)
{
	*r->at = at;
	*r->why = why;
	return 0;
}

/* The same, with the name that was meant behind it. */
static int wrong_name(struct reading *r, struct span at, const char *why,
		      const struct nearest *near)
{
	char text[160];
	struct str kept;
	snprintf(text, sizeof text, "%s%s", why, nearest_hint(near, "").text);
	if (arena_str(r->a, str_of(text), &kept, r->err) < 0)
		return -1;
	return wrong(r, at, kept.p);
}

static const char *key_of(struct str name)
{
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		if (str_eq_nocase(name, str_of(keys[i].name)))
			return keys[i].key;
	return NULL;
}

static bool has_variable(struct str s)
{
	return str_find(s, '$') < s.n;
}

/* strconv.ParseBool. */
static bool is_bool(struct str v, bool *out)
{
	static const char *const yes[] = {
		"1", "t", "T", "true", "TRUE", "True"
	};
	static const char *const no[] = { "0",	   "f",	    "F",
					  "false", "FALSE", "False" };
	for (size_t i = 0; i < ARRAY_LEN(yes); i++)
		if (str_eqz(v, yes[i]) || str_eqz(v, no[i])) {
			*out = str_eqz(v, yes[i]);
			return true;
		}
	return false;
}

/* Octal for a mode (top is 7), decimal for an owner. */
static bool is_number(struct str v, char top)
{
	uint64_t x = 0, base = top == '7' ? 8 : 10;
	for (size_t i = 0; i < v.n; i++) {
		if (v.p[i] < '0' || v.p[i] > top || x > UINT32_MAX)
			return false;
		x = x * base + (uint64_t)(v.p[i] - '0');
	}
	return v.n && x <= UINT32_MAX;
}

/* A number with an optional fraction and a unit, as 64m or 1.5GiB.
 *
 * units.RAMInBytes of Go: "64m", "1.5GiB", "10 kb"; "1.2.3" and "m" are none.
 */
static bool is_size(struct str v)
{
	size_t at = 0, digits = 0, dots = 0;
	for (; at < v.n && (is_digit(v.p[at]) || v.p[at] == '.'); at++) {
		digits += is_digit(v.p[at]);
		dots += v.p[at] == '.';
	}
	while (at < v.n && v.p[at] == ' ')
		at++;
	struct str unit = str_from(v, at);
	bool big = unit.n && strchr("kmgtp", lower(*unit.p));
	if (big)
		unit = str_from(unit, 1);
	bool fits = unit.n == 0 || str_eq_nocase(unit, STR("b")) ||
		    (big && str_eq_nocase(unit, STR("ib")));
	return digits && dots < 2 && fits;
}

static int read_type(struct reading *r, const struct df_mount_field *f)
{
	if (has_variable(f->value)) {
		r->m->type = DF_MOUNT_VARIABLE;
		return 1;
	}
	struct quoted type = str_quoted(f->value);
	struct nearest near = nearest_to(type.text);
	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (str_eq_nocase(f->value, str_of(types[i]))) {
			r->m->type = (enum df_mount_type)i;
			return 1;
		}
		nearest_try(&near, types[i]);
	}
	if (near.best)
		return wrong_name(r, f->value_at,
				  "there is no such type of mount", &near);
	return wrong(r, f->value_at,
		     "the type of a mount is bind, cache, tmpfs, secret or "
		     "ssh");
}

/* Keys that say yes or no, with or without a value. */
static int read_switch(struct reading *r, const struct df_mount_field *f)
{
	bool yes = true;
	if (f->has_value && !has_variable(f->value) && !is_bool(f->value, &yes))
		return wrong(r, f->value_at, "neither true nor false");
	if (str_eqz(f->key, "required")) {
		r->m->required = yes;
		if (r->m->type != DF_MOUNT_SECRET &&
		    r->m->type != DF_MOUNT_SSH &&
		    r->m->type != DF_MOUNT_VARIABLE)
			return wrong(r, f->key_at,
				     "required is for secret and ssh mounts, "
				     "and stands behind their type");
		return 1;
	}
	r->access = true;
	r->m->read_only = yes == str_eqz(f->key, "readonly");
	return 1;
}

static int read_sharing(struct reading *r, const struct df_mount_field *f)
{
	static const char *const ways[] = { "shared", "private", "locked" };
	struct quoted way = str_quoted(f->value);
	struct nearest near = nearest_to(way.text);
	r->m->sharing = f->value;
	if (has_variable(f->value))
		return 1;
	for (size_t i = 0; i < ARRAY_LEN(ways); i++) {
		if (str_eq_nocase(f->value, str_of(ways[i])))
			return 1;
		nearest_try(&near, ways[i]);
	}
	return wrong_name(r, f->value_at, "not shared, private or locked",
			  &near);
}

/* That one of the three is there is remembered: some types take none (check).
 */
static int read_number(struct reading *r, const struct df_mount_field *f)
{
	bool mode = str_eqz(f->key, "mode");
	r->mode_or_owner = true;
	if (has_variable(f->value) || is_number(f->value, mode ? '7' : '9'))
		return 1;
	return wrong(r, f->value_at,
		     mode ? "not an octal number" : "not a number");
}

/* from= is needed before anything is built, to know what has to be built first;
 * so it takes no variable, but for a lone $ at the end, which is a character.
 */
static int read_text(struct reading *r, const struct df_mount_field *f)
{
	struct df_mount *m = r->m;
	if (str_eqz(f->key, "source")) {
		m->source = f->value;
	} else if (str_eqz(f->key, "target")) {
		m->target = f->value;
		m->target_at = f->value_at;
	} else if (str_eqz(f->key, "id")) {
		m->id = f->value;
	} else if (str_eqz(f->key, "env")) {
		m->env = f->value;
	} else {
		size_t dollar = str_find(f->value, '$');
		m->from = f->value;
		m->from_at = f->value_at;
		if (dollar + 1 < f->value.n)
			return wrong(r, f->value_at,
				     "from= takes no variable; name a stage "
				     "with FROM $... AS name");
	}
	return 1;
}

static int refuse_key(struct reading *r, const struct df_mount_field *f)
{
	struct quoted name = str_quoted(r->name);
	struct nearest near = nearest_to(name.text);
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		nearest_try(&near, keys[i].name);
	return wrong_name(r, f->key_at, "a mount has no such key", &near);
}

static int read_field(struct reading *r, const struct df_mount_field *f)
{
	struct str k = f->key;
	if (!k.p)
		return refuse_key(r, f);
	if (str_eqz(k, "readonly") || str_eqz(k, "readwrite") ||
	    str_eqz(k, "required"))
		return read_switch(r, f);
	if (!f->has_value)
		return wrong(r, f->at, "this key needs a value");
	if (str_eqz(k, "type"))
		return read_type(r, f);
	if (str_eqz(k, "sharing"))
		return read_sharing(r, f);
	if (str_eqz(k, "mode") || str_eqz(k, "uid") || str_eqz(k, "gid"))
		return read_number(r, f);
	if (!str_eqz(k, "size"))
		return read_text(r, f);
	if (r->m->type != DF_MOUNT_TMPFS && r->m->type != DF_MOUNT_VARIABLE)
		return wrong(r, f->key_at,
			     "size is for tmpfs mounts, and stands behind "
			     "their type");
	if (has_variable(f->value) || is_size(f->value))
		return 1;
	return wrong(r, f->value_at, "not a size");
}

/* What hangs on several keys, whatever their order. Without ro or rw a bind
 * mount is read-only, a cache can be written to. */
static int check(struct reading *r)
{
	struct df_mount *m = r->m;
	struct span at = m->flag->value;
	bool file = m->type == DF_MOUNT_BIND || m->type == DF_MOUNT_TMPFS;
	if (!r->access)
		m->read_only =
			m->type != DF_MOUNT_CACHE && m->type != DF_MOUNT_TMPFS;
	if (file && r->mode_or_owner)
		return wrong(r, at, "this type takes no mode, uid or gid");
	if (m->sharing.n && m->type != DF_MOUNT_CACHE &&
	    m->type != DF_MOUNT_VARIABLE)
		return wrong(r, at, "sharing is for cache mounts");
	if (m->type != DF_MOUNT_SECRET)
		return 1;
	if (m->from.n)
		return wrong(r, at, "a secret has no from");
	if (!m->source.n && !m->target.n && !m->id.n)
		return wrong(r, at, "a secret needs an id or a target");
	if (m->source.n && m->id.n)
		return wrong(r, at, "a secret has an id or a source, not both");
	return 1;
}

/* "ro" alone is a key without a value; "target=/a=b" has the value /a=b. */
static struct df_mount_field field_of(const struct df_flag *flag,
				      struct str field, size_t from)
{
	struct df_mount_field f = { 0 };
	size_t eq = str_find(field, '=');
	struct str name = { field.p, eq };
	const char *key = key_of(name);
	f.has_value = eq < field.n;
	if (key)
		f.key = str_of(key);
	size_t value = f.has_value ? eq + 1 : eq;
	f.value = str_from(field, value);
	f.at = dockerfile_flag_span(flag, from, from + field.n);
	f.key_at = dockerfile_flag_span(flag, from, from + eq);
	f.value_at = dockerfile_flag_span(flag, from + value, from + field.n);
	return f;
}

/* room holds all fields without their quotes: they are never longer than the
 * flag's text. */
int dockerfile_mount_read(const struct df_flag *flag, struct arena *a,
			  struct df_mount *out, struct span *at,
			  const char **why, struct err *err)
{
	struct str text = flag->text;
	size_t n = 1;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == ',';
	*out = (struct df_mount){ .flag = flag };
	char *room = arena_bytes(a, text.n + 1, err);
	out->fields = arena_array(a, n, sizeof *out->fields, err);
	if (!room || !out->fields)
		return -1;
	struct reading r = {
		.m = out, .at = at, .why = why, .a = a, .err = err
	};
	for (size_t pos = 0, from; pos <= text.n && text.n;) {
		struct str field;
		if (!dockerfile_csv_field(text, &pos, room, &field, &from))
			return wrong(&r, flag->value, "a quote stands wrong");
		room += field.n;
		struct df_mount_field *f = &out->fields[out->n_fields++];
		*f = field_of(flag, field, from);
		r.name = (struct str){ field.p, str_find(field, '=') };
		int read = read_field(&r, f);
		if (read <= 0)
			return read;
	}
	return check(&r);
}
