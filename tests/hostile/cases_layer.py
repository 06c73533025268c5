# SPDX-License-Identifier: Apache-2.0
"""Names, links, headers and extended headers of a layer's tar."""
import json
import os

from build import Image
from images import (Raw, d, extension, f, global_pax, h, header, l,
                    layer_tar, pad, pax_record)


def raw_header(name, flag=b"0", patch=None, **more):
    """A header with some bytes patched: {offset: bytes}; the checksum is
    right, unless it is what is patched."""
    block = bytearray(header(name, flag, **more))
    for at, data in (patch or {}).items():
        block[at:at + len(data)] = data
    if 148 not in (patch or {}):
        block[148:156] = b" " * 8
        block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


def layer(name, proves, items, limit=None, **more):
    """Two layers, so that the number of the layer is told right: the second
    one is hostile."""
    tar = items if isinstance(items, bytes) else layer_tar(items)
    image = Image([d("etc"), f("etc/hosts", "x")], tar)
    argv = ["analyze", "-q", "--format", "json", "IMAGE"]
    if limit:
        argv[1:1] = ["--limit", limit]
    return dict(name=name, proves=proves, image=image.layout(),
                argv=argv, **more)


def shows(*findings):
    """Checks a few numbers of analyze's JSON."""
    def check(stdout, _place):
        doc = json.loads(stdout)
        for key, want in findings:
            is_ = doc
            for part in key.split("."):
                is_ = is_[int(part)] if part.isdigit() else is_[part]
            if is_ != want:
                return f"{key} is {is_!r}, expected {want!r}"
        return None
    return check


def untouched(path):
    def check(_stdout, _place):
        return f"{path} was made" if os.path.lexists(path) else None
    return check


PATH_4097 = "/".join(["w" * 240] * 16) + "/" + "w" * 241
SMUGGLED = header(b"smuggled", b"0", 0)


def names():
    yield layer("bad-name-dotdot", "no name leads upwards (CVE-2014-9357)",
                [f("a/../../b", "b")])
    yield layer("bad-name-empty", "a name is not empty",
                [Raw(raw_header(b""))])
    yield layer("good-name-empty-directory", "but the root's may be",
                [Raw(raw_header(b"", b"5"))])
    yield layer("bad-name-nul", "nor does it hold NUL",
                [Raw(extension(b"x", pax_record("path", "a\0b"))),
                 f("a", "a")])
    yield layer("bad-name-part-256", "a part has at most 255 bytes",
                [f("w" * 256, "w")])
    yield layer("bad-name-part-256-allowed", "and no limit raises that: file "
                "systems end there", [f("w" * 256, "w")],
                limit="name=256", status=2)
    yield layer("bad-name-4097", "a path has at most 4,096 bytes",
                [f(PATH_4097, "w")])
    yield layer("bad-name-depth-1025", "and at most 1,024 parts",
                [f("a/" * 1024 + "b", "w")])
    yield layer("good-name-depth-1024", "which need no deep stack",
                [f("a/" * 1023 + "b", "w")])
    yield layer("good-name-bytes",
                "names are bytes: newline, ESC, not UTF-8, absolute",
                [f("a\nb", "1"), f(b"\xff\xfe", "2"), f("\x1b[31mred", "3"),
                 f("/abs", "4"), f("./dot", "5")],
                check=shows(("layers.1.entries", 5)))
    yield layer("bad-name-quoted", "a message never sends a name's bytes raw",
                [f(b"\x1b]0;x\x07\n/../\xff", "b")])


def links():
    yield layer("bad-link-target-dotdot", "a hard link stays in the image "
                "(CVE-2014-6407)", [f("a", "a"), h("b", "../a")])
    yield layer("bad-link-target-nul", "its target holds no NUL",
                [Raw(extension(b"x", pax_record("linkpath", "a\0b"))),
                 h("b", "a")])
    yield layer("bad-link-to-nothing", "it names what is there",
                [h("a", "/etc/passwd")])
    yield layer("good-symlink-then-file",
                "a file below an absolute symlink stays in the image "
                "(CVE-2021-32760, CVE-2026-46703)",
                [l("out", "/tmp"), f("out/pare-hostile-escaped", "x")],
                check=untouched("/tmp/pare-hostile-escaped"))
    yield layer("good-whiteout-below-symlink", "so does a whiteout",
                [l("out", "/"), f("out/.wh.etc", "")],
                check=lambda _o, _p: None if os.path.isdir("/etc")
                else "the host lost /etc")
    yield layer("good-directory-over-symlink", "and a mode (CVE-2021-32760)",
                [l("out", "/pare-hostile"), d("out", mode=0o777)],
                check=untouched("/pare-hostile"))
    yield layer("bad-link-through-symlink", "and a hard link's target "
                "(CVE-2014-6407)",
                [l("out", "/etc"), h("b", "out/passwd")])
    yield layer("bad-symlink-loop", "a chain of links has an end",
                [l("a", "b"), l("b", "a"), f("a/x", "x")])
    yield layer("bad-symlink-chain-41", "of at most 40 links",
                [l(f"l{i}", f"l{i + 1}") for i in range(41)]
                + [f("l0/x", "x")])
    yield layer("good-symlink-chain-40", "which may all be followed",
                [d("l40")] + [l(f"l{i}", f"l{i + 1}") for i in range(40)]
                + [f("l0/x", "x")])
    yield layer("bad-root-symlink", "the root is a directory "
                "(CVE-2021-29136)", [l("./", "/tmp")])
    yield layer("bad-root-file", "not a file", [f(".", "x")])
    yield layer("bad-whiteout-bare", "a bare .wh. hides no name",
                [f(".wh.", "")])


