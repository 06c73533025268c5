/* SPDX-License-Identifier: Apache-2.0 */
/* oci/engines.h - how much of each thing the engines take.
 *
 * The one table of it: what pare writes stays within every row that can be met
 * (docker before 23.0 reads no zstd at all, so zstd is written when it is asked
 * for), and analyze says which rows an image is past. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct engine {
	const char *name; /* as people say it, with the versions meant */
	uint32_t layers_max;
	uint32_t path_max; /* bytes of a path, without a slash in front */
	uint32_t name_max; /* bytes between two slashes */
	bool zstd;
	uint8_t window_log_max; /* of zstd: log2 of the bytes it looks back */
};

extern const struct engine engines[];
extern const size_t engines_len;

enum { ENGINES_LAYERS_MAX = 125, ENGINES_WINDOW_LOG_MAX = 29 };

/* The engine that takes the fewest layers, the shortest paths: its row says
 * how many, and its name stands in what is told. */
const struct engine *oci_engines_fewest_layers(void);
const struct engine *oci_engines_shortest_path(void);
/* The one without zstd. */
const struct engine *oci_engines_no_zstd(void);
