/* SPDX-License-Identifier: Apache-2.0 */
/* shrink/base.h - how many of the lowest layers are somebody else's. */
#pragma once
#include "source/read/source.h"

enum base_mode { BASE_AUTO, BASE_NONE, BASE_LAYERS, BASE_IMAGE };

/* Why an image's base is thought to end where it does; for people. */
struct base_guess {
	uint32_t n_layers;
	const char *why; /* static text; "no sign of a base" with 0 */
};

/* From the history's own signs. Buildah (podman) notes the image of FROM below
 * the steps on it: where it made the topmost layer, that decides. Else the
 * highest of these counts, as each may miss a base on top of the one it sees:
 * an older note of buildah's; where the entries that the topmost builder signs
 * begin (BuildKit, kaniko, Jib, ko, Bazel); a command (CMD, ENTRYPOINT) that
 * layers follow after an hour or more, or another command of its kind, since a
 * base ends with its command and is older than its children; a root file
 * system brought in by the first entry (import, ADD of a tar, debuerreotype).
 * Failing those, an annotation that names a base keeps the lowest layer. 0 when
 * there is no sign. */
struct base_guess shrink_guess_base(const struct image *img);
/* What the user asked for: n with BASE_LAYERS, base with BASE_IMAGE. ERR_USAGE
 * for more layers than there are and for a base that is none. */
must_check int shrink_find_base(const struct image *img, enum base_mode mode,
				uint32_t n, const struct image *base,
				struct base_guess *out, struct err *err);
