/* SPDX-License-Identifier: Apache-2.0 */
/* docs/config-canonical.md defines this form.
 *
 * Two configs that run alike have one canonical form: what only tells how the
 * image was made goes, what a Go reader takes for missing goes (false, 0, "",
 * [], {}), keys are sorted. What an engine could tell apart stays, and in doubt
 * a member stays: a difference that is told without need is harmless, one that
 * is passed over is not. */
#include "json/json.h"
#include "oci/config.h"

static bool is_empty(const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_NULL:
		return true;
	case JSON_OBJECT:
		return json_object_size(v) == 0;
	case JSON_ARRAY:
		return json_array_size(v) == 0;
	case JSON_STRING:
		return json_string_length(v) == 0;
	default:
		return false;
	}
}

static void drop_empty(json_t *obj)
{
	const char *key;
	json_t *value;
	void *next;
	json_object_foreach_safe(obj, next, key, value) if (is_empty(value))
		json_object_del(obj, key);
}

/* Maps whose keys are the user's own: a member counts, whatever its value.
 * Null is what Go reads it as.
 *
 * "Volumes": {"/data": null} declares a volume, as {} does: to a Go map the key
 * is what counts. */
static int settle_map(json_t *run, const char *key, const char *zero_text,
		      struct err *err)
{
	const char *name;
	json_t *value, *map = json_object_get(run, key);
	json_object_foreach(map, name, value)
	{
		if (!json_is_null(value))
			continue;
		json_t *zero =
			zero_text ? json_string(zero_text) : json_object();
		if (!zero || json_object_set_new(map, name, zero) < 0)
			return err_nomem(err, sizeof(json_t));
	}
	return 0;
}

/* What a Go reader has where the key is missing: moby's container.Config and
 * HealthConfig. Not StopTimeout, a pointer: its 0 is no default. */
static bool is_default(const json_t *v)
{
	return json_is_false(v) ||
	       (json_is_integer(v) && json_integer_value(v) == 0);
}

static void drop_defaults(json_t *obj, const char *const *keys)
{
	for (; *keys; keys++) {
		const json_t *v = json_object_get(obj, *keys);
		if (v && is_default(v))
			json_object_del(obj, *keys);
	}
}

static int settle_run(json_t *run, struct err *err)
{
	static const char *const run_keys[] = {
		"AttachStdin", "AttachStdout", "AttachStderr",	  "Tty",
		"OpenStdin",   "StdinOnce",    "ArgsEscaped",	  "Memory",
		"MemorySwap",  "CpuShares",    "NetworkDisabled", NULL,
	};
	static const char *const health_keys[] = {
		"Interval",	 "Timeout", "StartPeriod",
		"StartInterval", "Retries", NULL,
	};
	json_t *health = json_object_get(run, "Healthcheck");
	if (settle_map(run, "ExposedPorts", NULL, err) < 0 ||
	    settle_map(run, "Volumes", NULL, err) < 0 ||
	    settle_map(run, "Labels", "", err) < 0)
		return -1;
	if (json_is_object(health)) {
		drop_defaults(health, health_keys);
		drop_empty(health);
	}
	drop_defaults(run, run_keys);
	json_object_del(run, "Image");
	drop_empty(run);
	return 0;
}

/* What a rewrite must change, and what only tells how the image was made.
 *
 * container_config is what docker build had before it committed the image: no
 * engine reads it. */
static void drop_rewritten(json_t *doc)
{
	static const char *const keys[] = { "created", "history", "container",
					    "container_config",
					    "docker_version" };
	const char *key;
	json_t *value;
	void *next;
	for (size_t i = 0; i < ARRAY_LEN(keys); i++)
		json_object_del(doc, keys[i]);
	json_object_foreach_safe(
		doc, next, key,
		value) if (str_starts(str_of(key), STR("moby.")))
		json_object_del(doc, key);
}

struct dump {
	struct buf *out;
	struct err *err;
};

static int dump_some(const char *p, size_t n, void *self)
{
	struct dump *d = self;
	return buf_add(d->out, p, n, d->err);
}

int oci_canonical_config(struct str text, const struct limits *lim,
			 struct buf *out, struct err *err)
{
	scoped(json_free) json_t *doc = NULL;
	json_t *run, *rootfs;
	struct dump d = { out, err };
	if (json_parse(text, lim, &lim->config_max, &doc, err) < 0)
		return -1;
	int has_run = json_get_object(doc, "config", &run, err);
	if (has_run < 0 || (has_run > 0 && settle_run(run, err) < 0))
		return -1;
	int has_rootfs = json_get_object(doc, "rootfs", &rootfs, err);
	if (has_rootfs < 0)
		return -1;
	if (has_rootfs > 0) {
		json_object_del(rootfs, "diff_ids");
		drop_empty(rootfs);
	}
	drop_rewritten(doc);
	drop_empty(doc);
	/* Sorted keys: two writers may order a map as they like. 17 digits are
	 * enough for any double to come back as it was. */
	if (json_dump_callback(doc, dump_some, &d,
			       JSON_SORT_KEYS | JSON_COMPACT |
				       JSON_REAL_PRECISION(17)) == 0)
		return 0;
	if (err->code == ERR_NONE)
		return err_nomem(err, text.n);
	return -1;
}
