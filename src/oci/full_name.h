/* SPDX-License-Identifier: Apache-2.0 */
/* oci/full_name.h - when two image names mean the same image.
 *
 * docker.io, library/ and :latest are what engines fill in. */
#pragma once
#include "base/str.h"

/* "app" is "docker.io/library/app:latest". */
bool oci_name_same(struct str a, struct str b);
/* Appends the name with all its parts; -1 for what is no name. */
must_check int oci_name_full(struct str name, struct buf *out, struct err *err);
/* "app:1.0" as RepoTags has it: with a tag, else as written. */
must_check int oci_name_tagged(struct str name, struct buf *out,
			       struct err *err);
/* The part behind the last ":", or "latest". */
struct str oci_name_tag(struct str name);
/* More than a mere tag: it has a "/" or a ":". */
bool oci_name_is_full(struct str name);
