/* SPDX-License-Identifier: Apache-2.0 */
/* oci/doc.h - descriptors, manifests and indices.
 *
 * OCI image-spec v1.1 (descriptor.md, manifest.md, image-index.md) and their
 * Docker twins (schema 2, manifest list). Schema 1 is recognised and refused.
 * Everything borrows from the arena. */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/limits.h"

#define MT_OCI_INDEX "application/vnd.oci.image.index.v1+json"
#define MT_OCI_MANIFEST "application/vnd.oci.image.manifest.v1+json"
#define MT_OCI_CONFIG "application/vnd.oci.image.config.v1+json"
#define MT_OCI_LAYER "application/vnd.oci.image.layer.v1.tar"
#define MT_OCI_LAYER_GZIP MT_OCI_LAYER "+gzip"
#define MT_OCI_LAYER_ZSTD MT_OCI_LAYER "+zstd"
#define MT_DOCKER_LIST \
	"application/vnd.docker.distribution.manifest.list.v2+json"
#define MT_DOCKER_MANIFEST \
	"application/vnd.docker.distribution.manifest.v2+json"
#define MT_DOCKER_CONFIG "application/vnd.docker.container.image.v1+json"
#define MT_DOCKER_LAYER_GZIP "application/vnd.docker.image.rootfs.diff.tar.gzip"
#define MT_DOCKER_LAYER "application/vnd.docker.image.rootfs.diff.tar"

struct oci_platform {
	struct str os, architecture, variant, os_version;
};
/* "linux/arm64/v8"; "" when nothing is known. */
must_check int oci_platform_text(const struct oci_platform *p, struct buf *out,
				 struct err *err);
/* Does the platform match a user's "os/arch[/variant]" (or "arch")? Default
 * variants: arm64 = v8, amd64 = v1, arm = v7. */
bool oci_platform_matches(const struct oci_platform *p, struct str pattern);

struct oci_annotation {
	struct str key, value;
};

struct desc {
	struct str media_type;
	struct digest digest;
	uint64_t size;
	struct oci_platform platform;
	struct oci_annotation *annotations; /* in document order */
	size_t n_annotations;
	struct str json; /* the descriptor's own bytes in the document */
	struct str data; /* decoded "data", when it was there */
	bool has_data, has_urls;
	struct str artifact_type;
};
struct str oci_desc_annotation(const struct desc *d,
			       const char *key); /* or empty */

enum oci_doc_kind { OCI_DOC_MANIFEST, OCI_DOC_INDEX };

struct oci_doc {
	enum oci_doc_kind kind;
	struct str media_type; /* as stated, or derived */
	bool docker;	       /* a Docker media type */
	struct str text;       /* the document's bytes */
	struct str artifact_type;
	/* manifest */
	struct desc config;
	struct desc *layers;
	size_t n_layers;
	/* index */
	struct desc *manifests;
	size_t n_manifests;

	struct oci_annotation *annotations;
	size_t n_annotations;
	struct desc subject;
	bool has_subject;
};

/* text must outlive the arena's users. A document with both "layers" and
 * "manifests" (or "fsLayers") is ERR_CORRUPT (CVE-2021-41190); schema 1 is
 * ERR_UNSUPPORTED. Digest grammar is checked before anything uses one. */
must_check int oci_parse_doc(struct str text, const struct limits *lim,
			     struct arena *a, struct oci_doc *out,
			     struct err *err);

/* The descriptor with other bytes behind it, for a document: mediaType, digest
 * and size are those of now; data and urls, which are the old bytes' own, go;
 * all else stays as it is written. A descriptor without JSON gives one without
 * more. */
must_check int oci_change_desc(const struct desc *was, const struct desc *now,
			       struct buf *out, struct err *err);

/* The names of an entry of index.json. */
#define OCI_REF_NAME "org.opencontainers.image.ref.name"
#define OCI_IMAGE_NAME "io.containerd.image.name"
/* Appends, with ", ", what a document or descriptor says besides the blobs it
 * leads to and its names: annotations by key, artifactType, subject and keys
 * that nobody knows. */
must_check int oci_keys_besides(struct str text, struct buf *out,
				struct err *err);

/* An attestation: platform unknown/unknown with vnd.docker.reference.*. */
bool oci_desc_is_attestation(const struct desc *d);
