# SPDX-License-Identifier: Apache-2.0
"""How layers are compressed, and whether they are what their digests say."""
import bz2
import gzip
import lzma
import struct
import zlib

from build import LAYER, Image, manifest_of, tar_of
from cases_layer import shows
from images import d, f, header, layer_tar, sha

TAR = layer_tar([d("etc"), f("etc/hosts", "x" * 3000), f("usr/bin/xz", "#!")])
ZSTD = b"\x28\xb5\x2f\xfd"


def zstd_frame(data, window=None):
    """Blocks as they are; a window descriptor, or a single segment."""
    if window is None:
        head = b"\xa0" + struct.pack("<I", len(data))
    else:
        head = b"\x00" + bytes([(window - 10) << 3])
    blocks = b""
    parts = [data[i:i + 65536] for i in range(0, len(data), 65536)] or [b""]
    for i, part in enumerate(parts):
        last = i == len(parts) - 1
        blocks += struct.pack("<I", len(part) << 3 | last)[:3] + part
    return ZSTD + head + blocks


def zstd_zeros(blocks):
    """RLE blocks of 128 KiB: four bytes each."""
    one = struct.pack("<I", (128 << 10) << 3 | 1 << 1)[:3] + b"\0"
    last = struct.pack("<I", 1)[:3]
    return ZSTD + b"\x00" + bytes([8 << 3]) + one * blocks + last


def ratio_bombs():
    """A file of 64 GiB of zeros in each codec: a header and many members."""
    part, n = bytes(64 << 20), 1024
    head = header(b"zeros", b"0", 64 << 30, form="gnu")
    yield "gzip", gz(head) + gzip.compress(part, mtime=0) * n
    yield "zstd", zstd_frame(head) + zstd_zeros(n * 512)
    yield "xz", lzma.compress(head) + lzma.compress(part, preset=0) * n
    yield "bzip2", bz2.compress(head) + bz2.compress(part) * n


def skippable(data):
    return b"\x5a\x2a\x4d\x18" + struct.pack("<I", len(data)) + data


def gz(data):
    """One member of stored blocks: the same bytes from any library."""
    parts = [data[i:i + 65535] for i in range(0, len(data), 65535)] or [b""]
    blocks = b"".join(
        struct.pack("<BHH", i == len(parts) - 1, len(p), len(p) ^ 0xffff) + p
        for i, p in enumerate(parts))
    return (b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + blocks
            + struct.pack("<II", zlib.crc32(data), len(data)))


def xz_of_gigabyte(data):
    """Its first block asks for a dictionary of 1 GiB."""
    packed = bytearray(lzma.compress(data))
    size = (packed[12] + 1) * 4
    at = packed.index(b"\x21\x01", 12) + 2
    packed[at] = 36
    packed[12 + size - 4:12 + size] = struct.pack("<I", zlib.crc32(
        bytes(packed[12:12 + size - 4])))
    return bytes(packed)


def stored(name, proves, blob, tar=TAR, limit=None, **more):
    """A layout whose second layer is stored as blob."""
    image = Image([f("a", "a")], tar)
    image.blobs[1] = blob
    argv = ["analyze", "-q", "--format", "json", "IMAGE"]
    if limit:
        argv[1:1] = ["--limit", limit]
    return dict(name=name, proves=proves, image=image.layout(),
                argv=argv, **more)


