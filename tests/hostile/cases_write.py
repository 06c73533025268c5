# SPDX-License-Identifier: Apache-2.0
"""What is written of layers whose form no OCI document can name, or whose
media type lies; and what is said of damaged ones."""
import bz2
import gzip
import json
import lzma
import os

from build import LAYER, Image, tar_of
from cases_blob import gz
from images import f, layer_tar, sha

TAR = layer_tar([f("etc/hosts", "x" * 3000)])
MAGIC = {b"\x1f\x8b": "gzip", b"\xfd7": "xz", b"BZ": "bzip2", b"(\xb5": "zstd"}
FOREIGN = LAYER.replace("layer.", "layer.nondistributable.")


def written(place):
    """The layers' descriptors and blobs of what was written."""
    def blob(digest):
        with open(os.path.join(place, "work/out/blobs/sha256",
                               digest.split(":")[1]), "rb") as data:
            return data.read()
    with open(os.path.join(place, "work/out/index.json"), "rb") as index:
        top = json.load(index)["manifests"][0]
    for desc in json.loads(blob(top["digest"]))["layers"]:
        yield desc, blob(desc["digest"])


def holds(media_type, form, **more):
    def check(_stdout, place):
        (desc, blob), = written(place)
        is_ = MAGIC.get(blob[:2], "tar")
        if (desc["mediaType"], is_) != (media_type, form):
            return f"{desc['mediaType']} over {is_}"
        if form == "gzip" and sha(gzip.decompress(blob)) != \
                sha(TAR):
            return "another tar"
        if {k: desc.get(k) for k in more} != more:
            return f"the descriptor is {desc}"
        return None
    return check


def kept(name, proves, blob, stated, check, **fields):
    def edit(manifest):
        manifest["layers"][0].update(fields)
    image = Image(TAR, blobs=[blob]).change(types=[stated])
    return dict(name=name, proves=proves, image=image.layout(edit),
                check=check, argv=["optimize", "-q", "--base", "1", "IMAGE",
                                   "-o", "oci:out"])


def types():
    packed = LAYER + "+gzip"
    for form, pack in (("xz", lzma.compress), ("bzip2", bz2.compress)):
        yield kept(f"good-kept-{form}", f"OCI has no type for {form}: a layer "
                   "that is kept becomes gzip, its DiffID stays", pack(TAR),
                   LAYER, holds(packed, "gzip"))
    note = {"org.example.note": "1"}
    yield kept("good-kept-type-lies", "a media type that lies is not passed "
               "on", gz(TAR), LAYER + "+zstd", holds(packed, "gzip"))
    yield kept("good-kept-type-tar-lies", "nor one that says less", gz(TAR),
               LAYER, holds(packed, "gzip"))
    yield kept("good-kept-type-true", "one that is true is, with all that "
               "stands beside it", gz(TAR), FOREIGN + "+gzip",
               holds(FOREIGN + "+gzip", "gzip", annotations=note),
               annotations=note)


def damaged(name, proves, blob, at):
    files = Image(TAR, blobs=[blob]).layout()
    path = "blobs/sha256/" + sha(blob)
    bad = bytearray(blob)
    bad[at] ^= 0x55
    return dict(name=name, proves=proves, image={**files, path: bytes(bad)})


def damage():
    yield damaged("bad-blob-damaged-header", "bytes that changed are told as "
                  "such, not as a broken header", TAR, 3)
    yield damaged("bad-blob-damaged-gzip", "nor as a broken stream", gz(TAR),
                  len(TAR) // 2)
    image = Image(TAR)
    image.blobs = [b"f" + TAR[1:]]
    yield dict(name="bad-layer-damaged-docker", proves="in a docker-archive "
               "it is the DiffID that tells", image=tar_of(image.docker()))


def rows():
    yield from types()
    yield from damage()
