#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""remedy - what a PARE-ENGINE finding says that a command does, it does.

    remedy.py --pare build/pare [--only TRAP] [-j N]

Every trap image with such a finding is analyzed without a base, with one layer
of base and with all layers but the last. Each command that a remedy names is
run with the same base: then no finding of the result names it, and the two
images are equal. Every kind of finding that analyze has is met on the way.
"""
import argparse
import functools
import json
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]

import traps  # noqa: E402

COMMAND = re.compile(r"; (optimize --base none|optimize|flatten) does$")
WORDS = os.path.join(HERE, "..", "..", "src", "analyze",
                     "engine_cases.c")


def kinds():
    """The titles of all cases, as analyze has them."""
    with open(WORDS) as source:
        text = source.read()
    rows = re.findall(r'\[ENGINE_\w+\] = \{\s*((?:"[^"]*"\s*)+),', text)
    return {"".join(re.findall(r'"([^"]*)"', row)) for row in rows}


class Run:
    def __init__(self, pare, place):
        self.pare, self.place, self.faults = pare, place, []
        self.image = os.path.join(place, "image.tar")
        self.env = dict(os.environ, TMPDIR=place,
                        PARE_CACHE_DIR=os.path.join(place, "cache"))

    def run(self, *words):
        done = subprocess.run([self.pare, *words], env=self.env,
                              capture_output=True, text=True, timeout=120)
        if done.returncode:
            self.faults.append(f"{' '.join(words)}: {done.returncode}: "
                               f"{done.stderr.strip()[-300:]}")
        return done.stdout

    def findings(self, image, base):
        out = self.run("analyze", "--format", "json", "--base", base, image)
        return [f for f in json.loads(out or '{"findings": []}')["findings"]
                if f["id"] == "PARE-ENGINE"]

    def try_base(self, base):
        """The titles that were found."""
        found = self.findings(self.image, base)
        commands = {}
        for f in found:
            for command in COMMAND.findall(f["remedy"]):
                commands.setdefault(command, set()).add(f["title"])
            if "optimize" in f["remedy"] and base != "none" and \
                    (f["layer"] < int(base)) != ("--base" in f["remedy"]):
                self.faults.append(f"base {base}: layer {f['layer']}: "
                                   f"{f['remedy']}")
        for command, titles in commands.items():
            self.cure(base, command, titles)
        return {f["title"] for f in found}

    def cure(self, base, command, titles):
        out = os.path.join(self.place, "out.tar")
        words = command.split()
        if command == "optimize":
            words += ["--base", base]
        if os.path.exists(out):
            os.unlink(out)
        self.run(*words, "-q", self.image, "-o", out)
        self.run("verify", "-q", self.image, out)
        after = base if command == "optimize" else "none"
        for f in self.findings(out, after):
            if command in COMMAND.findall(f["remedy"]) or \
                    (after == "none" and f["title"] in titles):
                self.faults.append(f"{' '.join(words)} leaves \"{f['title']}\"")


def work(pare, trap):
    with tempfile.TemporaryDirectory(prefix="pare-remedy-") as place:
        run, seen = Run(pare, place), set()
        with open(run.image, "wb") as out:
            out.write(trap.archive())
        n = len(trap.layers)
        for base in ["none"] + sorted({"1", str(max(n - 1, 1))} if n else {}):
            seen |= run.try_base(base)
        return trap.name, run.faults, seen


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--pare", required=True)
    p.add_argument("--only", help="one trap by name")
    p.add_argument("-j", type=int, default=1)
    args = p.parse_args()
    job = functools.partial(work, os.path.abspath(args.pare))
    passed, failed, missed = 0, 0, kinds()
    assert missed, "no kind of finding is read from " + WORDS
    with multiprocessing.Pool(args.j) as pool:
        chosen = [t for t in traps.TRAPS if args.only in (None, t.name)]
        for name, faults, seen in pool.imap(job, chosen, chunksize=4):
            missed -= seen
            passed, failed = passed + (not faults), failed + bool(faults)
            if faults:
                print(f"FAIL {name}: {'; '.join(faults[:2])}", flush=True)
    for title in sorted(missed) if not args.only else []:
        failed += 1
        print(f"FAIL no trap shows \"{title}\"")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
