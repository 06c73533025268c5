/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/docker_v1.h - the parts of archives of docker before 1.10; private to
 * the folder. An id is 64 hexadecimal digits. */
#pragma once
#include "json/json.h"
#include "source/read/kind.h"

enum { DOCKER_V1_ID = 64 };

/* Is member i of the archive "ID/json"? */
bool docker_v1_is_json(const struct archive *a, size_t i, struct str *id);
/* The object in ID/json. */
must_check int docker_v1_json(struct source *s, struct str id, json_t **out,
			      struct err *err);
/* Empty: it has none. In the arena. */
must_check int docker_v1_parent(struct source *s, struct str id,
				struct str *out, struct err *err);
/* The image that s->ref names, and its names. */
must_check int docker_v1_pick(struct source *s, struct str *id,
			      struct image *img, struct err *err);
/* A config as docker load makes it of the chain's json, in the arena. */
must_check int docker_v1_config(struct source *s, const struct str *chain,
				size_t n, const struct digest *diff_ids,
				struct str *out, struct err *err);
