/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/docker_manifest.h - the manifest.json of docker save: a list of
 * images, and which of them a name means; private to the room.
 *
 * Its readers are written in Go and take a key in any case; old Jib wrote
 * "repoTags". So do these. */
#pragma once
#include "json/json.h"
#include "source/read/format.h"

/* One image of the list. Borrowed from the list. */
struct docker_entry {
	const json_t *obj;
	json_t *tags; /* RepoTags; NULL: none */
};

must_check int source_docker_manifest_read(struct file_source *f, json_t **out,
					   struct err *err);
must_check int source_docker_manifest_entry(const json_t *list, size_t i,
					    struct docker_entry *out,
					    struct err *err);
/* The image that f->source.ref names. */
must_check int source_docker_manifest_pick(const struct file_source *f,
					   const json_t *list,
					   struct docker_entry *out,
					   struct err *err);

/* As json_get_str and so on, the key in any case. */
must_check int source_docker_entry_str(const struct docker_entry *e,
				       const char *key, struct str *out,
				       struct err *err);
must_check int source_docker_entry_array(const struct docker_entry *e,
					 const char *key, json_t **out,
					 struct err *err);
must_check int source_docker_entry_object(const struct docker_entry *e,
					  const char *key, json_t **out,
					  struct err *err);
/* Element i of the list that `what` names in errors. */
must_check int source_docker_string(const json_t *list, size_t i,
				    const char *what, struct str *out,
				    struct err *err);
