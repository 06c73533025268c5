/* SPDX-License-Identifier: Apache-2.0 */
#include "oci/doc.h"

#include "base/test.h"

#define H16 "0123456789abcdef"
#define HEX H16 H16 H16 H16
#define SHA "sha256:" HEX
/* The empty JSON object, as image-spec manifest.md gives it. */
#define EMPTY_SHA                                                              \
	"sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaf" \
	"f8a"

#define CONFIG                                                   \
	"{\"mediaType\":\"" MT_OCI_CONFIG "\",\"digest\":\"" SHA \
	"\",\"size\":7}"
#define LAYER                                                        \
	"{\"mediaType\":\"" MT_OCI_LAYER_GZIP "\",\"digest\":\"" SHA \
	"\",\"size\":9007199254740993}"

static int parse(const char *text, struct arena *a, struct oci_doc *out,
		 struct err *err)
{
	return oci_parse_doc(str_of(text), &limits_default, a, out, err);
}

/* As skopeo writes it. */
TEST(doc, oci_manifest)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct oci_doc d;
	assert_ok(parse("{\"schemaVersion\":2,\"mediaType\":\"" MT_OCI_MANIFEST
			"\",\"config\":" CONFIG ",\"layers\":[" LAYER
			"],\"annotations\":{\"z\":\"1\",\"a\":\"\\u00e4\","
			"\"n\":null},\"unknown\":{\"any\":[1.5]}}",
			&a, &d, &err),
		  &err);
	assert_int_equal(d.kind, OCI_DOC_MANIFEST);
	assert_false(d.docker);
	assert_string_equal(d.media_type.p, MT_OCI_MANIFEST);
	assert_true(str_eqz(d.config.json, CONFIG));
	assert_int_equal(d.config.size, 7);
	assert_int_equal(d.n_layers, 1);
	assert_true(d.layers[0].size == 9007199254740993u);
	assert_string_equal(d.layers[0].media_type.p, MT_OCI_LAYER_GZIP);
	assert_string_equal(digest_text(&d.layers[0].digest).text, SHA);
	assert_true(str_eqz(d.layers[0].json, LAYER));
	assert_int_equal(d.n_annotations, 3);
	assert_string_equal(d.annotations[0].key.p, "z");
	assert_string_equal(d.annotations[1].value.p, "\xc3\xa4");
	assert_string_equal(d.annotations[2].value.p, "");
	assert_int_equal(d.n_manifests, 0);
	assert_false(d.has_subject);
}

TEST(doc, docker_manifest)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct oci_doc d;
	assert_ok(parse("{\n   \"schemaVersion\": 2,\n   \"mediaType\": "
			"\"" MT_DOCKER_MANIFEST "\",\n   \"config\": "
			"{\n      \"mediaType\": \"" MT_DOCKER_CONFIG "\",\n"
			"      \"size\": 899,\n      \"digest\": \"" SHA "\"\n"
			"   },\n   \"layers\": [ { \"mediaType\":\"x/y\","
			"\"size\":0,\"digest\":\"" SHA "\",\"urls\":[\"u\"] } ,"
			"\n\t{\"mediaType\":\"\",\"size\":1,\"digest\":\"" SHA
			"\",\"urls\":[]}]\n}\n",
			&a, &d, &err),
		  &err);
	assert_true(d.docker);
	assert_int_equal(d.n_layers, 2);
	assert_true(d.layers[0].has_urls);
	assert_true(str_eqz(d.layers[0].json,
			    "{ \"mediaType\":\"x/y\",\"size\":0,\"digest\":"
			    "\"" SHA "\",\"urls\":[\"u\"] }"));
	assert_false(d.layers[1].has_urls);
}

#define ENTRY(platform, more)                                      \
	"{\"mediaType\":\"" MT_OCI_MANIFEST "\",\"digest\":\"" SHA \
	"\",\"size\":1,\"platform\":" platform more "}"

