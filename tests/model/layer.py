# SPDX-License-Identifier: Apache-2.0
"""layer - what one layer brings: its own tree, its whiteouts, its events.

A layer is unpacked member by member into a tree of its own (a dictionary of
paths). What its markers say is collected in two sets, because the events of
one layer are simultaneous. Laying it over the tree below is in model.py.

A path is a tuple of byte strings, () being the root. Where the specification
leaves a question open, the choice is noted in `open` by the question's name;
README.md tells the questions and the choices.
"""
from tarwalk import NAME_MAX, PATH_MAX, Refused

LINKS_MAX = 40
CAPABILITY = b"security.capability"
OVERLAY = (b"trusted.overlay.", b"user.overlay.")


class Inode:
    """What one or more names of the tree stand for."""

    def __init__(self, kind, layer):
        self.type, self.layer = kind, layer  # type w: a 0:0 device
        self.mode, self.uid, self.gid, self.mtime_ns = 0o755, 0, 0, 0
        self.xattrs, self.target, self.dev = {}, b"", (0, 0)
        self.size = self.payload = 0
        self.sha = ""
        self.implied = self.opaque = False
        self.dead = None  # the kind, once no name is left


def implied_dir(layer):
    node = Inode("d", layer)
    node.implied = True
    return node


def split(name, what="name"):
    """A member's name as a path; names that lead astray are refused."""
    parts = tuple(p for p in name.split(b"/") if p not in (b"", b"."))
    if not name or b".." in parts:
        raise Refused(f"{what} {name!r}")
    # The limits hold for the name that a whiteout hides.
    plain = [p[4:] if p.startswith(b".wh.") else p for p in parts[-1:]]
    plain = list(parts[:-1]) + plain
    if len(b"/".join(plain)) > PATH_MAX or any(len(p) > NAME_MAX
                                               for p in plain):
        raise Refused(f"{what} too long")
    return parts


def judge(old, new):
    """The event that a new entry at the very path means for an old one."""
    if old.type != new.type:
        return "replaced"
    return "metadata_only" if old.sha == new.sha else "overwritten"


