#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""drop - rules that remove files, on random images, compared with the model.

    drop.py --pare PATH [--seeds A..B] [-j2]

Names are drawn so that many lie below /tmp, /var/tmp, a `.git` or a
`__pycache__`. With `--base none`, `--base 1` and the usual gain, the result,
read by the model, must show the source's tree without exactly the names that
`--removed` lists; bytes must add up; what the base holds must stay, and no file
below /tmp may stay that a link does not save. One line a failure, then
"N passed, N failed".
"""
import base64
import functools
import json
import sys

import check
import generate
from model import Model, Refused, read_image
from rules import image_faults, layer_faults

RULES = "tmp,vcs,python-bytecode"
generate.PARTS = [b"tmp", b"var", b".git", b"HEAD", b"__pycache__", b"m.py",
                  b"m.x.pyc"]


class Drop(check.Run):
    def all(self):
        if self.case.refused:
            return
        self.one("none", "--min-gain", "0")
        self.one("1", "--min-gain", "0")
        self.one("1")

    def one(self, base, *words):
        step = f"optimize --drop {RULES} --base {base} {' '.join(words)}"
        out, gone = self.path("out.tar"), self.path("gone.txt")
        text = self.pare(step, "optimize", self.image, "-o", out, "--drop",
                         RULES, "--removed", gone, "--base", base, "--format",
                         "json", *words)
        if text is None:
            return
        report = json.loads(text)
        removed = [self.bytes_of(r) for r in report["removed"]]
        with open(gone, "rb") as f:
            if len(f.readlines()) != len(removed):
                self.fault(step, "--removed has another number of lines")
        want = "equal-but-removed" if removed else "equal"
        if report["proof"] != want:
            self.fault(step, f"proof is not {want}")
        source = Model(self.case.tars)
        live = source.figures(0)["totals"]["live"]
        kept = 0 if base == "none" else 1
        self.complete(step, source, removed, kept)
        for path in removed:
            if path not in source.tree:
                return self.fault(step, f"{path} was never there")
            if source.tree[path].layer < kept and \
                    source.tree[path].type != "d" and \
                    self.lower(path, source.tree[path]):
                self.fault(step, f"{path} is the base's")
            del source.tree[path]
        for path in source.tree:
            if path and path[:-1] not in source.tree:
                self.fault(step, f"{path} lost its directory")
        self.result(step, out, source, report, live, kept)

    def lower(self, path, node):
        """Is it the same inode in the tree of the base?"""
        base = Model(self.case.tars[:1]).tree.get(path)
        return base is not None and (base.sha, base.size, base.layer) == \
            (node.sha, node.size, node.layer)

    def complete(self, step, source, removed, kept):
        """Files below /tmp are gone unless a link leads there."""
        links = any(n.type == "l" for n in source.tree.values())
        for path, node in source.tree.items():
            if path[:1] == (b"tmp",) and len(path) > 1 and not links and \
                    node.type in "flp" and path not in removed and not kept:
                self.fault(step, f"{path} stays")

    @staticmethod
    def bytes_of(row):
        raw = base64.b64decode(row["path_b64"]) if "path_b64" in row \
            else row["path"].encode()
        return tuple(raw.split(b"/"))

    def result(self, step, out, expected, report, live, kept):
        try:
            after = read_image(out)
            after.check()
            tars = after.tars()
            model = Model(tars)
        except (Refused, KeyError, ValueError, OSError) as error:
            return self.fault(step, f"result cannot be read: {error!r}")
        if model.digest() != expected.digest():
            self.fault(step, "the tree is not the source's less the list")
        # As archived in the source: a rewrite may code a sparse map differently.
        left = sum(n.payload for n in set(expected.tree.values()))
        bytes_gone = sum(r["bytes"] for r in report["removed"])
        if left != live - bytes_gone:
            self.fault(step, f"{bytes_gone} bytes listed, live went from "
                       f"{live} to {left}")
        if tars[:kept] != self.case.tars[:kept]:
            self.fault(step, "a base layer changed")
        for i, tar in enumerate(tars):
            if tar not in self.case.tars:
                for fault in layer_faults(tar)[:3]:
                    self.fault(step, f"layer {i}: {fault}")
        self.stack(step, model, tars)
        for fault in image_faults(read_image(self.image), after):
            self.fault(step, fault)


if __name__ == "__main__":
    sys.argv.insert(1, "random")
    sys.exit(check.main(functools.partial(check.work_of, Drop, "drop"),
                        "drop.py"))
