/* SPDX-License-Identifier: Apache-2.0 */
#include "work/session.h"

#include "base/pool.h"
#include "store/cache.h"

/* The cache saves time and decides nothing, so a home that is full or not
 * writable must not keep anybody from reading an image. */
static void open_cache(struct work_session *s)
{
	struct err err = { 0 };
	if (store_open(NULL, 0, &s->cache, &err) == 0)
		s->load.cache = s->cache;
	else
		work_note(&s->opt.events, WORK_DETAIL, "no cache: %s",
			  err.text);
}

void work_session_open(const struct work_options *opt, struct work_session *s)
{
	*s = (struct work_session){ .opt = *opt };
	s->load = (struct load_options){
		.limits = opt->limits,
		.threads = opt->threads ? opt->threads : pool_cpus(),
		.progress = opt->events.progress,
	};
	if (!opt->no_cache)
		open_cache(s);
}

void work_session_close(struct work_session *s)
{
	store_close(&s->cache);
	arena_done(&s->arena);
}

static void pass_note(void *self, const char *text)
{
	const struct work_session *s = self;
	work_note(&s->opt.events, WORK_NOTE, "%s", text);
}

int work_open_source(struct work_session *s, const char *name,
		     struct source **out, struct err *err)
{
	struct ref ref;
	const char *platform = s->opt.platform;
	struct source_options opt = {
		.limits = s->load.limits,
		.platform = platform ? str_of(platform) : (struct str){ 0 },
		.no_follow = s->opt.no_follow,
		.progress = s->opt.events.progress,
		.note = pass_note,
		.note_self = s,
		.kinds = s->opt.source_kinds,
	};
	if (oci_parse_ref(str_of(name), &s->arena, &ref, err) < 0)
		return -1;
	return source_open(&ref, &opt, out, err);
}

int work_open_dest(struct work_session *s, const struct ref *to,
		   struct dest **out, struct err *err)
{
	return dest_open(s->opt.dest_kinds, to, s->load.limits, out, err);
}

int work_open_images(struct work_session *s, const char *name,
		     struct source **out, const struct image_set **images,
		     struct err *err)
{
	if (work_open_source(s, name, out, err) < 0)
		return -1;
	return source_images(*out, images, err);
}

int work_look_at(const struct work_session *s, const struct image *img,
		 struct loaded_image *out, struct err *err)
{
	struct load_options load = s->load;
	load.trust_cache = true;
	return tree_load_image(img, &load, out, err);
}