class Layer:
    def __init__(self, index, below):
        self.index, self.below = index, below
        self.own = {(): implied_dir(index)}
        self.last = {}       # path -> the last inode that an entry put there
        self.whiteouts, self.opaques = set(), set()
        self.marker_dirs = []  # directories that markers stand in
        # What engines have of them, (directory, name or None for opaque): a
        # marker goes with its directory, also when that comes again.
        self.standing = set()
        self.remains = {}    # what AUFS left, by path: only links see it
        self.born = []       # inodes of this layer that count as stored
        self.lost = {}       # inode -> events that took names in tar order
        self.entries = 0
        self.open = set()

    # Names

    def walk(self, parts, make):
        """A directory's real path: symlinks of this layer are followed."""
        todo, at, links = list(reversed(parts)), (), 0
        while todo:
            part = todo.pop()
            if part in (b"", b"."):
                continue
            if part == b"..":
                self.open.add("dotdot-target")
                at = at[:-1]
                continue
            here = at + (part,)
            node = self.own.get(here)
            if node is not None and node.type == "l":
                links += 1
                if links > LINKS_MAX:
                    raise Refused("too many symbolic links")
                if node.layer != self.index:
                    self.open.add("linked-lower-symlink-followed")
                if node.target.startswith(b"/"):
                    at = ()
                todo += reversed(node.target.split(b"/"))
                continue
            if make:
                self.make_dir(here)
            elif node is not None and node.type != "d":
                self.open.add("below-own-file")
            at = here
        return at

    def make_dir(self, path):
        node = self.own.get(path)
        if node is not None and node.type == "d":
            return
        if node is not None:
            self.open.add("below-own-file")
        self.place(path, implied_dir(self.index))

    def place(self, path, node):
        """Puts an inode at a path, over whatever the layer had there."""
        old = self.own.get(path)
        if node.type != "d":
            self.standing = {m for m in self.standing
                             if m[0][:len(path)] != path}
        if old is not None and not old.type == node.type == "d":
            for name in [p for p in self.own if p[:len(path)] == path]:
                gone = self.own.pop(name)
                event = judge(gone, node) if name == path else "replaced"
                self.lost.setdefault(gone, []).append(event)
        elif old is not None:
            node.opaque |= old.opaque  # still the same directory
        self.own[path] = node
        self.last[path] = node

    # Members

    def add(self, m):
        self.entries += 1
        parts = split(m.name)
        if not parts:
            if m.type != "d":
                raise Refused("the root is not a directory")
        elif any(p.startswith(b".wh.") for p in parts):
            return self.marker(m, parts)
        if m.type == "?":
            self.open.add("unknown-type")
        elif m.type == "h":
            self.link(m, parts)
        else:
            self.entry(m, parts)

    def marker(self, m, parts):
        last = parts[-1]
        if any(p.startswith(b".wh..wh.") for p in parts[:-1]) or (
                last.startswith(b".wh..wh.") and last != b".wh..wh..opq"):
            if not parts[0].startswith(b".wh..wh."):
                self.open.add("aufs-below-root")
            if m.type == "f":
                self.remains[parts] = self.inode(m)
            return
        if any(p.startswith(b".wh.") for p in parts[:-1]):
            raise Refused("an entry below a whiteout marker")
        parent = self.walk(parts[:-1], False)
        if last == b".wh..wh..opq":
            self.opaques.add(parent)
            self.standing.add((parent, None))
            self.marker_dirs.append(parent)
        else:
            self.whiteout(parent, last[4:])

    def whiteout(self, parent, name):
        if name in (b"", b".", b".."):
            raise Refused("a whiteout of no name")
        self.whiteouts.add(parent + (name,))
        self.standing.add((parent, name))
        self.marker_dirs.append(parent)

    def inode(self, m):
        node = Inode(m.type, self.index)
        node.mode, node.uid, node.gid = m.mode, m.uid, m.gid
        node.mtime_ns, node.dev = m.mtime_ns, m.dev
        node.xattrs = tree_xattrs(m)
        if m.type == "l":
            node.mode, node.target = 0o777, m.target
        if m.type == "c" and m.dev == (0, 0):
            node.type = "w"
        if m.type == "f":
            node.size, node.sha = len(m.content), m.sha()
            node.payload = m.payload
        return node

    def entry(self, m, parts):
        if m.type == "l" and not m.target:
            raise Refused("a symbolic link to nothing")
        path = parts and self.walk(parts[:-1], True) + parts[-1:]
        node = self.inode(m)
        node.opaque = m.type == "d" and any(
            m.xattrs.get(o + b"opaque") == b"y" for o in OVERLAY)
        if node.type != "w":
            self.born.append(node)
        self.place(path, node)

    def link(self, m, parts):
        path = self.walk(parts[:-1], True) + parts[-1:]
        node = self.link_target(m)
        if self.own.get(path) is node or self.below.get(path) is node:
            self.open.add("link-over-own-group")
        if m.type == "h" and node.layer != self.index:
            self.lost.setdefault(node, [])
        self.place(path, node)
        # The last link entry's metadata is the inode's.
        node.uid, node.gid, node.mtime_ns = m.uid, m.gid, m.mtime_ns
        if node.type != "l":
            node.mode = m.mode
        node.xattrs.pop(CAPABILITY, None)
        node.xattrs.update(tree_xattrs(m))

    def link_target(self, m):
        parts = split(m.target, "link target")
        if parts in self.remains:
            node = self.remains[parts]
            if node not in self.born:
                self.born.append(node)
            return node
        path = parts and self.walk(parts[:-1], False) + parts[-1:]
        node = self.own.get(path) or self.below.get(path)
        if node is None or node.type in ("d", "w"):
            raise Refused(f"a hard link to {m.target!r}")
        if path not in self.own and path in self.last:
            self.open.add("link-to-name-gone-in-layer")
        return node

    # The end of the layer

    def finish(self):
        """What overlay's own forms hide; implied parents of markers; own
        bytes that no name reaches."""
        self.opaques |= {p for p, n in self.own.items() if n.opaque}
        self.standing |= {(p, None) for p, n in self.own.items() if n.opaque}
        for path in [p for p, n in self.own.items() if n.type == "w"]:
            self.whiteouts.add(path)
            self.standing.add((path[:-1], path[-1]))
            del self.own[path]
        for parent in self.marker_dirs:
            for n in range(1, len(parent) + 1):
                here = parent[:n]
                if any(here[:i] in self.whiteouts for i in range(1, n + 1)):
                    break
                node = self.own.get(here)
                if node is None:
                    self.place(here, implied_dir(self.index))
                elif node.type != "d":
                    self.open.add("marker-below-own-file")
                    break
        reached = set(self.own.values())
        for node in self.born:
            if node not in reached and node.dead is None:
                if node.type == "d":  # a directory entry over another
                    node.dead = "metadata_only"
                    continue
                events = self.lost[node]
                if len(set(events)) > 1:
                    self.open.add("own-group-dies-in-parts")
                node.dead = events[-1]


def tree_xattrs(m):
    """Overlay's own are never part of the tree."""
    return {k: v for k, v in m.xattrs.items() if not k.startswith(OVERLAY)}
