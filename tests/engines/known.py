# SPDX-License-Identifier: Apache-2.0
"""known - where docker 20.10, podman 4.3 and umoci 0.4.7 do not show the tree
of DESIGN section 3, and why.

For each trap image exactly these refusals and these differences are expected,
so an engine that behaves otherwise, better or worse, fails the test. Of what
pare wrote there are no such tables: only `always` holds.
"""
TWICE = "duplicates of file paths"
NO_TARGET = "no such file or directory"
EXISTS = "file exists"
LONG = "file name too long"
NO_DIR = "not a directory"


def names(text):
    return text.split()


# (reason, {engine: what it says}, traps)
REFUSED = [
    ("a name twice in a layer",
     {"docker": TWICE, "podman": TWICE}, names("""
        twice-other-content twice-equal-content twice-other-type
        twice-over-a-lower-file twice-directory directory-then-file
        own-group-loses-a-name symlink-replaced-in-layer
        directory-over-own-symlink device-over-own-file device-then-directory
        opaque-xattr-then-directory opaque-xattr-replaced""")),
    ("global headers have names, and thus names twice",
     {"docker": TWICE, "podman": TWICE}, ["global-pax-mtime"]),
    ("a link to a lower file: each layer is unpacked into a directory",
     {"docker": NO_TARGET, "podman": NO_TARGET}, names("""
        link-to-lower link-to-lower-removed link-before-overwrite
        link-to-lower-other-metadata link-of-a-link
        link-group-over-three-layers link-over-lower-directory
        link-to-lower-then-gone link-group-moved-up
        link-over-implied-directory link-hidden-later
        link-entry-judged-by-type link-entry-equal-content""")),
    ("a symlink whose target is not in the layer",
     {"docker": NO_TARGET, "podman": NO_TARGET}, names("""
        symlink-missing-target symlink-target-in-lower
        marker-through-symlink marker-through-dangling-symlink""")),
    ("a directory's time is set at the end, when a dangling symlink is there",
     {"docker": NO_TARGET, "podman": NO_TARGET},
     ["marker-goes-with-its-directory"]),
    ("a directory's time is set at the end, when its parent is a file",
     {"docker": NO_DIR, "podman": NO_DIR},
     ["file-over-a-directory-with-entries"]),
    ("a link's place is cleared before it is made, its file with it",
     {"docker": NO_TARGET, "podman": NO_TARGET, "umoci": NO_TARGET},
     ["link-over-its-parent", "link-to-itself"]),
    ("a file where a parent has to be",
     {"docker": NO_DIR, "podman": NO_DIR, "umoci": NO_DIR},
     ["entry-below-own-file"]),
    ("user.* xattrs of what is no file and no directory; docker drops them",
     {"podman": "operation not permitted",
      "umoci": "operation not permitted"},
     names("user-xattr-of-a-symlink user-xattr-of-a-device")),
    ("an opaque marker twice",
     {"docker": TWICE, "podman": TWICE}, ["opaque-twice"]),
    ("a whiteout twice: the device is there by then",
     {"docker": EXISTS, "podman": EXISTS}, ["whiteout-twice"]),
    ("an entry before its own whiteout: a device is made in its place",
     {"docker": EXISTS, "podman": EXISTS}, names("""
        entry-beside-whiteout replaced-and-whited-out
        whiteout-behind-directory""")),
    ("whiteouts below a whiteout, the lower ones first",
     {"docker": EXISTS, "podman": EXISTS}, names("""
        children-before-whiteout marker-below-whiteout""")),
    ("whiteouts below a whiteout, the upper one first",
     {"docker": NO_DIR}, names("""
        children-of-a-whiteout marker-below-whiteout-upper""")),
    ("an entry without parents below its own whiteout",
     {"docker": NO_DIR, "podman": NO_DIR},
     ["implied-beside-whiteout"]),
    ("old GNU sparse members",
     {"docker": "type 83", "podman": "type 83", "umoci": r"'\x53'"},
     ["sparse-old-gnu", "sparse-old-gnu-extended"]),
    ("types that no reader knows",
     {"docker": "type 90", "podman": "type 90", "umoci": r"'\x5a'"},
     ["member-of-unknown-type"]),
    ("contiguous files",
     {"docker": "type 55", "podman": "type 55", "umoci": r"'\x37'"},
     ["contiguous-file"]),
    ("more than the kernel's PATH_MAX with the folder of the layer",
     {"docker": LONG, "podman": LONG, "umoci": LONG}, ["path-of-4096-bytes"]),
    ("global headers",
     {"umoci": r"'\x67'"}, ["global-pax-header", "global-pax-mtime"]),
    ("a lower file in a directory's place: umoci unpacks into the lower tree",
     {"umoci": NO_DIR},
     names("""implied-directory-dead implied-over-lower-file
        implied-over-lower-file-replaced""")),
    ("a link to what the layer whited out first: the same",
     {"umoci": NO_TARGET}, ["link-to-lower-whited-out-first"]),
]

