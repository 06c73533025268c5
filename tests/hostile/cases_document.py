# SPDX-License-Identifier: Apache-2.0
"""Manifests, indices and configs that lie."""
import os

from build import OCI, Image, data_of, dump, manifest_of
from cases_layer import shows
from images import d, f, layer_tar, sha

TAR = layer_tar([d("etc"), f("etc/hosts", "x")])


def document(name, proves, edit, limit=None, **more):
    argv = ["analyze", "-q", "--format", "json", "IMAGE"]
    if limit:
        argv[1:1] = ["--limit", limit]
    return dict(name=name, proves=proves, argv=argv,
                image=Image(TAR).layout(edit_manifest=edit), **more)


def config(name, proves, text, **more):
    return dict(name=name, proves=proves,
                image=Image(TAR).change(config=text).layout(), **more)


def set_layer(**fields):
    def edit(manifest):
        manifest["layers"][0].update(fields)
    return edit


def add(key, value):
    def edit(doc):
        doc[key] = value
    return edit


def in_front(text):
    """The document with bytes put behind its opening brace."""
    def edit(doc):
        return b"{" + text + b"," + dump(doc)[1:]
    return edit


CONFIG = dump(Image(TAR).config)


def shape():
    yield document("bad-manifest-over-4m", "a manifest has at most 4 MiB",
                   add("x", "x" * (4 << 20)))
    yield config("bad-config-over-8m", "a config at most 8 MiB",
                 b'{"x":"' + b"x" * (8 << 20) + b'",' + CONFIG[1:])
    yield config("bad-json-depth-65", "JSON nests 64 deep",
                 b'{"x":' + b"[" * 64 + b"]" * 64 + b"," + CONFIG[1:])
    yield config("good-json-depth-64", "and no deeper",
                 b'{"x":' + b"[" * 63 + b"]" * 63 + b"," + CONFIG[1:])
    yield config("bad-json-depth-million", "without a deep stack",
                 b'{"x":' + b"[" * 1000000 + b"]" * 1000000 + b","
                 + CONFIG[1:])
    yield document("bad-json-twice", "a key stands once",
                   in_front(b'"layers":[]'))
    yield document("bad-json-twin", "nor twice but for case: Go readers "
                   "would take either", in_front(b'"Layers":[]'))
    yield document("bad-json-utf8", "a document is UTF-8",
                   in_front(b'"x":"\xff"'))
    yield document("bad-json-behind", "nothing stands behind it",
                   lambda doc: dump(doc) + b"{}")
    yield document("bad-size-float", "a size is a whole number",
                   set_layer(size=1.5))
    yield document("bad-size-negative", "not below 0", set_layer(size=-1))
    yield document("bad-size-over-int64", "and fits 63 bits",
                   set_layer(size=1 << 64))
    yield document("bad-size-huge", "a size is believed within limits only",
                   set_layer(size=(1 << 63) - 1))
    yield config("good-config-user-over-int32",
                 "a user that overflows is the engine's to refuse, and kept "
                 "as it is (CVE-2024-40635)",
                 CONFIG.replace(b'"config": {}',
                                b'"config": {"User": "4294967296"}'))


def meaning():
    history = CONFIG[:-1] + (b', "history": [{"created_by": '
                             b'"RUN \\u001b]0;x\\u0007\\n\\u009b31m"}]}')
    for verb in ("history", "analyze"):
        yield config(f"good-{verb}-escape", "what a config holds sends no "
                     "escapes to a terminal (CVE-2026-50195)", history,
                     argv=[verb, "IMAGE"], check=plain)
    yield document("bad-manifest-and-index", "a document is a manifest or an "
                   "index (CVE-2021-41190)", add("manifests", []))
    yield document("bad-manifest-and-schema-1", "nor schema 1 as well",
                   add("fsLayers", []))
    yield document("unsupported-schema-1", "which is refused by name",
                   lambda doc: {"schemaVersion": 1, "fsLayers": [],
                                "history": []})
    for name, digest in (("upper", "sha256:" + "A" * 64),
                         ("short", "sha256:" + "a" * 63),
                         ("path", "sha256:../../../../etc/passwd"),
                         ("none", ""), ("alg-path", "../x:" + "a" * 64)):
        yield document(f"bad-digest-{name}", "a digest's grammar is checked "
                       "before it names a file (CVE-2024-3727)",
                       set_layer(digest=digest))
    yield document("unsupported-digest-blake3", "an unknown algorithm is "
                   "told apart", set_layer(digest="blake3:" + "a" * 64))
    yield document("bad-layers-501", "an image has at most 500 layers",
                   lambda doc: {**doc, "layers": doc["layers"] * 501})
    yield document("bad-foreign-layer", "what is kept elsewhere is not "
                   "fetched (CVE-2020-15157)",
                   set_layer(digest="sha256:" + "a" * 64,
                             mediaType=OCI + "layer.nondistributable.v1.tar",
                             urls=["https://evil.example/layer"]))
    yield document("bad-data-digest", "embedded data is what its digest says",
                   set_layer(data=data_of(b"x" * len(TAR))))
    yield document("bad-data-size", "and as long as its size",
                   set_layer(data=data_of(b"x")))
    yield document("bad-annotation", "annotations are strings",
                   set_layer(annotations={"a": 1}))
    yield config("bad-diff-ids-count", "as many DiffIDs as layers",
                 CONFIG.replace(b"sha256:", b"sha256:" + b"0" * 64
                                + b'", "sha256:'))
    yield config("bad-rootfs-type", "rootfs is of layers",
                 CONFIG.replace(b'"layers"', b'"tarballs"'))
    yield config("bad-diff-id-grammar", "a DiffID is a digest",
                 CONFIG.replace(b"sha256:", b"sha256:/"))


