# SPDX-License-Identifier: Apache-2.0
"""tarforms - what tar dialects can say (formats-fleet 1.3), and payload."""
from expect import D, F, L, SECOND, Trap
from images import (Raw, d, f, h, header, l, opq, pad, pax_record, wh,
                    extension)

X = b"x" * 700
HOLES = b"\0" * 9000 + b"ab" + b"\0" * 998 + b"c" + b"\0" * 99999
REGIONS = [(9000, 2), (10000, 1)]
MANY = [(i * 10, 1) for i in range(30)]  # 4 + 21 + 5: two extension blocks
MANY_BYTES = b"".join(b"m" + b"\0" * 9 for _ in range(30)) + b"\0" * 200
P255, PATH300 = "w" * 255, "/".join(["p" * 99] * 3)
LONGEST = "/".join(["w" * 240] * 17)[:4096]


def pax0(name, data, records):
    """A member whose sparse map stands in PAX records alone."""
    block = b"".join(pax_record(*r) for r in records)
    return Raw(extension(b"x", block)
               + header(name, b"0", len(data), mtime=1000) + pad(data), 1)


def ustar_prefix(prefix, name, data):
    return Raw(header(name, b"0", len(data), mtime=1000, tail=prefix)
               + pad(data), 1)


TRAPS = [
    Trap("sparse-pax-1.0", "the map in the data is stored payload",
         [[f("s", b"abc", regions=REGIONS, size=len(HOLES)), f("n", "n")]],
         {"s": F(HOLES), "n": F("n")}, [512 + 3 + 1]),
    Trap("sparse-old-gnu", "up to four regions stand in the header",
         [[f("s", b"abc", regions=REGIONS, size=len(HOLES), form="gnu"),
           f("n", "n")]],
         {"s": F(HOLES), "n": F("n")}, [3 + 1], engine=[0]),
    Trap("sparse-old-gnu-extended", "extension blocks are stored payload",
         [[f("s", b"m" * 30, regions=MANY, size=500, form="gnu"),
           f("n", "n")]],
         {"s": F(MANY_BYTES), "n": F("n")}, [1024 + 30 + 1], engine=[0]),
    Trap("sparse-pax-0.1", "a map in the header is not payload",
         [[pax0(b"GNUSparseFile.0/s", b"abc",
                [("GNU.sparse.name", "s"), ("GNU.sparse.numblocks", "2"),
                 ("GNU.sparse.size", str(len(HOLES))),
                 ("GNU.sparse.map", "9000,2,10000,1")]), f("n", "n")]],
         {"s": F(HOLES), "n": F("n")}, [3 + 1]),
    Trap("sparse-pax-0.0", "nor are repeated records",
         [[pax0(b"s", b"abc",
                [("GNU.sparse.size", str(len(HOLES))),
                 ("GNU.sparse.numblocks", "2"),
                 ("GNU.sparse.offset", "9000"), ("GNU.sparse.numbytes", "2"),
                 ("GNU.sparse.offset", "10000"),
                 ("GNU.sparse.numbytes", "1")]), f("n", "n")]],
         {"s": F(HOLES), "n": F("n")}, [3 + 1]),
    Trap("sparse-overwritten", "a sparse copy dies with what it stored",
         [[f("s", b"abc", regions=REGIONS, size=len(HOLES))],
          [f("s", HOLES)]],
         {"s": F(HOLES)}, [515, len(HOLES)], [{"metadata_only": 515}, {}]),
    Trap("sparse-duplicate", "duplicates count apparent bytes",
         [[f("s", b"abc", regions=REGIONS, size=len(HOLES)),
           f("t", HOLES)]],
         {"s": F(HOLES), "t": F(HOLES)}, [515 + len(HOLES)], None,
         len(HOLES)),
    Trap("name-of-255-bytes", "also behind the prefix of its whiteout",
         [[f(P255, X), d("d"), f("d/" + P255, X)], [wh(P255)]],
         {"d": D(), "d/" + P255: F(X)}, [1400, 0], [{"removed": 700}, {}]),
    Trap("path-of-4096-bytes", "the longest path, and its whiteout",
         [[f(LONGEST, X), f("a", "a")], [wh(LONGEST)]],
         {"a": F("a")} | {LONGEST[:n]: D(mtime=0) for n in
                          range(240, 4000, 241)}, [701, 0],
         [{"removed": 700}, {}], engine=[0]),
    Trap("path-of-300-bytes", "parts below the limit, path above 256",
         [[f(PATH300, X, form="gnu")], [d(PATH300.rpartition("/")[0])]],
         {"p" * 99: D(mtime=0), "p" * 99 + "/" + "p" * 99: D(),
          PATH300: F(X)}, [700, 0], engine=[0]),
    Trap("ustar-prefix", "a name in two fields of the header block",
         [[ustar_prefix(b"some/dir", b"file", X)]],
         {"some": D(mtime=0), "some/dir": D(mtime=0),
          "some/dir/file": F(X)}, [700], engine=[0]),
    Trap("newline-in-a-name", "names are bytes: a newline",
         [[f("a\nb", X), l("c", "t\nu")], [wh("a\nb")]],
         {"c": L("t\nu")}, [700, 0], [{"removed": 700}, {}]),
    Trap("name-not-utf8", "names are bytes: no UTF-8",
         [[d(b"\xff\xfe"), f(b"\xff\xfe/\x80", X), f("é", "e")],
          [opq(b"\xff\xfe")]],
         {b"\xff\xfe": D(), "é": F("e")}, [701, 0], [{"hidden": 700}, {}]),
    Trap("order-of-names", "a, a/b and a-b sort by parts",
         [[f("a-b", "1"), d("a"), f("a/b", "2"), f("a.b", "3"),
           h("a/z", "a-b")]],
         {"a": D(), "a/b": F("2"), "a/z": (G := F("1")), "a-b": G,
          "a.b": F("3")}, [3]),
    Trap("negative-time-pax", "before 1970, with a fraction",
         [[f("a", X, mtime="-1.5"), f("b", X[:1], mtime=-7)]],
         {"a": F(X, mtime=-1500000000), "b": F("x", mtime=-7 * SECOND)},
         [701], engine=[0]),
    Trap("negative-time-gnu", "before 1970 in base-256",
         [[f("a", X, mtime=-2, form="gnu")]],
         {"a": F(X, mtime=-2 * SECOND)}, [700], engine=[0]),
    Trap("future-times", "past 2106, and past 2242 in base-256",
         [[f("a", X, mtime=2**32 + 5), f("b", "b", mtime=8**11 + 1,
                                         form="gnu"),
           f("c", "c", mtime="4294967296.000000001")]],
         {"a": F(X, mtime=(2**32 + 5) * SECOND),
          "b": F("b", mtime=(8**11 + 1) * SECOND),
          "c": F("c", mtime=2**32 * SECOND + 1)}, [702]),
    Trap("times-before-1677-and-after-2262", "past 64 bits of nanoseconds",
         [[f("a", X, mtime="10413792000"), f("b", "b", mtime="-10413792000"),
           f("c", "c", mtime="-10413792000.5"),
           f("d", "d", mtime=-2**60, form="gnu"),
           f("e", "e", mtime="-0.5"),
           f("g", "g", mtime="9223372036854775807.999999999")]],
         {"a": F(X, mtime=10413792000 * SECOND),
          "b": F("b", mtime=-10413792000 * SECOND),
          "c": F("c", mtime=-10413792000 * SECOND - SECOND // 2),
          "d": F("d", mtime=-2**60 * SECOND),
          "e": F("e", mtime=-SECOND // 2),
          "g": F("g", mtime=2**63 * SECOND - 1)}, [705], engine=[0]),
    Trap("large-owners", "uid and gid in base-256 and in PAX",
         [[f("a", X, uid=2**21 + 1, gid=2**31, form="gnu"),
           f("b", "b", pax=[("uid", "3000000"), ("gid", "4294967294")])]],
         {"a": F(X, uid=2**21 + 1, gid=2**31),
          "b": F("b", uid=3000000, gid=4294967294)}, [701]),
    Trap("mode-bits", "setuid, setgid, sticky; a symlink's mode is none",
         [[f("a", X, mode=0o4755), f("b", "b", mode=0o102644), d("d", 0o1777),
           l("s", "a", form="ustar")]],
         {"a": F(X, 0o4755), "b": F("b", 0o2644), "d": D(0o1777),
          "s": L("a")}, [701]),
    Trap("pax-over-gnu", "a PAX path wins over a GNU long name",
         [[Raw(extension(b"L", b"gnu-name\0"), 0),
           f("header-name", X, pax=[("path", "pax-name")])]],
         {"pax-name": F(X)}, [700], engine=[0]),
    Trap("pax-size", "a PAX size rules content and skip",
         [[Raw(extension(b"x", pax_record("size", "700"))
               + header(b"a", b"0", 0, mtime=1000) + pad(X), 1),
           f("b", "b")]],
         {"a": F(X), "b": F("b")}, [701]),
    Trap("v7-directory", "a name that ends in a slash is a directory",
         [[Raw(header(b"d/", b"\0", 0, mode=0o755, mtime=1000, form="v7"), 1),
           f("d/x", X, form="v7")]],
         {"d": D(), "d/x": F(X)}, [700]),
    Trap("contiguous-file", "type 7 is a regular file",
         [[Raw(header(b"a", b"7", 700, mtime=1000) + pad(X), 1)]],
         {"a": F(X)}, [700], engine=[0]),
    Trap("no-end-blocks", "a tar may end at a member's boundary",
         [[f("a", X), f("b", "b")]],
         {"a": F(X), "b": F("b")}, [701], end=b""),
    Trap("long-tail", "zero blocks up to a record are overhead",
         [[f("a", X)], [f("b", "b")]],
         {"a": F(X), "b": F("b")}, [700, 1], end=bytes(10240)),
    Trap("member-of-unknown-type", "is no part of the tree",
         [[f("a", X), Raw(header(b"u", b"Z", 3, mtime=1000) + pad(b"zzz"), 1)]],
         {"a": F(X)}, [700], engine=[0]),
]