/* As BuildKit writes it, with an attestation. */
TEST(doc, index)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct oci_doc d;
	assert_ok(
		parse("{\"schemaVersion\":2,\"manifests\":[" ENTRY(
			      "{\"architecture\":\"arm64\",\"os\":\"linux\","
			      "\"variant\":\"v8\"}",
			      ",\"annotations\":null") "," ENTRY("{\"architectu"
								 "re\":"
								 "\"amd64\","
								 "\"os\":"
								 "\"windows\","
								 "\"os."
								 "version\":"
								 "\"10.0.1\","
								 "\"os."
								 "features\":[]"
								 "}",
								 "") "," ENTRY("{\"architecture\":\"unknown\","
									       "\"os\":\"unknown\"}",
									       ",\"annotations\":{\"vnd.docker."
									       "reference.type\":\"attestation-"
									       "manifest\"}") "," ENTRY("null",
													"") "],\"subject\":" CONFIG
													    ",\"artifactType\":\"a/b\"}",
		      &a, &d, &err),
		&err);
	assert_int_equal(d.kind, OCI_DOC_INDEX);
	assert_string_equal(d.media_type.p, MT_OCI_INDEX);
	assert_true(d.has_subject);
	assert_string_equal(d.artifact_type.p, "a/b");
	assert_int_equal(d.n_manifests, 4);
	assert_string_equal(d.manifests[0].platform.variant.p, "v8");
	assert_string_equal(d.manifests[1].platform.os_version.p, "10.0.1");
	assert_false(oci_desc_is_attestation(&d.manifests[1]));
	assert_true(oci_desc_is_attestation(&d.manifests[2]));
	assert_true(str_eqz(oci_desc_annotation(&d.manifests[2],
						"vnd.docker.reference.type"),
			    "attestation-manifest"));
	assert_int_equal(oci_desc_annotation(&d.manifests[2], "x").n, 0);
	assert_int_equal(d.manifests[3].platform.os.n, 0);
}

TEST(doc, kinds_without_a_type)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct oci_doc d;
	assert_ok(parse("{\"manifests\":null}", &a, &d, &err), &err);
	assert_int_equal(d.kind, OCI_DOC_INDEX);
	assert_int_equal(d.n_manifests, 0);
	assert_ok(parse("{\"config\":" CONFIG ",\"mediaType\":null}", &a, &d,
			&err),
		  &err);
	assert_string_equal(d.media_type.p, MT_OCI_MANIFEST);
	assert_ok(parse("{\"layers\":null,\"config\":{\"mediaType\":"
			"\"" MT_DOCKER_CONFIG "\",\"digest\":\"" SHA
			"\",\"size\":1}}",
			&a, &d, &err),
		  &err);
	assert_string_equal(d.media_type.p, MT_DOCKER_MANIFEST);
	assert_true(d.docker);
	assert_int_equal(d.n_layers, 0);
}

/* image-spec manifest.md, "Guidelines for Artifact Usage". */
TEST(doc, artifact_with_embedded_config)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct oci_doc d;
	assert_ok(parse("{\"artifactType\":\"application/x\",\"config\":{"
			"\"mediaType\":\"application/vnd.oci.empty.v1+json\","
			"\"digest\":\"" EMPTY_SHA "\",\"size\":2,\"data\":"
			"\"e30=\",\"artifactType\":\"t\"},\"layers\":[]}",
			&a, &d, &err),
		  &err);
	assert_true(d.config.has_data);
	assert_true(str_eqz(d.config.data, "{}"));
	assert_string_equal(d.config.artifact_type.p, "t");
	assert_string_equal(d.artifact_type.p, "application/x");
}

#define DESC(text) "{\"config\":" CONFIG ",\"layers\":[" LAYER "," text "]}"
#define DATA(sha, size, data)                                        \
	"{\"mediaType\":\"m\",\"digest\":\"" sha "\",\"size\":" size \
	",\"data\":" data "}"

