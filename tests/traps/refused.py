# SPDX-License-Identifier: Apache-2.0
"""refused - images that nothing may be made of."""
from expect import Refused
from images import (Raw, d, extension, f, h, header, l, pad, pax_record,
                    wh)

BAD_SUM = bytearray(header(b"a", b"0", 0))
BAD_SUM[0] ^= 1

REFUSED = [
    Refused("link-to-nothing", "a hard link names what is there",
            [[h("a", "b")]]),
    Refused("link-to-later", "not what comes after it",
            [[h("a", "b"), f("b", "b")]]),
    Refused("link-to-removed", "not what an earlier layer removed",
            [[f("b", "b")], [wh("b")], [h("a", "b")]]),
    Refused("link-to-directory", "a directory has one name",
            [[d("d"), h("a", "d")]]),
    Refused("dotdot", "no name leads upwards", [[f("a/../../b", "b")]]),
    Refused("dotdot-target", "nor does a link's target",
            [[f("a", "a"), h("b", "../a")]]),
    Refused("root-is-a-symlink", "the root is a directory",
            [[l("./", "/tmp")]]),
    Refused("whiteout-of-nothing", "a bare .wh. hides no name",
            [[f(".wh.", "")]]),
    Refused("whiteout-of-dot", "nor does .wh..", [[d("d"), f("d/.wh..")]]),
    Refused("symlink-loop", "a chain of links has an end",
            [[l("a", "b"), l("b", "a"), f("a/x", "x")]]),
    Refused("header-sum", "a header's checksum is right",
            [[Raw(bytes(BAD_SUM))]]),
    Refused("pax-at-the-end", "a PAX header announces a member",
            [[f("a", "a"), Raw(extension(b"x", pax_record("path", "b")))]]),
    Refused("long-name-at-the-end", "so does a GNU long name",
            [[f("a", "a"), Raw(extension(b"L", b"b\0"))]]),
    Refused("pax-length", "a broken PAX record is an error",
            [[Raw(extension(b"x", b"8 path=b\n")), f("a", "a")]]),
    Refused("member-cut", "a member's bytes are all there",
            [[Raw(header(b"a", b"0", 5000) + pad(b"x"))]]),
    Refused("part-of-256-bytes", "a part of a name has at most 255 bytes",
            [[f("w" * 256, "w")]]),
    Refused("hidden-part-of-256-bytes", "so has a name that is whited out",
            [[wh("w" * 256)]]),
    Refused("path-of-4097-bytes", "a path has at most 4,096 bytes",
            [[f("/".join(["w" * 240] * 16) + "/" + "w" * 241, "w")]]),
]