def headers():
    yield layer("bad-header-checksum", "a header's checksum is right",
                [f("a", "a"), Raw(raw_header(b"b", patch={148: b"000001"}))])
    yield layer("good-header-checksum-signed", "be it a sum of signed bytes",
                [Raw(signed_sum())])
    yield layer("bad-header-octal", "a number is octal",
                [Raw(raw_header(b"a", patch={124: b"0000000008x\0"}))])
    yield layer("bad-header-size-negative", "a size is no less than 0",
                [Raw(raw_header(b"a", patch={124: b"\xff" * 12}))])
    yield layer("bad-header-size-overflow", "and fits 63 bits",
                [Raw(raw_header(b"a", patch={124: b"\x80" + b"\xff" * 11}))])
    yield layer("bad-size-past-end", "a member's bytes are all there",
                [Raw(header(b"a", b"0", 1 << 40) + pad(b"x"))])
    yield layer("good-link-with-size", "a link has no content, whatever its "
                "size says", [Raw(raw_header(b"a", b"2", size=512,
                                             target=b"t")), f("b", "b")],
                check=shows(("layers.1.entries", 2)))
    yield layer("good-special-with-size", "nor have devices, directories "
                "and FIFOs any",
                [Raw(raw_header(f"a{flag}".encode(), flag.encode(),
                                size=512)) for flag in "13456"[1:]]
                + [f("b", "b")], check=shows(("layers.1.entries", 5)))
    yield layer("bad-header-uid-overflow", "an owner fits 32 bits",
                [Raw(raw_header(b"a", patch={108: b"\x80\0\0\xff\xff\xff"
                                             b"\xff\xff"}))])
    yield layer("bad-header-cut", "a header is a whole block",
                layer_tar([f("a", "a")], end=b"b" * 100))
    yield layer("good-type-unknown", "an unknown type is passed over",
                [Raw(header(b"a", b"Q", 3) + pad(b"abc")), f("b", "b")])


def signed_sum():
    block = bytearray(raw_header(b"\xe4"))
    block[148:156] = b" " * 8
    total = sum(b - 256 if b > 127 else b for b in block)
    block[148:156] = b"%06o\0 " % total
    return bytes(block)


def extensions():
    big = pax_record("comment", b"c" * ((1 << 20) + 1))
    yield layer("bad-pax-length", "a PAX record is as long as it says",
                [Raw(extension(b"x", b"8 path=b\n")), f("a", "a")])
    yield layer("bad-pax-newline", "and ends with a newline",
                [Raw(extension(b"x", b"9 path=bc")), f("a", "a")])
    for name, record in (
            ("length-overflow", b"99999999999999999999 path=a\n"),
            ("length-0", b"0 path=a\n"), ("length-sign", b"-9 path=a\n"),
            ("no-equals", b"9 path-a\n"), ("no-key", b"5 =a\n"),
            ("size-negative", pax_record("size", "-1")),
            ("size-overflow", pax_record("size", "9" * 30)),
            ("size-words", pax_record("size", "0x10")),
            ("uid-overflow", pax_record("uid", str(1 << 32))),
            ("mtime-words", pax_record("mtime", "yesterday")),
            ("sparse-map", pax_record("GNU.sparse.map", "0,1,x")
             + pax_record("GNU.sparse.size", "9"))):
        yield layer(f"bad-pax-{name}", "a malformed record is an error, and "
                    "not passed over (astral-tokio-tar)",
                    [Raw(extension(b"x", record)), f("a", "a")])
    yield layer("bad-pax-at-the-end", "a header speaks of a member",
                [f("a", "a"), Raw(extension(b"x", pax_record("path", "b")))])
    yield layer("bad-pax-over-1m", "a header has at most 1 MiB",
                [Raw(extension(b"x", big)), f("a", "a")])
    yield layer("good-pax-global-path", "a global header is told apart",
                [global_pax([("path", "x")]), f("a", "a")])
    yield layer("bad-pax-global-over-1m", "nor may it be larger",
                [Raw(extension(b"g", big)), f("a", "a")])
    yield layer("bad-gnu-long-twice", "two long names do not follow each "
                "other", [Raw(extension(b"L", b"b\0") * 2), f("a", "a")])
    yield layer("bad-gnu-link-twice", "nor two long targets",
                [Raw(extension(b"K", b"b\0") * 2), l("a", "a")])
    yield layer("good-pax-size-wins", "a PAX size counts for the content and "
                "for the skip: nothing is smuggled (CVE-2025-62518)",
                [Raw(extension(b"x", pax_record("size", "512"))
                     + header(b"a", b"0", 0) + SMUGGLED), f("b", "b")],
                check=shows(("layers.1.entries", 2),
                            ("totals.files", 3)))
    yield layer("bad-xattr-over-64k", "an xattr has at most 64 KiB",
                [f("a", "a", xattrs={"user.x": "v" * 65537})])
    yield layer("bad-sparse-regions", "a sparse map has a limit",
                [f("a", b"x" * 1536, regions=[(0, 512), (1024, 512),
                                              (2048, 512)], size=4096)],
                limit="sparse=2")
    yield layer("bad-sparse-size", "so has what it claims to hold",
                [f("a", b"", regions=[(1 << 42, 0)], size=1 << 42)])
    yield layer("bad-entries", "entries are counted",
                [f(f"f{i}", "") for i in range(9)], limit="entries=10")


def rows():
    yield from names()
    yield from links()
    yield from headers()
    yield from extensions()

