/* SPDX-License-Identifier: Apache-2.0 */
/* The config of today out of the json of old: what image/v1/imagev1.go of moby
 * does, MakeConfigFromV1Config and HistoryFromConfig.
 *
 * Keys are sorted and no spaces are between them, as Go writes a map. */
#include <stdlib.h>

#include "source/read/docker_v1.h"

/* Takes value over, also when it fails; NULL is a value that could not be
 * made. */
static int set(json_t *obj, const char *key, json_t *value, struct err *err)
{
	if (!value || json_object_set_new(obj, key, value) < 0)
		return err_nomem(err, sizeof(json_t));
	return 0;
}

static int set_default(json_t *obj, const char *key, const char *value,
		       struct err *err)
{
	if (json_string_length(json_object_get(obj, key)))
		return 0;
	return set(obj, key, json_string(value), err);
}

/* The words of the command that made the layer. */
static int join_command(const json_t *v1, struct buf *out, struct err *err)
{
	json_t *made = NULL, *cmd = NULL;
	if (json_get_object(v1, "container_config", &made, err) < 0 ||
	    (made && json_get_array(made, "Cmd", &cmd, err) < 0))
		return -1;
	for (size_t i = 0; i < json_array_size(cmd); i++) {
		const json_t *word = json_array_get(cmd, i);
		struct str text = { json_string_value(word),
				    json_string_length(word) };
		if ((i && buf_byte(out, ' ', err) < 0) ||
		    buf_str_add(out, text, err) < 0)
			return -1;
	}
	return 0;
}

/* Each json is the image as it was when that layer was on top, so it has the
 * command that made the layer in "container_config". */
static int history_entry(const json_t *v1, json_t *to, struct err *err)
{
	static const char *const kept[] = { "created", "author", "comment" };
	scoped(buf_done) struct buf command = BUF_INIT(8 << 20);
	for (size_t i = 0; i < ARRAY_LEN(kept); i++) {
		json_t *v = json_object_get(v1, kept[i]);
		if (json_string_length(v) &&
		    set(to, kept[i], json_incref(v), err) < 0)
			return -1;
	}
	if (join_command(v1, &command, err) < 0)
		return -1;
	if (command.n == 0)
		return 0;
	return set(to, "created_by", json_stringn(command.p, command.n), err);
}

static int add_history(struct file_source *f, const struct str *chain, size_t n,
		       json_t *list, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		scoped(json_free) json_t *v1 = NULL;
		json_t *entry = json_object();
		if (!entry || json_array_append_new(list, entry) < 0)
			return err_nomem(err, sizeof(json_t));
		if (source_docker_v1_json(f, chain[i], &v1, err) < 0 ||
		    history_entry(v1, entry, err) < 0)
			return err_ctx(err, "%.12s", chain[i].p);
	}
	return 0;
}

static int add_rootfs(json_t *config, const struct digest *ids, size_t n,
		      struct err *err)
{
	json_t *rootfs = json_object(), *list;
	if (set(config, "rootfs", rootfs, err) < 0 ||
	    set(rootfs, "type", json_string("layers"), err) < 0 ||
	    set(rootfs, "diff_ids", list = json_array(), err) < 0)
		return -1;
	for (size_t i = 0; i < n; i++)
		if (json_array_append_new(
			    list, json_string(digest_text(&ids[i]).text)) < 0)
			return err_nomem(err, sizeof(json_t));
	return 0;
}

static int dump(struct file_source *f, const json_t *config, struct str *out,
		struct err *err)
{
	char *text = json_dumps(config, JSON_SORT_KEYS | JSON_COMPACT);
	if (!text)
		return err_nomem(err, sizeof(json_t));
	int r = arena_str(&f->source.arena, str_of(text), out, err);
	free(text);
	return r;
}

int source_docker_v1_config(struct file_source *f, const struct str *chain,
			    size_t n, const struct digest *diff_ids,
			    struct str *out, struct err *err)
{
	static const char *const dropped[] = { "id",	   "parent",
					       "Size",	   "parent_id",
					       "layer_id", "throwaway" };
	scoped(json_free) json_t *config = NULL;
	json_t *history;
	if (source_docker_v1_json(f, chain[n - 1], &config, err) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(dropped); i++)
		json_object_del(config, dropped[i]);
	/* The oldest told neither: they ran on nothing else. */
	if (set_default(config, "os", "linux", err) < 0 ||
	    set_default(config, "architecture", "amd64", err) < 0 ||
	    add_rootfs(config, diff_ids, n, err) < 0 ||
	    set(config, "history", history = json_array(), err) < 0 ||
	    add_history(f, chain, n, history, err) < 0)
		return -1;
	return dump(f, config, out, err);
}
