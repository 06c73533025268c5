#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""model - the file tree of an image and what became of every stored byte.

The reference that the program is compared with: written from DESIGN section 3
and docs/tree-digest.md alone, simple rather than fast. Layers are laid over
one another as whole dictionaries, path by path.

    model.py IMAGE [--base N] [--tree]
"""
import hashlib
import json
import sys

from imageread import Image, read_image
from layer import Inode, Layer, implied_dir
from tarwalk import Refused, members

__all__ = ["Image", "Model", "Refused", "read_image"]

KINDS = ("overwritten", "removed", "hidden", "replaced", "metadata_only")
# When several events of one layer took the last names, the first of these.
RANK = ("overwritten", "metadata_only", "replaced", "replaced-parent",
        "removed", "hidden")


def above(path):
    """The directories that a path lies in, the root first."""
    return [path[:n] for n in range(len(path))]


class Model:
    """`tree` is the final one: path -> Inode. Paths are tuples of bytes."""

    def __init__(self, layer_tars):
        self.tree = {(): implied_dir(-1)}
        self.layers, self.tar_bytes = [], []
        self.open = set()
        for index, tar in enumerate(layer_tars):
            layer = Layer(index, self.tree)
            for m in members(tar):
                layer.add(m)
            layer.finish()
            self.tree = self.lay(layer)
            self.layers.append(layer)
            self.tar_bytes.append(len(tar))
            self.open |= layer.open

    # Laying a layer over the tree below

    def lay(self, layer):
        result, taken = {}, {}
        for path, node in self.tree.items():
            event = self.event(layer, path, node)
            if event is None:
                result[path] = node
            else:
                taken.setdefault(node, []).append(event)
        for path, node in layer.own.items():
            lower = result.get(path)
            # A missing parent keeps the metadata of the lower directory.
            if not (node.implied and lower is not None):
                result[path] = node
        self.bury(layer, result, taken)
        return result

    def event(self, layer, path, node):
        """What the layer does to a name of the tree below, or None."""
        dirs = above(path)
        mine = layer.own.get(path)
        same = mine is not None and not mine.type == node.type == "d"
        parent = any(d in layer.own and layer.own[d].type != "d" for d in dirs)
        removed = any(d in layer.whiteouts for d in dirs + [path])
        hidden = any(d in layer.opaques for d in dirs)
        if not (same or parent or removed or hidden):
            return None
        last = layer.last.get(path)
        if last is not None and last.type != "w":
            if mine is None and node.type == "f":
                layer.open.add("name-gone-in-layer")
            if last.type != node.type:
                return "replaced"
            return "metadata_only" if last.sha == node.sha else "overwritten"
        if parent:
            return "replaced-parent"
        return "removed" if removed else "hidden"

    def bury(self, layer, result, taken):
        """Inodes from below that this layer took the last name of."""
        for node, events in layer.lost.items():
            if node.layer != layer.index and events:
                layer.open.add("lower-link-replaced")
                taken.setdefault(node, []).extend(events)
        reached = set(result.values())
        for node, events in taken.items():
            if node not in reached and node.dead is None:
                kind = min(events, key=RANK.index)
                node.dead = kind.removesuffix("-parent")

    # Figures

    def inodes(self):
        return [node for layer in self.layers for node in layer.born]

    def live_files(self):
        return {n for n in self.tree.values() if n.type == "f"}

    def figures(self, base=0):
        stored = sum(n.payload for n in self.inodes())
        dead = {k: sum(n.payload for n in self.inodes() if n.dead == k)
                for k in KINDS}
        files, contents = self.live_files(), {}
        for n in files:
            contents.setdefault((n.sha, n.size), []).append(n)
        layers = [{"index": i, "stored": sum(n.payload for n in la.born),
                   "dead": sum(n.payload for n in la.born if n.dead),
                   "entries": la.entries} for i, la in enumerate(self.layers)]
        live = sum(n.payload for n in set(self.tree.values()))
        assert stored == live + sum(dead.values()), (stored, live, dead)
        return {
            "tree_digest": self.digest(),
            "efficiency": live / stored if stored else 1,
            "totals": {
                "stored": stored, "live": live, "dead": stored - live,
                "dead_base": sum(la["dead"] for la in layers[:base]),
                "duplicate": sum((len(same) - 1) * size for (_, size), same
                                 in contents.items()),
                "apparent": sum(n.size for n in files),
                "overhead": sum(self.tar_bytes) - stored,
                "entries": sum(la["entries"] for la in layers),
                "files": len(files)},
            "dead": dead, "layers": layers}

    # The tree digest, docs/tree-digest.md

    def records(self):
        names = {}
        for path in sorted(self.tree):
            names.setdefault(self.tree[path], []).append(path)
        for path in sorted(self.tree):
            node = self.tree[path]
            group = b""
            if len(names[node]) > 1 and node.type != "d":
                group = b"/".join(names[node][0])
            yield path, record(b"/".join(path), node, group)

    def listing(self):
        return b"pare-tree 1\n" + b"".join(r for _, r in self.records())

    def digest(self):
        return "sha256:" + hashlib.sha256(self.listing()).hexdigest()


def record(name, node: Inode, group):
    fields = [name, node.type, "%04o" % node.mode, node.uid, node.gid,
              node.mtime_ns, group, len(node.xattrs)]
    for key in sorted(node.xattrs):
        fields += [key, len(node.xattrs[key]), node.xattrs[key]]
    if node.type == "f":
        fields += [node.size, node.sha]
    elif node.type == "l":
        fields += [node.target]
    elif node.type in ("c", "b"):
        fields += node.dev
    raw = [f if isinstance(f, bytes) else str(f).encode() for f in fields]
    return b"".join(f + b"\0" for f in raw) + b"\n"


def main(args):
    base = int(args[args.index("--base") + 1]) if "--base" in args else 0
    model = Model(read_image(args[0]).tars())
    if "--tree" in args:
        for _, line in model.records():
            text = line.replace(b"\0", "·".encode())
            sys.stdout.write(text.decode(errors="backslashreplace"))
        return
    print(json.dumps(model.figures(base) | {"open": sorted(model.open)},
                     indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
