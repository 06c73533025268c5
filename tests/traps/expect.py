# SPDX-License-Identifier: Apache-2.0
"""expect - what a trap image is, and what must be found in it.

Everything expected is written by hand: the tree (one node object a hard-link
group), the payload that each layer stores, and what of it is dead and why.
Sums, and the tree digest of that tree, follow from these here, without the
model.
"""
import hashlib
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "model"))

import images  # noqa: E402

SECOND = 10**9
TIME = images.TIME * SECOND


class Node:
    def __init__(self, kind, mode, uid, gid, mtime, xattrs, what):
        self.kind, self.mode, self.uid, self.gid = kind, mode, uid, gid
        self.mtime, self.xattrs, self.what = mtime, xattrs or {}, what


def F(data=b"", mode=0o644, uid=0, gid=0, mtime=TIME, xattrs=None):
    return Node("f", mode, uid, gid, mtime, xattrs, images.raw(data))


def D(mode=0o755, uid=0, gid=0, mtime=TIME, xattrs=None):
    return Node("d", mode, uid, gid, mtime, xattrs, None)


def L(target, uid=0, gid=0, mtime=TIME, xattrs=None):
    return Node("l", 0o777, uid, gid, mtime, xattrs, images.raw(target))


def C(major, minor, mode=0o644, mtime=TIME):
    return Node("c", mode, 0, 0, mtime, None, (major, minor))


def B(major, minor, mode=0o644, mtime=TIME):
    return Node("b", mode, 0, 0, mtime, None, (major, minor))


def P(mode=0o644, mtime=TIME):
    return Node("p", mode, 0, 0, mtime, None, None)


IMPLIED = D(mtime=0)  # declared nowhere


class Trap:
    """stored: bytes a layer; dead: {kind: bytes} a layer."""

    def __init__(self, name, proves, layers, tree, stored, dead=None,
                 duplicate=0, engine=(), end=images.END):
        self.name, self.proves, self.layers = name, proves, layers
        self.tree = {images.raw(p): n for p, n in tree.items()}
        self.tree.setdefault(b"", IMPLIED)
        self.stored, self.dead = stored, dead or [{} for _ in stored]
        self.duplicate, self.engine = duplicate, set(engine)
        self.tars = [images.layer_tar(items, end) for items in layers]
        assert len(self.stored) == len(self.dead) == len(layers), name

    def archive(self):
        return images.archive(images.oci_files(
            self.tars, ["gzip"] * len(self.tars)))

    def figures(self, base=0):
        """The keys of DESIGN section 8 that are exact."""
        nodes = {id(n): n for n in self.tree.values() if n.kind == "f"}
        kinds = ("overwritten", "removed", "hidden", "replaced",
                 "metadata_only")
        lost = [sum(d.values()) for d in self.dead]
        entries = [sum(getattr(i, "entries", 1) for i in items)
                   for items in self.layers]
        stored, dead = sum(self.stored), sum(lost)
        return {
            "tree_digest": self.digest(),
            "efficiency": (stored - dead) / stored if stored else 1,
            "totals": {
                "stored": stored, "live": stored - dead, "dead": dead,
                "dead_base": sum(lost[:base]), "duplicate": self.duplicate,
                "apparent": sum(len(n.what) for n in nodes.values()),
                "overhead": sum(map(len, self.tars)) - stored,
                "entries": sum(entries), "files": len(nodes)},
            "dead": {k: sum(d.get(k, 0) for d in self.dead) for k in kinds},
            "layers": [{"index": i, "stored": s, "dead": x, "entries": e}
                       for i, (s, x, e)
                       in enumerate(zip(self.stored, lost, entries))]}

    def listing(self):
        """docs/tree-digest.md, written a second time."""
        out, first, count = [b"pare-tree 1\n"], {}, {}
        names = sorted(self.tree, key=lambda p: p.replace(b"/", b"\0"))
        for name in names:
            node = self.tree[name]
            first.setdefault(id(node), name)
            count[id(node)] = count.get(id(node), 0) + 1
        for name in names:
            n = self.tree[name]
            shared = count[id(n)] > 1 and n is not IMPLIED
            row = [name, n.kind, "%04o" % n.mode, n.uid, n.gid, n.mtime,
                   first[id(n)] if shared else "", len(n.xattrs)]
            for key, value in sorted((images.raw(k), v)
                                     for k, v in n.xattrs.items()):
                row += [key, len(value), value]
            if n.kind == "f":
                row += [len(n.what), hashlib.sha256(n.what).hexdigest()]
            elif n.kind == "l":
                row += [n.what]
            elif n.kind in "cb":
                row += n.what
            out += [x if isinstance(x, bytes) else str(x).encode()
                    for x in row]
            out[-len(row):] = [x + b"\0" for x in out[-len(row):]]
            out.append(b"\n")
        return b"".join(out)

    def digest(self):
        return "sha256:" + hashlib.sha256(self.listing()).hexdigest()


class Refused:
    """An image that no command may accept (exit status 3)."""

    def __init__(self, name, proves, layers):
        self.name, self.proves, self.layers = name, proves, layers
        self.tars = [images.layer_tar(items) for items in layers]

    archive = Trap.archive
