/* SPDX-License-Identifier: Apache-2.0 */
#include "source/write/kind.h"

/* The order counts for a bare path: a directory is a layout, anything else one
 * file for old and new engines. */
const struct dest_kind *const dest_kinds[] = {
	&dest_oci_dir,	      &dest_both,	&dest_oci_archive,
	&dest_docker_archive, &dest_skopeo_dir, NULL,
};
