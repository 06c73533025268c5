#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""previous - optimize --previous of random images, compared with the model.

    previous.py --pare PATH [--seeds A..B] [-j2]

For each seed the last release is the image without its top layer, or that of
the next seed, and optimized; then the image is optimized on it, with and
without a base, in both orders. The result, read by the model, must show the
source's tree and keep the config; layers that were not rewritten must be
those of the source or of the last release, byte for byte, as the report says;
of the previous ones none may be dead for more than its half, and layers and
history must be in step. One line a failure, then "N passed, N failed".
"""
import functools
import json
import os
import sys

import check
from generate import generate
from images import archive, docker_files
from model import Model, Refused, read_image
from rules import image_faults, layer_faults


class Previous(check.Run):
    def all(self):
        if self.case.refused:
            return
        n = len(self.case.tars)
        self.one("itself", self.case.tars, 0)
        if n > 1:
            self.one("shorter", self.case.tars[:-1], 0)
            self.one("shorter, base", self.case.tars[:-1], 1)
            self.one("without the middle",
                     self.case.tars[:1] + self.case.tars[2:], 0)
        other = generate(int(self.case.name) + 1)
        if other.model:
            self.one("another", other.tars, 0)

    def one(self, name, tars, base):
        last, out = self.path("last.tar"), self.path("out.tar")
        with open(self.path("old.tar"), "wb") as to:
            to.write(archive(docker_files(tars)))
        try:
            Model(tars)
        except (Refused, KeyError, ValueError):
            return
        words = ["--base", str(base), "--min-gain", "0"]
        if self.pare(name, "optimize", "-q", *words, self.path("old.tar"),
                     "-o", last) is None:
            return
        for order in ("path", "kind"):
            step = f"{name}, {order}"
            text = self.pare(step, "optimize", *words, "--previous", last,
                             "--order", order, self.image, "-o", out,
                             "--format", "json")
            if text is not None:
                self.look(step, json.loads(text), last, out, order, base)
            if os.path.exists(out):
                os.unlink(out)
        os.unlink(last)

    def look(self, step, report, last, out, order, base):
        try:
            after, before = read_image(out), read_image(last)
            after.check()
            tars, model = after.tars(), Model(after.tars())
            old = before.tars()
        except (Refused, KeyError, ValueError, OSError) as error:
            return self.fault(step, f"result cannot be read: {error!r}")
        figures = model.figures(0)
        if figures["tree_digest"] != self.case.expected(0)["tree_digest"]:
            self.fault(step, "tree digest changed")
        for fault in image_faults(read_image(self.image), after, True):
            self.fault(step, fault)
        rows = [r for r in report["layers"] if r["fate"] != "vanished"]
        if len(rows) != len(tars):
            return self.fault(step, "the report has other layers")
        self.stack(step, model, tars)
        for i, (row, tar) in enumerate(zip(rows, tars)):
            if row["fate"] == "reused":
                if tar != old[row["previous"]]:
                    self.fault(step, f"layer {i} is not the previous one")
                stored = figures["layers"][i]["stored"]
                dead = figures["layers"][i]["dead"]
                if row["from"] is None and dead > stored / 2:
                    self.fault(step, f"layer {i}: {dead} of {stored} dead")
            elif row["fate"] == "kept":
                if tar != self.case.tars[row["from"]]:
                    self.fault(step, f"layer {i} is kept, and another one")
            else:
                for fault in layer_faults(tar, order == "path")[:3]:
                    self.fault(step, f"layer {i}: {fault}")
        if step.startswith("itself") and base == 0 and \
                any(r["fate"] == "rewritten" for r in rows):
            self.fault(step, "the same image, and something was rewritten")


if __name__ == "__main__":
    sys.argv.insert(1, "random")
    sys.exit(check.main(functools.partial(check.work_of, Previous, "previous"),
                        "previous.py"))
