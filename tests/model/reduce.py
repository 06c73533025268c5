#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""reduce - makes the image of a failing seed as small as it still fails.

    reduce.py --pare PATH random --seeds N [--open]

Layers, members and what is unusual about members go as long as the first
complaint stays of its kind. What is left is printed as a trap's layers.
"""
import dataclasses
import os
import re
import shutil
import tempfile

import images as im
from check import Run, image_case, options
from generate import Generated, generate
from model import Refused


class Reducer:
    def __init__(self, args):
        self.args, self.want, self.tries = args, None, 0
        self.faults = []

    def fails(self, image):
        """True when the image fails as the first one did."""
        self.tries += 1
        place = os.path.join(self.args.work, "try")
        run = Run(image_case("try", image), self.args, place)
        try:
            run.all()
        finally:
            shutil.rmtree(place)
        kinds = {re.sub(r"[0-9a-f]*\d[0-9a-f]*", "#", f)[:60]
                 for f in run.faults}
        if self.want is None and run.faults:
            self.want = re.sub(r"[0-9a-f]*\d[0-9a-f]*", "#",
                               run.faults[0])[:60]
        if self.want not in kinds or (image.model.open
                                      and not self.args.open):
            return False
        self.faults = run.faults
        return True

    def attempt(self, image, layers, codecs=None, kind=None):
        """The smaller image where it is one that fails, else None."""
        try:
            new = Generated(layers, codecs or image.codecs,
                            kind or image.kind, image.history)
        except Refused:
            return None
        return new if self.fails(new) else None

    def layers(self, image):
        for i in reversed(range(len(image.layers))):
            layers, codecs = list(image.layers), list(image.codecs)
            del layers[i], codecs[i]
            image = layers and self.attempt(image, layers, codecs) or image
        return image

    def items(self, image):
        for i in range(len(image.layers)):
            size = max(1, len(image.layers[i][0]) // 2)
            while size:
                at = 0
                while at < len(image.layers[i][0]):
                    items, end = image.layers[i]
                    layers = list(image.layers)
                    layers[i] = (items[:at] + items[at + size:], end)
                    new = self.attempt(image, layers)
                    at, image = (at, new) if new else (at + size, image)
                size //= 2
        return image

    def plain(self, image):
        """One field of one member after another gets its usual value."""
        for i, (items, _) in enumerate(image.layers):
            for n, item in enumerate(items):
                for field, value in simpler(item):
                    layers = [(list(a), im.END) for a, _ in image.layers]
                    layers[i][0][n] = dataclasses.replace(
                        layers[i][0][n], **{field: value})
                    image = self.attempt(image, layers) or image
        return image


def simpler(item):
    if not isinstance(item, im.Item):
        return []
    clean = b"/".join(p for p in item.name.split(b"/") if p not in (b"", b"."))
    usual = [("name", clean or b"./"), ("mtime", im.TIME), ("uid", 0),
             ("gid", 0), ("xattrs", {}), ("form", "pax"),
             ("mode", 0o755 if item.flag == b"5" else 0o644)]
    if item.data and item.regions is None:
        usual.append(("data", item.data[:1]))
    return [(f, v) for f, v in usual if getattr(item, f) != v]


def literal(data):
    text = repr(data)
    return text if "\\x" in text else text[1:]


def show(item):
    if not isinstance(item, im.Item):
        return repr(item)
    words = [literal(item.name)]
    call = {b"0": "f", b"1": "h", b"2": "l", b"3": "c", b"4": "b", b"5": "d",
            b"6": "p"}[item.flag]
    if item.target:
        words.append(literal(item.target))
    if item.flag in b"34":
        words += map(str, item.dev)
    if item.data:
        unit = item.data[:1]
        words.append(literal(item.data) if len(item.data) < 20 else
                     f"{unit!r} * {len(item.data)}"
                     if item.data == unit * len(item.data) else
                     f"<{len(item.data)} bytes>")
    if item.flag != b"2" and item.mode != (0o755 if item.flag == b"5"
                                           else 0o644):
        words.append(f"mode={item.mode:#o}")
    for field in ("uid", "gid", "xattrs", "regions"):
        if getattr(item, field):
            words.append(f"{field}={getattr(item, field)}")
    if item.mtime != im.TIME:
        words.append(f"mtime={item.mtime!r}")
    return f"{call}({', '.join(words)})"


def main():
    args = options()
    args.work = tempfile.mkdtemp(prefix="pare-reduce-")
    reducer = Reducer(args)
    seed = int(args.seeds.partition("..")[0])
    image = generate(seed, "open" if args.open else "")
    try:
        if not reducer.fails(image):
            print("it passes")
            return
        for step in (reducer.layers, reducer.items, reducer.layers,
                     reducer.items, reducer.plain, reducer.items):
            image = step(image)
        image = reducer.attempt(image, image.layers,
                                ["gzip"] * len(image.layers), "oci") or image
        reducer.fails(image)
    finally:
        shutil.rmtree(args.work)
    for items, _ in image.layers:
        print("    [" + ",\n     ".join(map(show, items)) + "],")
    print(image.kind, " ".join(image.codecs), f"seed {seed},",
          f"{reducer.tries} tries", *sorted(image.model.open))
    for fault in reducer.faults[:4]:
        print("   ", fault[:300])


if __name__ == "__main__":
    main()
