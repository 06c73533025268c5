/* SPDX-License-Identifier: Apache-2.0 */
#include "oci/engines.h"

/* Where the numbers are from:
 *
 * layers   docker: maxLayerDepth (moby, layer/layer_store.go), "max depth
 *          exceeded" on load and pull. podman, CRI-O, buildah: maxDepth of
 *          containers/storage's overlay driver. containerd has no number of
 *          its own: the kernel's OVL_MAX_STACK.
 * paths    PATH_MAX with its NUL, less the folder of a layer below the default
 *          data root: /var/lib/docker/overlay2/<64>/diff/,
 *          /var/lib/containers/storage/overlay/<64>/diff/, and
 *          /var/lib/containerd/io.containerd.snapshotter.v1.overlayfs/
 *          snapshots/<7>/fs/.
 * names    NAME_MAX.
 * zstd     docker since 23.0, containerd since 1.5, containers/storage since
 *          2020; all by one Go decoder (klauspost/compress), whose largest
 *          window is 2^29. */
const struct engine engines[] = {
	{ "docker before 23.0", ENGINES_LAYERS_MAX, 4000, 255, false, 0 },
	{ "docker", ENGINES_LAYERS_MAX, 4000, 255, true,
	  ENGINES_WINDOW_LOG_MAX },
	{ "containerd", 500, 4015, 255, true, ENGINES_WINDOW_LOG_MAX },
	{ "podman", 500, 3989, 255, true, ENGINES_WINDOW_LOG_MAX },
};
const size_t engines_len = sizeof engines / sizeof *engines;

static const struct engine *least(uint32_t (*of)(const struct engine *))
{
	const struct engine *found = engines;
	/* Of equals the last: the newest version. */
	for (size_t i = 1; i < engines_len; i++)
		if (of(&engines[i]) <= of(found))
			found = &engines[i];
	return found;
}

static uint32_t layers_of(const struct engine *e)
{
	return e->layers_max;
}

static uint32_t path_of(const struct engine *e)
{
	return e->path_max;
}

const struct engine *oci_engines_fewest_layers(void)
{
	return least(layers_of);
}

const struct engine *oci_engines_shortest_path(void)
{
	return least(path_of);
}

const struct engine *oci_engines_no_zstd(void)
{
	for (size_t i = 0; i < engines_len; i++)
		if (!engines[i].zstd)
			return &engines[i];
	return NULL;
}
