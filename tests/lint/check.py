#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pare lint from outside: check.py [--pare FILE] [--seeds A..B] [CASE...]

What it prints is read by parsers that are not ours, in every format; all
formats must tell the same, at positions that the files have, with any number
of threads. First the fixtures of the formats, then hostile files and trees
(hostile.py), then mutants of the fixtures of src/dockerfile. TAP."""
import argparse
import glob
import json
import os
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
TESTS = os.path.dirname(HERE)
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import check_positions  # noqa: E402
import formats  # noqa: E402
import hostile  # noqa: E402

TIMEOUT = 120
CACHE = tempfile.TemporaryDirectory()
ENVIRONMENT = {**os.environ, "PARE_CACHE_DIR": CACHE.name}


def run(pare, root, arguments):
    return subprocess.run([pare, "lint", "--no-config"] + arguments, cwd=root,
                          stdin=subprocess.DEVNULL, capture_output=True,
                          env=ENVIRONMENT, timeout=TIMEOUT)


def contents_of(report, root):
    """The bytes of the files that were read, by path as reported."""
    found = {}
    for file in report["files"]:
        path = os.path.join(os.fsencode(root), formats.path_of(file))
        if "error" not in file and os.path.isfile(path) and \
                os.path.getsize(path) < 1 << 23:
            with open(path, "rb") as f:
                found[file["path"]] = f.read()
    return found


def check_run(pare, root, arguments, statuses, threads=("1", "4")):
    plain = run(pare, root, ["--format", "json"] + arguments)
    said = plain.stderr.decode("utf-8", "replace")
    formats.need(plain.returncode in statuses,
                 f"status {plain.returncode}: {said}")
    formats.need((plain.returncode == 3) == bool(said), f"said: {said}")
    found = formats.read("json", plain.stdout)
    report = json.loads(plain.stdout)
    contents = contents_of(report, root)
    check_positions.check(report, contents)
    for name in formats.FORMATS:
        for j in threads if name == "text" else threads[:1]:
            other = run(pare, root, ["--format", name, "-j", j] + arguments)
            formats.need(other.returncode == plain.returncode,
                         f"{name}: status {other.returncode}")
            formats.same(found, formats.read(name, other.stdout))
            if name == "text" and j != threads[0]:
                formats.need(other.stdout == one, "-j changes the output")
            one = other.stdout
            if name == "sarif":
                check_positions.check_sarif(report, json.loads(other.stdout),
                                            contents)
    return len(found)


def check_fixtures():
    found = None
    for name in ["json"] + formats.FORMATS:
        path = os.path.join(TESTS, "fixtures", "lint", f"hostile.{name}")
        with open(path, "rb") as f:
            data = f.read()
        # A message of the fixture has a line end, which no rule's has.
        other = formats.read(name, data)
        found = found or other
        formats.same(found, other)


def check_case(pare, make):
    with tempfile.TemporaryDirectory() as root:
        root = os.path.join(root, "tree")
        os.mkdir(root)
        try:
            arguments, statuses = make(root)
            return check_run(pare, root, arguments, statuses)
        finally:
            subprocess.run(["rm", "-rf", root], check=False)


def sources():
    found = []
    for path in sorted(glob.glob(os.path.join(TESTS, "fixtures", "dockerfile",
                                              "*Dockerfile"))):
        with open(path, "rb") as f:
            found.append(f.read())
    return found


def tap(number, name, test):
    try:
        n = test()
        print(f"ok {number} - {name}" + ("" if n is None else f" # {n}"))
        return True
    except (formats.Wrong, subprocess.TimeoutExpired) as e:
        print(f"not ok {number} - {name}")
        for line in str(e)[:2000].splitlines():
            print(f"# {line}")
        return False
    finally:
        sys.stdout.flush()


def main():
    # So that a pare that still runs is killed, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    p = argparse.ArgumentParser(usage=__doc__)
    p.add_argument("--pare", default=os.path.join(os.path.dirname(TESTS),
                                                  "build", "pare"))
    p.add_argument("--seeds", default="0..1")
    p.add_argument("cases", nargs="*")
    args = p.parse_args()
    pare = os.path.abspath(args.pare)
    a, b = map(int, args.seeds.split(".."))
    tests = {"fixtures": check_fixtures}
    for name, make in hostile.CASES.items():
        tests[name] = lambda make=make: check_case(pare, make)
    for seed in range(a, b + 1):
        tests[f"mutants-{seed}"] = lambda seed=seed: check_case(
            pare, lambda root: hostile.mutants(root, [seed], 60, sources()))
    chosen = [n for n in tests if not args.cases or n in args.cases]
    print(f"1..{len(chosen)}")
    results = [tap(n, name, tests[name]) for n, name in enumerate(chosen, 1)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