static const struct {
	const char *text;
	enum err_code code;
	const char *want;
} refused[] = {
	{ "[]", ERR_CORRUPT, "a manifest or index is an object, not an array" },
	{ "{}", ERR_CORRUPT,
	  "neither a manifest nor an index: no \"layers\", \"config\" or "
	  "\"manifests\"" },
	{ "{\"mediaType\":\"" MT_OCI_INDEX "\"}", ERR_CORRUPT,
	  "neither a manifest nor an index: no \"layers\", \"config\" or "
	  "\"manifests\"" },
	{ "{\"mediaType\":\"application/vnd.oci.artifact.manifest.v1+json\","
	  "\"blobs\":[]}",
	  ERR_UNSUPPORTED,
	  "mediaType \"application/vnd.oci.artifact.manifest.v1+json\" is not "
	  "known" },
	{ "{\"layers\":[],\"manifests\":[]}", ERR_CORRUPT,
	  "a document with both \"manifests\" and \"layers\"" },
	{ "{\"manifests\":[],\"layers\":null}", ERR_CORRUPT,
	  "a document with both \"manifests\" and \"layers\"" },
	{ "{\"manifests\":null,\"config\":{}}", ERR_CORRUPT,
	  "a document with both \"manifests\" and \"config\"" },
	{ "{\"manifests\":[],\"fsLayers\":[]}", ERR_CORRUPT,
	  "a document with both \"manifests\" and \"fsLayers\"" },
	{ "{\"layers\":[],\"fsLayers\":[]}", ERR_CORRUPT,
	  "a document with both \"layers\" and \"fsLayers\"" },
	{ "{\"config\":{},\"fsLayers\":[]}", ERR_CORRUPT,
	  "a document with both \"config\" and \"fsLayers\"" },
	{ "{\"layers\":[],\"Manifests\":[]}", ERR_CORRUPT,
	  "key \"Manifests\" should be spelled \"manifests\"" },
	{ "{\"manifests\":[],\"layer\\u017f\":[]}", ERR_CORRUPT,
	  "key \"layer\xc5\xbf\" should be spelled \"layers\"" },
	{ "{\"layers\":[],\"manifests\":[],\"Layers\":[]}", ERR_CORRUPT,
	  "JSON keys \"layers\" at byte 1 and \"Layers\" at byte 28 differ in "
	  "case alone" },
	{ "{\"schemaVersion\":1,\"name\":\"a\",\"fsLayers\":[],"
	  "\"history\":[],\"signatures\":[]}",
	  ERR_UNSUPPORTED,
	  "a Docker schema 1 manifest; to convert it, pull the image and push "
	  "it again with a current engine" },
	{ "{\"schemaVersion\":1}", ERR_UNSUPPORTED,
	  "a Docker schema 1 manifest; to convert it, pull the image and push "
	  "it again with a current engine" },
	{ "{\"schemaVersion\":3,\"manifests\":[]}", ERR_UNSUPPORTED,
	  "schemaVersion 3 is not known" },
	{ "{\"schemaVersion\":\"2\",\"manifests\":[]}", ERR_CORRUPT,
	  "\"schemaVersion\" is a string, expected an integer" },
	{ "{\"mediaType\":\"" MT_OCI_INDEX "\",\"layers\":[]}", ERR_CORRUPT,
	  "a manifest with the mediaType of an index: " MT_OCI_INDEX },
	{ "{\"mediaType\":\"" MT_DOCKER_MANIFEST "\",\"manifests\":[]}",
	  ERR_CORRUPT,
	  "an index with the mediaType of a manifest: " MT_DOCKER_MANIFEST },
	{ "{\"mediaType\":\"text/plain\",\"manifests\":[]}", ERR_UNSUPPORTED,
	  "mediaType \"text/plain\" is not known" },
	{ "{\"layers\":[]}", ERR_CORRUPT, "a manifest without config" },
	{ "{\"layers\":[],\"config\":null}", ERR_CORRUPT,
	  "a manifest without config" },
	{ "{\"config\":[]}", ERR_CORRUPT,
	  "\"config\" is an array, expected an object" },
	{ "{\"config\":{}}", ERR_CORRUPT,
	  "config: descriptor without \"mediaType\"" },
	{ "{\"manifests\":{}}", ERR_CORRUPT,
	  "\"manifests\" is an object, expected an array" },
	{ DESC("null"), ERR_CORRUPT,
	  "layers[1]: expected an object with \"mediaType\", not null" },
	{ DESC("[]"), ERR_CORRUPT,
	  "layers[1]: expected an object with \"mediaType\", not an array" },
	{ DESC("{\"mediaType\":\"m\"}"), ERR_CORRUPT,
	  "layers[1]: descriptor without \"digest\"" },
	{ DESC("{\"mediaType\":\"m\",\"digest\":\"" SHA "\"}"), ERR_CORRUPT,
	  "layers[1]: descriptor without \"size\"" },
	{ DESC(DATA("sha256:../../x", "1", "null")), ERR_CORRUPT,
	  "layers[1]: \"sha256:../../x\" is not a digest" },
	{ DESC(DATA("md5:12", "1", "null")), ERR_UNSUPPORTED,
	  "layers[1]: digest algorithm \"md5\" is not supported" },
	{ DESC(DATA(SHA, "-1", "null")), ERR_CORRUPT,
	  "layers[1]: \"size\" is -1, expected 0 or more" },
	{ DESC(DATA(SHA, "1e3", "null")), ERR_CORRUPT,
	  "layers[1]: \"size\" is a number with a fraction or an exponent, "
	  "expected an integer" },
	{ DESC(DATA(EMPTY_SHA, "2", "\"e30\"")), ERR_CORRUPT,
	  "layers[1]: \"data\" is not base64" },
	{ DESC(DATA(EMPTY_SHA, "3", "\"e30=\"")), ERR_CORRUPT,
	  "layers[1]: \"data\" has 2 bytes, \"size\" says 3" },
	{ DESC(DATA(SHA, "2", "\"e30=\"")), ERR_CORRUPT,
	  "layers[1]: \"data\" has digest " EMPTY_SHA ", not " SHA },
	{ DESC("{\"mediaType\":\"m\",\"size\":1,\"digest\":\"" SHA
	       "\",\"annotations\":{\"k\":1}}"),
	  ERR_CORRUPT, "layers[1]: annotation \"k\" is not a string" },
	{ DESC("{\"mediaType\":\"m\",\"size\":1,\"digest\":\"" SHA
	       "\",\"urls\":\"u\"}"),
	  ERR_CORRUPT, "layers[1]: \"urls\" is a string, expected an array" },
	{ DESC("{\"mediaType\":\"m\",\"size\":1,\"digest\":\"" SHA
	       "\",\"platform\":{\"os\":1}}"),
	  ERR_CORRUPT, "layers[1]: \"os\" is an integer, expected a string" },
	{ "{\"config\":" CONFIG ",\"subject\":{}}", ERR_CORRUPT,
	  "subject: descriptor without \"mediaType\"" },
	{ "{\"config\":" CONFIG ",\"annotations\":[]}", ERR_CORRUPT,
	  "\"annotations\" is an array, expected an object" },
};

