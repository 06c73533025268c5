#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""check - compares the program with hand-written expectations and the model.

    check.py --pare PATH traps [--only NAME]
    check.py --pare PATH random --seeds A..B [--open] [-j2]

Each image is analysed and optimized (`--base none` and `--base 1`); what was
written is read back by the model. One line a failure, with the command that
repeats it; then "N passed, N failed"; exit status 1 after a failure. --keep
leaves the images of failures in the work directory.
"""
import argparse
import json
import multiprocessing
import os
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]

import traps  # noqa: E402
from generate import generate  # noqa: E402
from model import Model, Refused, read_image  # noqa: E402
from rules import image_faults, layer_faults, stack_faults  # noqa: E402


class Case:
    """One image; `expected(base)` gives the keys of DESIGN section 8."""

    def __init__(self, name, data, expected, tars, note=""):
        self.name, self.data, self.expected = name, data, expected
        self.tars, self.note = tars, note
        # The layers with a PARE-ENGINE finding, where they are known.
        self.refused, self.engine = expected is None, None


def trap_case(trap):
    case = Case(trap.name, trap.archive(), getattr(trap, "figures", None),
                trap.tars)
    case.engine = getattr(trap, "engine", set())
    return case


def image_case(name, image):
    note = " [open: %s]" % " ".join(sorted(image.model.open)) \
        if image.model.open else ""
    return Case(name, image.archive(), image.model.figures, image.tars, note)


def random_case(seed, allow_open):
    return image_case(str(seed), generate(seed, "open" if allow_open else ""))


class Run:
    """The program on one image; faults are collected, not raised."""

    def __init__(self, case, args, place):
        self.case, self.args, self.place = case, args, place
        self.faults = []
        self.image = os.path.join(place, "image.tar")
        os.makedirs(place)
        with open(self.image, "wb") as out:
            out.write(case.data)

    def path(self, name):
        return os.path.join(self.place, name)

    def fault(self, step, what):
        self.faults.append(f"{step}: {what}")

    def pare(self, step, *words, want=0):
        """Standard output, or None where the exit status is another one."""
        cache = self.path("cache")
        shutil.rmtree(cache, ignore_errors=True)
        os.mkdir(cache)
        env = dict(os.environ, PARE_CACHE_DIR=cache, TMPDIR=self.place)
        try:
            done = subprocess.run([self.args.pare, *words], env=env,
                                  stdout=subprocess.PIPE, timeout=120,
                                  stderr=subprocess.PIPE)
        except subprocess.TimeoutExpired:
            return self.fault(step, "still running after 120 s")
        if done.returncode != want:
            last = done.stderr.decode(errors="replace").strip()
            return self.fault(step, f"exit status {done.returncode}, not "
                              f"{want}: {last[-400:]}")
        return done.stdout

    def analyze(self, base):
        """The program's figures against the expected ones."""
        step = "analyze" if base is None else f"analyze --base {base}"
        words = [] if base is None else ["--base", str(base)]
        out = self.pare(step, "analyze", "--format", "json", *words,
                        self.image)
        if out is None:
            return
        try:
            found = json.loads(out)
        except ValueError as error:
            return self.fault(step, f"JSON: {error}")
        want = self.case.expected(base if isinstance(base, int) else 0)
        if base is None:
            del want["totals"]["dead_base"]
        self.compare(step, want, found)
        self.sizes(step, found)
        if self.case.engine is not None:
            told = {f.get("layer") for f in found.get("findings", [])
                    if str(f.get("id")).startswith("PARE-ENGINE")}
            if self.case.engine != told:
                self.fault(step, f"PARE-ENGINE for layers {sorted(told)}, not "
                           f"{sorted(self.case.engine)}")

    def compare(self, step, want, found, where=""):
        for key, value in want.items():
            have = found.get(key) if isinstance(found, dict) else None
            name = f"{where}{key}"
            if isinstance(value, dict):
                self.compare(step, value, have, name + ".")
            elif isinstance(value, list):
                if not isinstance(have, list) or len(have) != len(value):
                    self.fault(step, f"{name}: not {len(value)} of them")
                    continue
                for i, row in enumerate(value):
                    self.compare(step, row, have[i], f"{name}[{i}].")
            elif isinstance(value, float) and isinstance(have, (int, float)):
                if abs(have - value) > 1e-6:
                    self.fault(step, f"{name} is {have}, not {value}")
            elif have != value or isinstance(have, bool):
                self.fault(step, f"{name} is {have}, not {value}")

    def sizes(self, step, found):
        """Compressed sizes and instructions, as the image has them."""
        source = read_image(self.image)
        packed = [b[:2] == b"\x1f\x8b" or b[:4] == b"\x28\xb5\x2f\xfd"
                  for b in source.blobs]
        if all(packed) and packed:
            have = [la.get("compressed") for la in found["layers"]]
            want = [len(b) for b in source.blobs]
            if have != want or found["totals"]["compressed"] != sum(want):
                self.fault(step, f"compressed is {have}, not {want}")
        elif not any(packed) and found["totals"]["compressed"] is not None:
            self.fault(step, "compressed of an uncompressed source")
        history = [e for e in source.config.get("history") or []
                   if not e.get("empty_layer")]
        if len(history) == len(packed):
            have = [la.get("created_by") for la in found["layers"]]
            if have != [e["created_by"] for e in history]:
                self.fault(step, f"created_by is {have}")

    def optimize(self, base, jobs, name):
        step = f"optimize --base {base}"
        out = self.pare(step, "optimize", self.image, "-o", self.path(name),
                        "--base", str(base), "--min-gain", "0", f"-j{jobs}",
                        "--format", "json")
        if out is None:
            return
        try:
            if json.loads(out).get("proof") != "equal":
                self.fault(step, "proof is not `equal`")
        except ValueError as error:
            self.fault(step, f"JSON: {error}")
        if not os.path.exists(self.path(name)):
            self.fault(step, "nothing was written")

    def result(self, base, name):
        """What was written, read by the model and held against the rules."""
        step = f"optimize --base {base}"
        kept = 0 if base == "none" else base
        if not os.path.exists(self.path(name)):
            return
        source = read_image(self.image)
        try:
            after = read_image(self.path(name))
            after.check()
            tars = after.tars()
            model = Model(tars)
        except (Refused, KeyError, ValueError, OSError) as error:
            return self.fault(step, f"result cannot be read: {error!r}")
        figures = model.figures(kept)
        want = self.case.expected(0)
        if figures["tree_digest"] != want["tree_digest"]:
            self.fault(step, "tree digest changed")
        if figures["totals"]["dead"] != figures["totals"]["dead_base"]:
            self.fault(step, f"dead bytes left: {figures['dead']}")
        if after.blobs[:kept] != source.blobs[:kept] and tars[:kept] != \
                self.case.tars[:kept]:
            self.fault(step, "a base layer changed")
        for i, tar in enumerate(tars):
            if tar not in self.case.tars:
                unclear = sorted(model.layers[i].open)
                for fault in layer_faults(tar)[:3] + unclear:
                    self.fault(step, f"layer {i}: {fault}")
        self.stack(step, model, tars)
        for fault in image_faults(source, after):
            self.fault(step, fault)

    def stack(self, step, model, tars):
        """No marker of a layer that was written hides nothing, and no engine
        lists what the source does not have it list."""
        written = [i for i, tar in enumerate(tars)
                   if tar not in self.case.tars]
        for fault in stack_faults(model, written, Model(self.case.tars))[:3]:
            self.fault(step, fault)

    def all(self):
        if self.case.refused:
            self.pare("analyze", "analyze", self.image, want=3)
            self.pare("optimize", "optimize", self.image, "-o",
                      self.path("out.tar"), want=3)
            if os.path.exists(self.path("out.tar")):
                self.fault("optimize", "wrote an image")
            return
        if self.args.base_in_analyze:
            self.analyze(1)
        else:
            self.analyze(None)
        if self.args.analyze_only:
            return
        self.optimize("none", 1, "none.tar")
        self.result("none", "none.tar")
        self.optimize(1, 1, "base.tar" if len(self.case.data) % 3 else
                      "base/")
        self.result(1, "base.tar" if len(self.case.data) % 3 else "base/")
        self.optimize("none", 4, "again.tar")
        if self.bytes("none.tar") != self.bytes("again.tar"):
            self.fault("optimize", "-j1 and -j4 give other bytes")

    def bytes(self, name):
        try:
            with open(self.path(name), "rb") as f:
                return f.read()
        except OSError:
            return None


