/* SPDX-License-Identifier: Apache-2.0 */
/* source/read/docker_archive.h - what is asked of docker-archives by name; private
 * to the room. */
#pragma once
#include "source/read/format.h"

/* The configs of all images that manifest.json lists, in the arena. */
must_check int source_docker_archive_configs(struct file_source *f,
					     struct digest **out, size_t *n,
					     struct err *err);
int source_docker_find_layer(const struct file_source *f,
			     const struct source_layer *l, struct file *out,
			     struct err *err);