PLNK = "/.wh..wh.plnk name, /.wh..wh.plnk/1.2 name"
CAPS = "/a xattrs, /b xattrs"
OVERLAYS = ("docker", "podman")
ALL = OVERLAYS + ("umoci",)
MODES = "/a mode, /a owner, /b mode, /b owner"

# (reason, engines, {trap: the paths and fields that differ})
DIFFERENT = [
    ("a link sets no time of a symlink",
     OVERLAYS, {"link-to-symlink-later": "/b mtime, /s mtime"}),
    ("a missing parent is 0755 of root",
     OVERLAYS, {"implied-keeps-metadata": "/d mode, /d owner",
                "opaque-without-entry": "/d mode"}),
    ("a directory beside its own whiteout lets lower names show through",
     OVERLAYS, {"directory-beside-whiteout": "/d/x name",
                "whiteout-in-a-directory-whited-out": "/d/y name"}),
    ("an opaque root hides nothing",
     OVERLAYS, {"opaque-root": "/a name, /d/x name"}),
    ("the link is made to the device that stands for the whiteout",
     OVERLAYS, {"link-to-lower-whited-out-first": "/b name"}),
    ("AUFS's .wh..wh.plnk is an ordinary directory",
     ALL, {"aufs-remains": PLNK,
           "aufs-plnk-linked": PLNK + ", /.wh..wh.plnk/3.4 name",
           "aufs-linked-again":
           "/.wh..wh.plnk name, /.wh..wh.plnk/1 name"}),
    ("a GNU long name wins over a PAX path",
     ALL, {"pax-over-gnu": "/gnu-name name, /pax-name name"}),
    ("the folder of a global header's name is made",
     ("podman",), {"global-pax-header": "/PaxHeaders name"}),
    ("a capability that a link entry does not repeat is kept",
     ("podman", "umoci"), {"link-drops-capability": CAPS}),
    ("a link entry's metadata is ignored",
     ("umoci",), {"link-other-metadata": MODES + ", /a mtime, /b mtime",
                  "link-to-lower-other-metadata": MODES,
                  "link-adds-xattrs": CAPS,
                  "link-to-symlink": "/b owner, /s owner",
                  "link-to-symlink-later": "/b mtime, /s mtime",
                  "link-group-over-three-layers": "/b mode, /c mode",
                  "link-hidden-later": "/b/c xattrs",
                  "aufs-plnk-linked": "/a mode, /b mode"}),
    ("no overlay: a layer's entries go through a lower symlink",
     ("umoci",), {"symlink-of-a-lower-layer":
                  "/link type, /link/x name, /r/x name",
                  "marker-below-lower-symlink": "/link type, /r/a name"}),
    ("no overlay: a marker implies no parents",
     ("umoci",), {"marker-implies-parents": "/p name, /p/q name",
                  "marker-through-dangling-symlink": "/r name",
                  "whiteout-of-nothing-alone": "/d name",
                  "marker-implies-over-file": "/a type",
                  "marker-below-whiteout-upper": "/p name",
                  "opaque-over-file": "/d type"}),
    ("no overlay: its devices and xattrs mean nothing",
     ("umoci",), {"overlay-opaque-xattr": "/d/a name",
                  "overlay-device-0-0": "/d/a name, /e name",
                  "device-over-own-marker-parent": "/b name",
                  "device-then-directory": "/d/a name",
                  "device-over-own-file": "/a name",
                  "opaque-xattr-replaced": "/d/a name",
                  "opaque-xattr-then-directory": "/d/a name"}),
    ("what is made through a symlink changes its directory's time",
     ("umoci",), {"entry-below-what-a-symlink-leads-to": "/r mtime"}),
    ("no overlay: the whiteout changes the directory's time",
     ("umoci",), {"whiteout-behind-directory": "/d mtime"}),
]


def of_source(engine, name):
    """(what a refusal says or "", {"/path field"} that differ)"""
    says = [words[engine] for _, words, traps in REFUSED
            if name in traps and engine in words]
    keys = [traps[name] for _, engines, traps in DIFFERENT
            if name in traps and engine in engines]
    return "".join(says), {k for row in keys for k in row.split(", ")}


def traps_named():
    """So that no row outlives its trap."""
    return {t for _, _, traps in REFUSED + DIFFERENT for t in traps}


def always(engine, key, want, have):
    """What no image can tell an engine: times before 1970 and after 2262 become
    1970 (in umoci, nanoseconds past 64 bits wrap around), and Go's tar reader
    takes an xattr without bytes for none. podman's root has no owner, and its
    mode is what a container's umask of 022 leaves of the image's. Times are in
    s, in mounts in ns; there a 0 is excused too often, but what is exported of
    the same name is not."""
    if key.endswith(" mtime"):
        if engine == "umoci":
            return not -2**63 <= want < 2**63
        return have == 0 and not 0 <= want <= 2**63 // 10**9
    if key == "/ owner":
        return engine == "podman" and have == (0, 0)
    if key == "/ mode":
        return engine == "podman" and \
            int(have, 8) == int(want, 8) & 0o777 & ~0o022
    if key.endswith(" xattrs"):
        return {k: v for k, v in want.items() if v} == have
    return False
