#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""generate - random small images, the same for the same seed.

Names come from a tiny alphabet, so that entries, markers and links collide
all the time. A model that is carried along tells which links and symlinks are
possible; an image that the model refuses, or (unless asked for) one that
touches a question the specification leaves open, is thrown away and the next
one is drawn.

Most images hold a step that a later one undoes (`fills`, `undoing`), so that
whole layers go in a rewrite and the markers of others have nothing to hide.

    generate.py SEED OUT.tar [--open|--tame]
"""
import random
import sys

import images as im
from layer import Layer, split
from model import Model, Refused
from tarwalk import members

PARTS = [b"a", b"b", b"c", b"d"]
ODD = [b"a b", b"n\nl", b"\xff\xfe", "é".encode(), b"x.wh.y", b"a-b",
       b"w" * 120, b"-"]
TIMES = [1000, 1000, 1000, 1001, 0, -5, 2**33 + 7, "1.5", "-2.25"]
CAP = b"\1\0\0\2\0\4\0\0" + bytes(12)
XATTRS = [{}, {}, {}, {}, {"user.a": b"1"}, {"user.a": b"\0\xff"},
          {"security.capability": CAP},
          {"security.capability": CAP, "user.b": b""}]
UNITS = [b"x", b"y", b"hello\n", b"\0\1\2"]
COUNTS = [1, 1, 2, 100, 512, 1000, 10000]
CONTENT = {im.sha(u * n): u * n for u in UNITS for n in COUNTS}


class Generated:
    """An image; `layers` are the items of each layer and its end blocks."""

    def __init__(self, layers, codecs, kind, history=True):
        self.layers, self.codecs, self.kind = layers, codecs, kind
        self.tars = [im.layer_tar(*layer) or im.END for layer in layers]
        self.model = Model(self.tars)
        self.history = history
        self.config = im.make_config(
            self.tars, None if history else {"history": None})

    def archive(self):
        if self.kind == "oci":
            files = im.oci_files(self.tars, self.codecs, self.config)
        else:
            files = im.docker_files(self.tars, self.config,
                                    legacy=self.kind == "docker-old")
        return im.archive(files)


class Maker:
    """Draws the members of one layer."""

    def __init__(self, rng, layer):
        self.rng, self.layer = rng, layer

    def some_path(self):
        parts = [self.rng.choice(PARTS) for _ in
                 range(self.rng.choice([1, 1, 2, 2, 2, 3, 3, 4]))]
        if self.rng.random() < 0.04:
            parts[-1] = self.rng.choice(ODD)
        return b"/".join(parts)

    def known(self, want, own=True):
        """A name of the layer or of the tree below, or a fresh one."""
        pool = [p for p, n in list(self.layer.own.items() if own else ())
                + list(self.layer.below.items()) if p and want(n)]
        if pool and self.rng.random() < 0.85:
            return b"/".join(self.rng.choice(pool))
        return self.some_path()

    def path(self):
        if self.rng.random() < 0.45:
            return self.known(lambda n: True)
        return self.some_path()

    def spelled(self, path):
        how = self.rng.random()
        if how < 0.2:
            return b"./" + path
        if how < 0.24:
            return b"/" + path
        if how < 0.27:
            return path.replace(b"/", b"//")
        if how < 0.30:
            return path.replace(b"/", b"/./")
        return path

    def meta(self):
        rng = self.rng
        return {"uid": rng.choice([0, 0, 0, 7, 70000]),
                "gid": rng.choice([0, 0, 0, 8, 2**21 + 1]),
                "mtime": rng.choice(TIMES), "xattrs": rng.choice(XATTRS),
                "form": rng.choice(["pax", "pax", "gnu", "ustar"])}

    def content(self):
        rng = self.rng
        if rng.random() < 0.1:
            return b""
        return rng.choice(UNITS) * rng.choice(COUNTS)

    def file(self):
        m = self.meta()
        m["mode"] = self.rng.choice([0o644, 0o600, 0o755, 0o4755, 0])
        if self.rng.random() < 0.06:
            m["form"] = self.rng.choice(["pax", "gnu"])
            n = self.rng.choice([1, 3, 5, 30])
            regions = [(i * 1000, 1 + i % 3) for i in range(n)]
            return im.f(self.spelled(self.path()),
                        b"s" * sum(r[1] for r in regions), regions=regions,
                        size=n * 1000 + self.rng.choice([0, 5000]), **m)
        return im.f(self.spelled(self.path()), self.content(), **m)

    def again(self):
        """The content of a file that stands, with other metadata or not."""
        files = {p: n for p, n in self.layer.below.items()
                 if n.type == "f" and n.sha in CONTENT}
        if not files:
            return self.file()
        path = self.rng.choice(list(files))
        return im.f(self.spelled(b"/".join(path)), CONTENT[files[path].sha],
                    **self.meta())

    def directory(self):
        path = self.known(lambda n: n.type == "d") \
            if self.rng.random() < 0.5 else self.path()
        m = self.meta()
        if self.rng.random() < 0.05:
            m["xattrs"] = {"trusted.overlay.opaque": b"y", "user.a": b"2"}
        if self.rng.random() < 0.05:
            path = b""
        tail = self.rng.choice([b"", b"/"]) if path else b"/"
        return im.d(self.spelled(path) + tail,
                    self.rng.choice([0o755, 0o700, 0o1777]), **m)

    def symlink(self):
        target = self.known(lambda n: n.type == "d") \
            if self.rng.random() < 0.6 else self.some_path()
        if self.rng.random() < 0.7:
            target = b"/" + target
        return im.l(self.spelled(self.path()), target, **self.meta())

    def hardlink(self):
        target = self.known(lambda n: n.type != "d")
        m = self.meta()
        m["mode"] = self.rng.choice([0o644, 0o600, 0o2755])
        return im.h(self.spelled(self.path()), self.spelled(target), **m)

    def whiteout(self):
        path = self.known(lambda n: True, own=self.rng.random() < 0.2)
        if self.rng.random() < 0.1:
            return im.c(self.spelled(path), 0, 0)
        return im.wh(self.spelled(path),
                     data=self.rng.choice([b"", b"", b"", b"marker"]))

    def opaque(self):
        if self.rng.random() < 0.1:
            return im.opq(b"")
        return im.opq(self.spelled(self.known(
            lambda n: n.type == "d", own=self.rng.random() < 0.2)))

    def gone(self, name):
        """A file is removed, or comes again."""
        how = self.rng.random()
        if how < 0.75:
            return im.wh(name)
        return im.f(name, self.content(), **self.meta())

    def special(self):
        make = self.rng.choice([
            lambda n, **m: im.p(n, **m),
            lambda n, **m: im.c(n, 1, self.rng.choice([3, 5]), **m),
            lambda n, **m: im.b(n, 8, 1, **m)])
        return make(self.spelled(self.path()), **self.meta())

    def aufs(self):
        return im.f(b".wh..wh.plnk/" + self.rng.choice([b"1.2", b"3.4"]),
                    self.content())

    def aufs_link(self):
        return im.h(self.spelled(self.path()), b".wh..wh.plnk/1.2")

    def draw(self):
        kinds = {self.file: 32, self.again: 8, self.directory: 16,
                 self.symlink: 8, self.hardlink: 12, self.whiteout: 12,
                 self.opaque: 4, self.special: 4, self.aufs: 1,
                 self.aufs_link: 1}
        return self.rng.choices(list(kinds), list(kinds.values()))[0]()


def replay(items, index, tree):
    layer = Layer(index, tree)
    for item in items:
        for m in members(item.encode()):
            layer.add(m)
    return layer


def agreed(layer, items):
    """Nothing that some engine refuses or shows otherwise."""
    names = set()
    for item in items:
        if item.regions and item.form == "gnu":
            return False
        for m in members(item.encode()):
            path = split(m.name)
            if path in names or m.mtime_ns < 0 or b"" in m.xattrs.values():
                return False
            names.add(path)
    lower = any(n.layer != layer.index for n in layer.own.values())
    marked = layer.whiteouts | set(layer.own) | layer.opaques | set(
        layer.marker_dirs)
    below = any(p[:n] in layer.whiteouts for p in marked
                for n in range(1, len(p) + (p not in layer.whiteouts)))
    beside = layer.whiteouts & set(layer.own)
    return not (lower or below or beside or layer.remains or layer.lost
                or () in layer.opaques)


def at_random(rng, layer):
    """Members one after another, without a plan."""
    for _ in range(rng.choice([0, 1, 3, 5, 8, 12, 18, 25])):
        yield Maker(rng, layer()).draw()


def fills(rng, layer):
    """All that a step of a build makes, below one directory."""
    maker = Maker(rng, layer())
    top = split(maker.some_path())
    if rng.random() < 0.8:
        for n in range(1, len(top) + 1):
            yield im.d(b"/".join(top[:n]), **maker.meta())
    for _ in range(rng.randint(1, 4)):
        path = b"/".join(top + (rng.choice(PARTS),))
        make = rng.choice([im.d, im.f, im.f, im.f])
        yield make(path, **maker.meta()) if make is im.d else \
            im.f(path, maker.content(), **maker.meta())
        if make is im.d:
            yield im.f(path + b"/" + rng.choice(PARTS), maker.content(),
                       **maker.meta())


def undoing(index):
    """A plan that takes away what another layer has left in the tree."""
    def plan(rng, layer):
        maker, below = Maker(rng, layer()), layer().below
        opaque, gone = rng.random() < 0.25, set()
        again = rng.random() < 0.9
        for path in sorted(below):
            node, name = below[path], b"/".join(path)
            if node.layer != index or not path or \
                    any(path[:n] in gone for n in range(1, len(path))):
                continue
            if node.type != "d":
                yield maker.gone(name)
            elif rng.random() < 0.12:
                gone.add(path)
                yield im.wh(name)
            else:
                if again:
                    yield im.d(name, **maker.meta())
                if opaque:
                    gone.add(path)
                    yield im.opq(name)
                    yield im.f(name + b"/" + rng.choice(PARTS),
                               maker.content(), **maker.meta())
        if rng.random() < 0.3:
            yield from at_random(rng, layer)
    return plan


def draw_layer(rng, index, tree, mode, plan):
    """(items, the layer that they make)"""
    layer, items = Layer(index, tree), []
    for item in plan(rng, lambda: layer):
        try:
            for m in members(item.encode()):
                layer.add(m)
            items.append(item)
            if mode == "open" or not layer.open and (
                    mode != "tame" or agreed(layer, items)):
                continue
            items.pop()
        except Refused:
            pass
        layer = replay(items, index, tree)
    if rng.random() < 0.15 and mode != "tame":
        items.insert(0, im.global_pax([("comment", "shared")]))
    return items, layer


def plans(rng, count):
    """What each layer is drawn by."""
    made = [at_random] * count
    if rng.random() < 0.8:
        # Mostly above the lowest layer, which `--base 1` keeps.
        lowest = count > 2 and rng.random() < 0.8
        first, last = sorted(rng.sample(range(lowest, count), 2))
        made[first], made[last] = fills, undoing(first)
    return made


def attempt(rng, mode):
    guide, layers = Model([]), []
    for index, plan in enumerate(plans(rng, rng.randint(2, 5))):
        while True:
            items, layer = draw_layer(rng, index, guide.tree, mode, plan)
            layer.finish()
            tree = guide.lay(layer)
            if mode == "open" or not layer.open:
                break
        guide.tree = tree
        end = rng.choice([im.END, im.END, im.END + bytes(8192), b""])
        layers.append((items, end))
    kind = rng.choice(["oci", "oci", "docker-old", "docker-new"])
    codec = rng.choice(["raw", "gzip", "gzip", "gzip", "zstd", "mixed"])
    codecs = [rng.choice(["raw", "gzip"]) if codec == "mixed" else codec
              for _ in layers]
    return Generated(layers, codecs, kind, rng.random() >= 0.1)


def generate(seed, mode=""):
    """mode "open": also what the specification leaves open; "tame": nothing
    on which engines differ."""
    rng = random.Random(seed)
    while True:
        try:
            image = attempt(rng, mode)
        except Refused:
            continue
        if mode == "open" or not image.model.open:
            return image


if __name__ == "__main__":
    with open(sys.argv[2], "wb") as out:
        out.write(generate(int(sys.argv[1]), "".join(sys.argv[3:]).strip("-")).archive())
