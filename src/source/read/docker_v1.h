/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/docker_v1.h - the parts of archives of docker before 1.10; private to
 * the room. An id is 64 hexadecimal digits. */
#pragma once
#include "json/json.h"
#include "source/read/format.h"

enum { DOCKER_V1_ID = 64 };

/* Is member i of the archive "ID/json"? */
bool source_docker_v1_is_json(const struct archive *a, size_t i,
			      struct str *id);
/* The object in ID/json. */
must_check int source_docker_v1_json(struct file_source *f, struct str id,
				     json_t **out, struct err *err);
/* Empty: it has none. In the arena. */
must_check int source_docker_v1_parent(struct file_source *f, struct str id,
				       struct str *out, struct err *err);
/* The image that f->source.ref names, and its names. */
must_check int source_docker_v1_pick(struct file_source *f, struct str *id,
				     struct image *img, struct err *err);
/* A config as docker load makes it of the chain's json, in the arena. */
must_check int source_docker_v1_config(struct file_source *f,
				       const struct str *chain, size_t n,
				       const struct digest *diff_ids,
				       struct str *out, struct err *err);
