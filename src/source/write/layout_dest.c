/* SPDX-License-Identifier: Apache-2.0 */
#include "source/write/layout_dest.h"

#include <stdio.h>

struct dest_blob_path dest_blob_path(const struct digest *d)
{
	struct dest_blob_path p;
	snprintf(p.text, sizeof p.text, DEST_BLOBS "/%s", digest_hex(d).text);
	return p;
}

int dest_sync_blob_dirs(int dirfd, struct err *err)
{
	if (dest_sync_path(dirfd, DEST_BLOBS, err) < 0 ||
	    dest_sync_path(dirfd, "blobs", err) < 0)
		return -1;
	return dest_sync_path(dirfd, ".", err);
}
