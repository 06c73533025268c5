/* SPDX-License-Identifier: Apache-2.0 */
#include "lint/shellcheck/shellcheck_memory.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "json/json.h"
#include "store/cache.h"

enum { KEY_MAX = 1 << 18 };

/* Another number when what is asked of the program changes. */
static const char version[] = "shellcheck 1";

/* What an answer's comment needs to be read again. */
static const char *const kept[] = { "level",  "message", "code",     "line",
				    "column", "endLine", "endColumn" };

int lint_shellcheck_memory_open(struct cache *cache, struct str program,
				struct arena *a, struct check_memory *out,
				struct err *err)
{
	struct stat st;
	scoped(buf_done) struct buf b = BUF_INIT(1 << 16);
	*out = (struct check_memory){ 0 };
	if (!cache || stat(program.p, &st) < 0)
		return 0;
	if (buf_addf(&b, err, "%s\n%.*s\n%lld %lld.%09ld\n", version,
		     STR_ARG(program), (long long)st.st_size,
		     (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec) < 0)
		return -1;
	out->cache = cache;
	return arena_str(a, buf_str(&b), &out->program, err);
}

static int key_of(const struct check_memory *m, struct str text,
		  struct buf *key, struct err *err)
{
	return buf_str_add(key, m->program, err) < 0 ||
			       buf_str_add(key, text, err) < 0
		       ? -1
		       : 0;
}

/* Everything but memory is soft: then it is asked for again. */
static int soft(struct err *err)
{
	if (err->code == ERR_NOMEM)
		return -1;
	err_clear(err);
	return 0;
}

int lint_shellcheck_memory_get(const struct check_memory *m, struct str text,
			       struct buf *answer, struct err *err)
{
	scoped(buf_done) struct buf key = BUF_INIT(KEY_MAX);
	if (!m->cache)
		return 0;
	if (key_of(m, text, &key, err) < 0)
		return soft(err);
	int r = store_note_get(m->cache, buf_str(&key), answer, err);
	return r < 0 ? soft(err) : r;
}

/* The comments about one file as an answer about file 0; NULL: no memory. */
static json_t *answer_about(const json_t *comments, size_t file)
{
	json_t *list = json_array(), *o = json_object();
	char number[24];
	snprintf(number, sizeof number, "%zu", file);
	for (size_t i = 0; list && o && i < json_array_size(comments); i++) {
		const json_t *from = json_array_get(comments, i);
		const char *of =
			json_string_value(json_object_get(from, "file"));
		if (!of || strcmp(of, number) != 0)
			continue;
		json_t *c = json_pack("{s:s}", "file", "0");
		for (size_t k = 0; k < ARRAY_LEN(kept); k++)
			json_object_set(c, kept[k],
					json_object_get(from, kept[k]));
		json_array_append_new(list, c);
	}
	if (o && list)
		json_object_set(o, "comments", list);
	json_decref(list);
	return o;
}

static int put_one(const struct check_memory *m, const json_t *comments,
		   size_t file, struct str text, struct err *err)
{
	scoped(buf_done) struct buf key = BUF_INIT(KEY_MAX);
	scoped(json_free) json_t *o = answer_about(comments, file);
	char *said = o ? json_dumps(o, JSON_COMPACT) : NULL;
	if (!said)
		return err_nomem(err, CACHE_NOTE_MAX);
	struct str note = str_of(said);
	int r = 0;
	if (note.n <= CACHE_NOTE_MAX &&
	    (key_of(m, text, &key, err) < 0 ||
	     store_note_put(m->cache, buf_str(&key), note, err) < 0))
		r = soft(err);
	free(said);
	return r;
}

int lint_shellcheck_memory_put(const struct check_memory *m,
			       const struct check_answer *answer,
			       struct err *err)
{
	scoped(json_free) json_t *doc = NULL;
	struct limits lim = limits_default;
	json_t *comments = NULL;
	const struct check_uses *u = answer->uses;
	if (!m->cache)
		return 0;
	lim.manifest_max = answer->text.n;
	if (json_parse(answer->text, &lim, &lim.manifest_max, &doc, err) < 0 ||
	    json_get_array(doc, "comments", &comments, err) <= 0)
		return soft(err);
	for (size_t i = answer->from; i < answer->to; i++)
		if (u->first[i] < u->n &&
		    put_one(m, comments, i, u->scripts[u->first[i]].text, err) <
			    0)
			return -1;
	return 0;
}
