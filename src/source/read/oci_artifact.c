/* SPDX-License-Identifier: Apache-2.0 */
#include "source/read/oci_artifact.h"

#include "codec/codec.h"
#include "source/read/oci_blob.h"
#include "tar/header.h"

/* The first that fits: "cosign.simplesigning" before "cosign". The names are for
 * people; what is no image is told by structure, below. */
static const struct artifact_kind {
	const char *word; /* part of the media type */
	const char *name;
} kinds[] = {
	{ "cosign.simplesigning", "a signature" },
	{ "cosign", "made by cosign" },
	{ "sigstore.bundle", "a signature" },
	{ "notary.signature", "a signature" },
	{ "in-toto", "an attestation" },
	{ "dsse.envelope", "an attestation" },
	{ "spdx", "an SBOM" },
	{ "cyclonedx", "an SBOM" },
	{ "syft", "an SBOM" },
	{ "helm", "a Helm chart" },
	{ "wasm", "a WebAssembly module" },
	{ "squashfs", "a squashfs file system" },
	{ "erofs", "an EROFS file system" },
	{ "sif", "a Singularity image" },
	{ "docker.plugin", "a Docker plugin" },
	{ "cnab", "a CNAB bundle" },
	{ "buildkit.cacheconfig", "a build cache" },
};

static bool has_part(struct str type, const char *word)
{
	return str_contains(type, str_of(word));
}

int source_oci_tell_type(const char *what, struct str type, struct buf *out,
			 struct err *err)
{
	if (buf_addf(out, err, "%s %s", what, str_quoted(type).text) < 0)
		return -1;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (has_part(type, kinds[i].word))
			return buf_addf(out, err, " (%s)", kinds[i].name);
	return 0;
}

static bool is_tar_type(struct str type)
{
	static const char *const words[] = { ".tar", "/tar", "-tar", "+tar" };
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (has_part(type, words[i]))
			return true;
	return type.n == 0;
}

/* Types with these are never layers of a file system, so that no blob need be
 * opened to find out. */
static bool is_never_tar(struct str type)
{
	static const char *const words[] = { "json",	 "text/", "wasm", "xml",
					     "squashfs", "erofs", ".sif" };
	for (size_t i = 0; i < ARRAY_LEN(words); i++)
		if (has_part(type, words[i]))
			return true;
	return false;
}

/* Types lie: bytes that begin like a tar, or compressed ones, are a layer. */
static bool begins_like_layer(struct source *s, const struct desc *d)
{
	scoped(stream_close) struct stream *in = NULL;
	struct err why = { 0 };
	const uint8_t *p = NULL;
	size_t n = 0;
	if (source_oci_open_blob(s, d, false, &in, &why) < 0 ||
	    stream_peek(in, TAR_BLOCK_SIZE, &p, &n, &why) <= 0)
		return false;
	return codec_taste(p, n) != CODEC_NONE ||
	       (n >= TAR_BLOCK_SIZE && memcmp(p + 257, "ustar", 5) == 0);
}

static const struct desc *odd_layer(struct source *s, const struct oci_doc *m)
{
	for (size_t i = 0; i < m->n_layers; i++) {
		struct str type = m->layers[i].media_type;
		if (!is_tar_type(type) &&
		    (is_never_tar(type) ||
		     !begins_like_layer(s, &m->layers[i])))
			return &m->layers[i];
	}
	return NULL;
}

/* An image has a config of an image (or none that is typed: old writers) and
 * layers that are tars. All else is an artifact, whatever it calls itself;
 * artifactType goes first in the message because it was written for people. */
int source_oci_tell_artifact(struct source *s, const struct oci_doc *m,
			     struct buf *out, struct err *err)
{
	struct str config = m->config.media_type;
	bool is_image = config.n == 0 || str_eqz(config, MT_OCI_CONFIG) ||
			str_eqz(config, MT_DOCKER_CONFIG);
	const struct desc *odd = is_image ? odd_layer(s, m) : NULL;
	int r;
	if (is_image && !odd)
		return 0;
	if (m->artifact_type.n)
		r = source_oci_tell_type("artifactType", m->artifact_type, out,
					 err);
	else if (!is_image)
		r = source_oci_tell_type("config media type", config, out, err);
	else
		r = source_oci_tell_type("layer media type", odd->media_type,
					 out, err);
	return r < 0 ? -1 : 1;
}

int source_oci_refuse_attestations(struct err *err)
{
	return err_set(err, ERR_UNSUPPORTED,
		       "not an image of layers: attestations alone, without "
		       "the image that they are about");
}

int source_oci_refuse_encrypted(const struct oci_doc *m, struct err *err)
{
	for (size_t i = 0; i < m->n_layers; i++)
		if (str_ends(m->layers[i].media_type, STR("+encrypted")))
			return err_set(
				err, ERR_UNSUPPORTED,
				"layer %zu is encrypted (%s): decrypt "
				"it first, for example with skopeo copy "
				"--decryption-key",
				i + 1,
				str_quoted(m->layers[i].media_type).text);
	return 0;
}
