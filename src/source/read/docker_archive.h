/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/docker_archive.h - what is asked of docker-archives by name; private
 * to the folder. */
#pragma once
#include "source/read/kind.h"

/* The configs of all images that manifest.json lists, in the arena. */
must_check int docker_archive_configs(struct source *s, struct digest **out,
				      size_t *n, struct err *err);
int docker_find_layer(const struct source *s, const struct source_layer *l,
		      struct file *out, struct err *err);
