/* SPDX-License-Identifier: Apache-2.0 */
/* oci/name.h - [HOST[:PORT]/]PATH[:TAG][@DIGEST], as registries and engines
 * name images. */
#pragma once
#include "base/digest.h"

/* Strings borrow from the text; empty: not there. Nothing is filled in: no
 * docker.io, no library/, no latest. */
struct oci_name {
	struct str host; /* with the port */
	struct str path;
	struct str tag;
	bool has_digest;
	struct digest digest;
};

/* ERR_USAGE that says which part breaks the grammar. */
must_check int oci_parse_name(struct str text, struct oci_name *out,
			      struct err *err);
