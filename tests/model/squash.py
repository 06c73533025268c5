#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""squash - squash and flatten of random images, compared with the model.

    squash.py --pare PATH [--seeds A..B] [-j2]

For each seed, each range FROM..TO is squashed and the image is flattened
(`--base none` and `--base 1`). The result, read by the model, must show the
source's tree, keep the config and every layer outside the range that no hard
link ties to it, hold no dead byte in the layer that was made, and have as many
layers as the report says and the range demands. One line a failure, then
"N passed, N failed".
"""
import functools
import json
import os
import sys

import check
from model import Model, Refused, read_image
from rules import image_faults, layer_faults
from tarwalk import members


class Squash(check.Run):
    def all(self):
        if self.case.refused:
            return
        n = len(self.case.tars)
        for first in range(1, n + 1):
            for last in range(first, n + 1):
                self.one(first, last, "squash", "--layers",
                         f"{first}..{last}")
        self.one(1, n, "flatten")
        if n > 1:
            self.one(2, n, "flatten", "--base", "1")

    def one(self, first, last, *words):
        step = " ".join(words)
        out = self.path(f"{words[0]}-{first}-{last}.tar")
        text = self.pare(step, *words, self.image, "-o", out, "--format",
                         "json")
        if text is None:
            return
        if json.loads(text)["proof"] != "equal":
            self.fault(step, "proof is not `equal`")
        try:
            after = read_image(out)
            after.check()
            tars = after.tars()
            model = Model(tars)
        except (Refused, KeyError, ValueError, OSError) as error:
            return self.fault(step, f"result cannot be read: {error!r}")
        if model.figures(0)["tree_digest"] != \
                self.case.expected(0)["tree_digest"]:
            self.fault(step, "tree digest changed")
        for fault in image_faults(read_image(self.image), after):
            self.fault(step, fault)
        self.layers(step, first, last, json.loads(text), tars, model)
        self.stack(step, model, tars)
        os.unlink(out)

    def layers(self, step, first, last, report, tars, model):
        """Which layers there are, and what became of each."""
        rows, source = report["layers"], self.case.tars
        left = [r for r in rows if r["fate"] != "vanished"]
        if len(left) != len(tars) or report["after"]["layers"] != len(tars):
            self.fault(step, f"{len(tars)} layers, the report has {len(left)}")
        want = [(i, i) for i in range(first - 1)] + [(first - 1, last - 1)] \
            + [(i, i) for i in range(last, len(source))]
        if [(r["from"], r["to"]) for r in rows] != want:
            return self.fault(step, "the report's ranges are others")
        for i, (row, tar) in enumerate(zip(left, tars)):
            inside = row["from"] == first - 1
            if row["fate"] == "kept":
                if tar != source[row["from"]]:
                    self.fault(step, f"layer {i} is kept, and another one")
                if inside and first != last:
                    self.fault(step, "the range was kept")
                continue
            if row["from"] < first - 1:
                self.fault(step, f"layer {i} below the range was rewritten")
            if not inside and not self.may_follow(row["from"]):
                self.fault(step, f"layer {i} was rewritten without a need")
            for fault in layer_faults(tar)[:3]:
                self.fault(step, f"layer {i}: {fault}")
            if model.figures(0)["layers"][i]["dead"]:
                self.fault(step, f"layer {i}: dead bytes")

    def may_follow(self, layer):
        """Does it hold what may need a layer below: a link, a marker?"""
        return any(m.type == "h" or b".wh." in m.name or
                   (m.type == "c" and m.dev == (0, 0)) or
                   any(k.endswith(b".overlay.opaque") for k in m.xattrs)
                   for m in members(self.case.tars[layer]))


if __name__ == "__main__":
    sys.argv.insert(1, "random")
    sys.exit(check.main(functools.partial(check.work_of, Squash, "squash"),
                        "squash.py"))
