/* SPDX-License-Identifier: Apache-2.0 */
#include "catalog/catalog.h"
#include "catalog/parts.h"

/* Films and sources of pictures; pictures themselves from 1 MiB on. */
const struct catalog_tool catalog_media = {
	.name = "media",
	.traces = TRACES(TRACE_FILE("*.mp4", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.mov", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.avi", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.mkv", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.webm", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.mpg", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.mpeg", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.m4v", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.wmv", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.mp3", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.wav", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.flac", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.ogg", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.m4a", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.psd", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.xcf", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.sketch", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.fig", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.blend", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.tif", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.tiff", REASON_MEDIA, SAFE_NEVER),
			 TRACE_FILE("*.png", REASON_MEDIA, SAFE_NEVER,
				    .bytes_min = 1 << 20),
			 TRACE_FILE("*.jpg", REASON_MEDIA, SAFE_NEVER,
				    .bytes_min = 1 << 20),
			 TRACE_FILE("*.jpeg", REASON_MEDIA, SAFE_NEVER,
				    .bytes_min = 1 << 20),
			 TRACE_FILE("*.gif", REASON_MEDIA, SAFE_NEVER,
				    .bytes_min = 1 << 20),
			 TRACE_FILE("*.bmp", REASON_MEDIA, SAFE_NEVER,
				    .bytes_min = 1 << 20)),
};