TEST(doc, refused)
{
	struct err err = { 0 };
	scoped(arena_done) struct arena a = { 0 };
	struct oci_doc d;
	for (size_t i = 0; i < ARRAY_LEN(refused); i++) {
		assert_fails(parse(refused[i].text, &a, &d, &err), &err,
			     refused[i].code, refused[i].want);
	}
}

TEST(doc, limits)
{
	struct err err = { 0 };
	struct limits lim = limits_default;
	scoped(arena_done) struct arena a = { 0 };
	struct oci_doc d;
	struct str text =
		STR("{\"config\":" CONFIG ",\"layers\":[" LAYER "," LAYER "]}");
	lim.layers_max = 1;
	assert_fails(oci_parse_doc(text, &lim, &a, &d, &err), &err, ERR_LIMIT,
		     "2 layers of one image, over the limit of 1 (raise it "
		     "with --limit layers=N)");
	lim.manifests_max = 0;
	text = STR("{\"manifests\":[" LAYER "]}");
	assert_fails(oci_parse_doc(text, &lim, &a, &d, &err), &err, ERR_LIMIT,
		     "1 manifests of one index, over the limit of 0 (raise it "
		     "with --limit manifests=N)");
	lim.manifest_max = 5;
	assert_int_equal(oci_parse_doc(text, &lim, &a, &d, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
}

TESTS_MAIN(unit(doc, oci_manifest), unit(doc, docker_manifest),
	   unit(doc, index), unit(doc, kinds_without_a_type),
	   unit(doc, artifact_with_embedded_config), unit(doc, refused),
	   unit(doc, limits))
