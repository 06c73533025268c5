# SPDX-License-Identifier: Apache-2.0
"""Archives around an image: docker save's, OCI's, skopeo's."""
from build import Image, dump, manifest_of, tar_of
from cases_layer import raw_header, shows
from images import (d, extension, f, h, header, l, layer_tar, pax_record,
                    sha)

TAR = layer_tar([d("etc"), f("etc/hosts", "x")])
MANY = 26703


def packed(name, proves, files, members=b"", **more):
    return dict(name=name, proves=proves, image=tar_of(files, members),
                **more)


def edit(**fields):
    def change(doc):
        doc[0].update(fields)
    return change


def without(files, *names):
    return {n: v for n, v in files.items() if n not in names}


def members():
    plain = Image(TAR).docker()
    less = without(plain, "0/layer.tar")
    yield packed("bad-member-dotdot", "no member leads out of the archive",
                 plain, f("../../x", "x").encode())
    yield packed("bad-member-checksum", "a member's header has its checksum",
                 plain, raw_header(b"x", patch={148: b"000001"}))
    yield packed("bad-member-past-end", "a member's bytes are all there",
                 {}, header(b"manifest.json", b"0", 1 << 30))
    yield packed("good-member-dot-slash", "./ in front of names is nothing",
                 {"./" + n: v for n, v in plain.items()})
    yield packed("good-member-twice", "of two members the last one counts",
                 plain, members=f("config.json", "{").encode())
    yield packed("good-member-empty-name", "a member without a name is no "
                 "file of the archive", plain, raw_header(b""))
    yield packed("good-layer-symlink", "docker save writes an equal layer as "
                 "a symlink", less,
                 members=f("blob.tar", TAR).encode()
                 + l("0/layer.tar", "../blob.tar").encode())
    yield packed("bad-layer-symlink-out", "a symlink stays in the archive",
                 less, l("0/layer.tar", "../../../etc/passwd").encode())
    yield packed("bad-layer-symlink-absolute", "/ is the archive's root",
                 less, l("0/layer.tar", "/etc/passwd").encode())
    yield packed("bad-layer-symlink-loop", "a chain of links has an end",
                 less, l("0/layer.tar", "b").encode()
                 + l("0/b", "layer.tar").encode())
    yield packed("bad-layer-link-out", "a hard link stays in it, too", less, h("0/layer.tar", "../../etc/passwd").encode())
    yield packed("unsupported-layer-sparse", "a sparse member has no bytes "
                 "to read in place", less,
                 f("0/layer.tar", TAR[:512], regions=[(0, 512)],
                   size=len(TAR)).encode())
    yield packed("bad-member-pax", "a broken PAX record is an error here, "
                 "too", plain,
                 extension(b"x", b"8 path=b\n") + f("a", "a").encode())
    yield packed("good-member-pax-size", "a PAX size counts here, too",
                 plain, members=extension(b"x", pax_record("size", "512"))
                 + header(b"a", b"0", 0)
                 + header(b"manifest.json", b"0", 0))
    yield packed("bad-members-count", "members are counted", plain,
                 b"".join(f(f"f{i}", "").encode() for i in range(20)),
                 argv=["analyze", "-q", "--limit", "entries=10", "IMAGE"])


def documents():
    image = Image(TAR)
    for name, path in (("dotdot", "../../etc/passwd"),
                       ("absolute", "/etc/passwd"), ("empty", ""),
                       ("nul", "a\0b")):
        yield packed(f"bad-layer-name-{name}", "a layer's name is one of the "
                     "archive's (CVE-2014-9358)",
                     image.docker(edit(Layers=[path])))
        yield packed(f"bad-config-name-{name}", "so is a config's",
                     image.docker(edit(Config=path)))
    yield packed("bad-manifest-object", "manifest.json is an array",
                 image.docker(lambda doc: doc[0]))
    yield packed("bad-manifest-empty", "of at least one image",
                 image.docker(lambda doc: []))
    yield packed("bad-manifest-layers-text", "Layers is an array",
                 image.docker(edit(Layers="x")))
    yield packed("bad-manifest-tags-number", "RepoTags are strings",
                 image.docker(edit(RepoTags=[1])))
    yield packed("bad-manifest-twice-docker", "keys of manifest.json stand "
                 "once", image.docker(lambda doc: dump(doc).replace(
                     b"{", b'{"Layers":[],', 1)))
    yield packed("bad-manifest-no-config", "an image has a config",
                 image.docker(lambda doc: [{"Layers": []}]))
    yield packed("bad-manifest-over-4m-docker", "manifest.json has at most "
                 "4 MiB (CVE-2023-25153)",
                 image.docker(edit(x="x" * (4 << 20))))
    yield packed("bad-config-over-8m-docker", "a config at most 8 MiB",
                 {**image.docker(), "config.json": b" " * (9 << 20)})
    yield packed("bad-layers-501-docker", "an image has at most 500 layers",
                 image.docker(edit(Layers=["0/layer.tar"] * 501)))
    yield packed("bad-no-image", "a tar without manifest.json is no image",
                 {"a": b"a"})
    yield dict(name="bad-no-tar", proves="nor is what is no tar",
               image=b"#!/bin/sh\nexit 0\n" * 100)
    yield dict(name="bad-empty-file", proves="nor an empty file", image=b"")


def skopeo():
    layout = Image(TAR).layout()
    blobs = {n.rpartition("/")[2]: v for n, v in layout.items()
             if n.startswith("blobs")}
    files = {**blobs, "manifest.json": layout[manifest_of(layout)],
             "version": b"Directory Transport Version: 1.1\n"}
    entries = shows(("layers.0.entries", 2))
    yield dict(name="good-skopeo-dir", proves="a directory that skopeo wrote "
               "is an image", image=files, check=entries)
    yield dict(name="good-skopeo-dir-named", proves="without a version, when "
               "the user says what it is", image=without(files, "version"),
               check=entries,
               argv=["analyze", "-q", "--format", "json", "dir:IMAGE"])
    yield dict(name="bad-skopeo-dir-guess", proves="it is not guessed",
               image=without(files, "version"))
    yield dict(name="unsupported-skopeo-version", proves="a version to come "
               "is not guessed at",
               image={**files, "version": b"Directory Transport Version: 2"})
    yield dict(name="bad-skopeo-digest-path", proves="its digests name no "
               "file before they are checked (CVE-2024-3727)",
               image={**files, "manifest.json": files["manifest.json"].replace(
                   sha(TAR).encode(), b"../../../../etc/passwd")})
    yield dict(name="bad-skopeo-blob", proves="its blobs are verified",
               image={n: TAR[:1024] + b"y" + TAR[1025:] if v == TAR else v
                      for n, v in files.items()})


def size():
    tar = layer_tar([f(f"usr/share/doc/package-{i:05}/copyright", b"c" * 40)
                     for i in range(MANY)])
    yield packed("good-memory", f"{MANY} entries need less than 20 MiB",
                 Image(tar).docker(), check=shows(
                     ("layers.0.entries", MANY)), peak_kib=20 << 10,
                 argv=["analyze", "-q", "-j1", "--no-cache", "--format",
                       "json", "IMAGE"])


def rows():
    yield from members()
    yield from documents()
    yield from skopeo()
    yield from size()