def nested(depth):
    """An index in an index, depth of them above the manifest."""
    files = Image(TAR).layout()
    at = None
    for i in range(depth):
        index = files["index.json"]
        files["blobs/sha256/" + sha(index)] = index
        at = {"mediaType": OCI + "index.v1+json", "size": len(index),
              "digest": "sha256:" + sha(index)}
        files["index.json"] = dump({"schemaVersion": 2, "manifests": [at]})
    return files


def first(**fields):
    """Sets fields of the first manifest's descriptor."""
    def edit(index):
        index["manifests"][0].update(fields)
    return edit


def cycle():
    files = Image(TAR).layout()
    name = "a" * 64
    at = {"mediaType": OCI + "index.v1+json", "size": 0,
          "digest": "sha256:" + name}
    doc = {"schemaVersion": 2, "manifests": [at]}
    at["size"] = len(dump(doc)) + 2  # two digits more than 0
    files["index.json"] = files["blobs/sha256/" + name] = dump(doc)
    return files


def plain(stdout, _place):
    """No control bytes, but for newlines."""
    bad = [b for b in stdout if b < 32 and b != 10 or b == 127]
    return f"printed {bytes(bad)!r} in {stdout!r}" if bad else None


def indices():
    yield dict(name="good-index-depth-4", proves="indices nest four deep",
               image=nested(4))
    yield dict(name="bad-index-depth-5", proves="and no deeper",
               image=nested(5))
    files = Image(TAR).layout()
    many = Image(TAR).layout(edit_index=lambda doc: {
        **doc, "manifests": [{**doc["manifests"][0], "digest":
                              "sha256:%064x" % i} for i in range(30)]})
    many["index.json"] = many["index.json"].replace(
        b'"schemaVersion"', b'"annotations": {"a": "b"}, "schemaVersion"')
    yield dict(name="bad-index-manifests", proves="manifests are counted",
               image=many,
               argv=["analyze", "-q", "--limit", "manifests=20", "IMAGE"])
    yield dict(name="bad-index-digest-path", proves="an index's digests are "
               "checked as a manifest's (CVE-2024-3727)",
               image=Image(TAR).layout(edit_index=first(
                   digest="sha256:../../../../../etc/passwd")))
    yield dict(name="bad-index-twice", proves="keys of an index stand once",
               image=Image(TAR).layout(edit_index=in_front(
                   b'"manifests":[]')))
    yield dict(name="bad-index-cycle", proves="an index that names itself "
               "has no digest to match", image=cycle())
    yield dict(name="good-ref-name-escape", proves="nor does a name send "
               "escapes to a terminal (CVE-2026-50195)",
               image=Image(TAR).layout(edit_index=first(annotations={
                   "org.opencontainers.image.ref.name":
                   "\x1b[31m../../x"})), argv=["analyze", "IMAGE"],
               check=plain)
    yield dict(name="bad-layout-version", proves="a layout of a version to "
               "come is not guessed at",
               image={**files, "oci-layout":
                      b'{"imageLayoutVersion":"2.0.0"}'})
    yield dict(name="bad-index-is-manifest", proves="index.json is an index",
               image={**files, "index.json":
                      files[manifest_of(files)]})


def outside(make):
    def fix_up(place):
        path = os.path.join(place, "blobs/sha256", sha(TAR))
        os.unlink(path)
        make(path)
    return fix_up


def elsewhere(place):
    path = os.path.join(place, "blobs/sha256", sha(TAR))
    os.rename(path, place + "/../blob")
    os.symlink("../../../blob", path)


def places():
    image = Image(TAR).layout()
    yield dict(name="bad-index-huge", proves="a document's size is looked at "
               "before it is read (CVE-2023-25153)", image=image,
               peak_kib=20 << 10, fix_up=lambda p: os.truncate(
                   os.path.join(p, "index.json"), 1 << 40))
    yield dict(name="bad-blob-symlink", proves="a link in a layout leads "
               "nowhere outside it", image=image,
               fix_up=outside(lambda p: os.symlink("/etc/passwd", p)))
    yield dict(name="good-blob-symlink-relative", proves="but where a "
               "relative link leads to the very bytes (rules_oci)",
               image=image, check=shows(("layers.0.entries", 2)),
               fix_up=elsewhere)
    yield dict(name="bad-blob-symlink-refused", proves="unless the user says "
               "no", image=image, fix_up=elsewhere,
               argv=["analyze", "-q", "--no-follow", "IMAGE"])
    yield dict(name="bad-blob-symlink-other", proves="it does not, to other "
               "bytes", image=image, fix_up=outside(lambda p: os.symlink(
                   "../" * 40 + "etc/passwd", p)))
    yield dict(name="bad-index-symlink", proves="index.json is no blob",
               image=image, fix_up=lambda p: (
                   os.rename(p + "/index.json", p + "/../index.json"),
                   os.symlink("../index.json", p + "/index.json")))
    yield dict(name="bad-blob-fifo", proves="a FIFO is no blob, and nobody "
               "waits for it", image=image,
               fix_up=outside(os.mkfifo))
    yield dict(name="bad-blob-directory", proves="nor is a directory",
               image=image, fix_up=outside(os.mkdir))


def rows():
    yield from shape()
    yield from meaning()
    yield from indices()
    yield from places()

