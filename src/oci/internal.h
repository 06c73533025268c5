/* SPDX-License-Identifier: Apache-2.0 */
/* oci/internal.h - what documents and configs read alike. */
#pragma once
#include "json/json.h"
#include "oci/doc.h"

/* json_get_str, copied to the arena. */
must_check int oci_get_str(const json_t *obj, const char *key, struct arena *a,
			   struct str *out, struct err *err);
/* os, architecture, variant and os.version of the object. */
must_check int oci_get_platform(const json_t *obj, struct arena *a,
				struct oci_platform *out, struct err *err);
/* A descriptor; text is the object's own bytes. */
must_check int oci_get_desc(const json_t *obj, struct str text, struct arena *a,
			    struct desc *out, struct err *err);
/* The member annotations, in document order. */
must_check int oci_get_annotations(const json_t *obj, struct arena *a,
				   struct oci_annotation **out, size_t *n,
				   struct err *err);
