/* SPDX-License-Identifier: Apache-2.0 */
/* oci/ref.h - how users name images: skopeo's transports, and bare paths. */
#pragma once
#include "base/arena.h"

enum ref_transport {
	REF_PATH,	    /* a bare path; "-" is stdin or stdout */
	REF_DOCKER_ARCHIVE, /* docker-archive:FILE[:REF|@N] */
	REF_OCI,	    /* oci:DIR[:TAG] */
	REF_OCI_ARCHIVE,    /* oci-archive:FILE[:TAG] */
	REF_DIR,	    /* dir:DIR */
	REF_DOCKER,	    /* docker://HOST/REPO[:TAG][@DIGEST] */
	REF_DOCKER_DAEMON,  /* docker-daemon:NAME */
};

/* Strings borrow from the arena, NUL-terminated. */
struct ref {
	enum ref_transport transport;
	struct str text; /* as the user wrote it, for messages */
	struct str path; /* the part that is opened */
	struct str tag;	 /* tag, or docker-archive's REF; empty: none */
	bool has_index;	 /* @N */
	uint64_t index;
};

/* ERR_USAGE for an unknown transport's syntax. For a bare path PATH:TAG is not
 * split here: source_open tries the path first. */
must_check int oci_parse_ref(struct str text, struct arena *a, struct ref *out,
			     struct err *err);
const char *oci_ref_transport_name(
	enum ref_transport t); /* "oci-archive", ... */