def codecs():
    half = len(TAR) // 2
    entries = shows(("layers.1.entries", 3))
    for name, pack in (("gzip", gz), ("bzip2", bz2.compress),
                       ("xz", lzma.compress), ("zstd", zstd_frame)):
        both = pack(TAR[:half]) + pack(TAR[half:])
        yield stored(f"good-{name}-members", f"all members of {name} count, "
                     "and no helper program is run (CVE-2014-9358)", both,
                     check=entries)
        yield stored(f"bad-{name}-garbage", "a blob ends with its last one",
                     both + b"garbage")
        yield stored(f"bad-{name}-cut", "and is whole", both[:-5])
        yield dict(name=f"good-{name}-archive-with-tail",
                   proves="an archive that is compressed as a whole may "
                   "have a tail, as docker load allows",
                   image=pack(tar_of(Image(TAR).docker())) + b"garbage")
        yield dict(name=f"bad-{name}-archive-cut",
                   proves="but must be whole",
                   image=pack(tar_of(Image(TAR).docker()))[:-5])
    yield stored("good-zstd-skippable", "skippable frames hold nothing",
                 skippable(b"x" * 9) + zstd_frame(TAR) + skippable(b""),
                 check=entries)
    yield stored("bad-zstd-window", "a window has at most 128 MiB",
                 zstd_frame(TAR, window=28))
    yield stored("good-zstd-window", "unless the user allows more",
                 zstd_frame(TAR, window=28), limit="window=256MiB")
    yield stored("unsupported-zstd-dictionary", "no dictionary is asked for",
                 ZSTD + b"\x21\x07" + bytes([len(TAR) & 255]))
    yield stored("bad-bzip2-block", "a block of bzip2 is a window, too",
                 bz2.compress(TAR), limit="window=800000")
    yield stored("bad-gzip-bomb", "an inflated layer has a limit",
                 gzip.compress(bytes(4 << 20)), tar=bytes(4 << 20),
                 limit="layer=1MiB")
    for name, pack in (("bzip2", bz2.compress), ("xz", lzma.compress)):
        yield stored(f"bad-{name}-bomb", f"be it of {name}",
                     pack(bytes(4 << 20)), tar=bytes(4 << 20),
                     limit="layer=1MiB")
    yield stored("bad-xz-dictionary", "a dictionary of xz is a window, too",
                 xz_of_gigabyte(TAR))
    yield dict(name="bad-gzip-archive-bomb", proves="so has an archive that "
               "is compressed as a whole", image=gzip.compress(tar_of(
                   Image(bytes(4 << 20)).docker()), mtime=0),
               argv=["analyze", "-q", "--limit", "layer=1MiB", "IMAGE"])
    for name, bomb in ratio_bombs():
        yield stored(f"bad-{name}-ratio", f"64 GiB of zeros in {name} are past "
                     "the ratio, long before they are read", bomb)
        yield dict(name=f"bad-{name}-archive-ratio", proves="so are they around "
                   "an archive", image=bomb, argv=["analyze", "-q", "IMAGE"])
    yield stored("bad-blob-limit", "a blob has a limit", TAR,
                 limit="blob=1KiB")


def lies():
    image = Image([f("a", "a")], TAR)
    files = image.layout()
    name = "blobs/sha256/" + sha(TAR)
    yield dict(name="bad-blob-digest", proves="a blob is what its digest says",
               image={**files, name: TAR.replace(b"xxxx", b"yyyy")})
    yield dict(name="bad-blob-short", proves="and as long as its size says",
               image={**files, name: TAR[:-1]})
    yield dict(name="bad-blob-long", proves="not longer",
               image={**files, name: TAR + b"x"})
    yield dict(name="bad-blob-digest-optimize",
               proves="nothing is written of a blob that lies",
               image={**files, name: TAR.replace(b"xxxx", b"yyyy")},
               argv=["optimize", "-q", "IMAGE", "-o", "out.tar"])
    other = Image([f("a", "a")], TAR)
    other.config["rootfs"]["diff_ids"][1] = "sha256:" + "0" * 64
    yield dict(name="bad-diff-id", proves="a layer is what its DiffID says",
               image=other.layout())
    yield dict(name="bad-diff-id-docker", proves="in a docker-archive, too",
               image=tar_of(other.docker()))
    yield dict(name="bad-diff-id-optimize",
               proves="nothing is written of it, either",
               image=tar_of(other.docker()),
               argv=["optimize", "-q", "IMAGE", "-o", "out.tar"])
    manifest = manifest_of(files)
    yield dict(name="bad-manifest-digest", proves="a manifest is what its "
               "digest says", image={**files, manifest: files[manifest][:-1]
                                     + b" "})
    config = next(n for n in files if b"rootfs" in files[n])
    yield dict(name="bad-config-digest", proves="so is a config",
               image={**files, config: files[config][:-1] + b" "})
    named = Image(TAR).change(blobs=[gz(TAR)])
    yield dict(name="good-layer-named-tar", proves="what a layer is is told "
               "by its bytes, not by a name", image=tar_of(named.docker()),
               check=shows(("layers.0.entries", 3)))
    typed = Image(TAR).change(types=[LAYER + "+zstd"], blobs=[gz(TAR)])
    yield dict(name="good-layer-type-lies", proves="nor by a media type",
               image=typed.layout(), check=shows(("layers.0.entries", 3)))


def rows():
    yield from codecs()
    yield from lies()