def case_of(kind, key, args):
    return random_case(key, args.open) if kind == "random" else trap_case(key)


def again_by(kind, key, case, args):
    """The words that repeat one case."""
    if kind == "traps":
        return f"--only {case.name}"
    return f"--seeds {key}..{key}" + (" --open" if args.open else "")


def work(job):
    kind, key, args = job
    case = case_of(kind, key, args)
    faults = run_case(Run, case, kind, args)
    again = f"--pare {args.pare} {kind} {again_by(kind, key, case, args)}"
    return case.name + case.note, faults, again


def work_of(tester, name, job):
    """Like work, with the tester's own steps (squash, drop, ...); cases are
    random ones unless it knows others."""
    kind, key, args = job
    case = case_of(kind, key, args)
    faults = run_case(tester, case, name, args)
    again = f"--pare {args.pare} {again_by(kind, key, case, args)}"
    return case.name + case.note, faults, again


def run_case(tester, case, name, args):
    run = tester(case, args, os.path.join(args.work, f"{name}-{case.name}"))
    run.all()
    if not (run.faults and args.keep):
        shutil.rmtree(run.place)
    return run.faults


def options(more=lambda parser: None):
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("--pare", required=True)
    p.add_argument("what", choices=["traps", "random"])
    p.add_argument("--seeds", default="0..199", help="A..B, B included")
    p.add_argument("--only", help="one trap by name")
    p.add_argument("-j", type=int, default=1)
    p.add_argument("--open", action="store_true",
                   help="also images that touch open questions")
    p.add_argument("--no-analyze-base", dest="base_in_analyze",
                   action="store_false", help="analyze has no --base")
    p.add_argument("--analyze-only", action="store_true")
    p.add_argument("--keep", action="store_true")
    p.add_argument("--work", help="default: a new directory in TMPDIR")
    more(p)
    args = p.parse_args()
    args.pare = os.path.abspath(args.pare)
    return args


def main(work=work, script="check.py", more=lambda parser: None):
    args = options(more)
    if args.what == "traps":
        keys = [t for t in traps.TRAPS + traps.REFUSED
                if args.only in (None, t.name)]
    else:
        first, _, last = args.seeds.partition("..")
        keys = range(int(first), int(last or first) + 1)
    made = tempfile.mkdtemp(prefix="pare-check-", dir=args.work)
    args.work, passed, failed = made, 0, 0
    jobs = ((args.what, key, args) for key in keys)
    with multiprocessing.Pool(args.j) as pool:
        for name, faults, again in pool.imap(work, jobs, chunksize=4):
            passed, failed = passed + (not faults), failed + bool(faults)
            if faults:
                more = f" (and {len(faults) - 2} more)" if len(faults) > 2 \
                    else ""
                print(f"FAIL {name}: {'; '.join(faults[:2])}{more}\n"
                      f"     tests/model/{script} {again}", flush=True)
    if not (failed and args.keep):
        shutil.rmtree(made)
    else:
        print(f"kept: {made}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
