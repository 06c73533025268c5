# SPDX-License-Identifier: Apache-2.0
"""stage - where the crash tests take place: a wasteful image of some 20 MB in
memory, every kind of destination, and what may stand there afterwards."""
import gzip
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, "..", "model"))
from images import archive, d, docker_files, f, layer_tar, wh  # noqa: E402

MIB = 1 << 20
KINDS = {  # name: how -o names it; PLACE is a directory
    "archive": "PLACE/out.tar",
    "docker-archive": "docker-archive:PLACE/out.tar",
    "oci-archive": "oci-archive:PLACE/out.tar",
    "oci": "oci:PLACE/out:new",
    "dir": "dir:PLACE/out",
}
VERBS = {
    "optimize": ["optimize", "--base", "none", "--min-gain", "0"],
    "squash": ["squash", "--layers", "2..3"],
    "flatten": ["flatten", "--base", "none"],
}
LITTER = re.compile(r"\.out(\.tar)?\.pare-[a-z2-7]{6}")


@dataclass(frozen=True)
class Case:
    """What is run, and whether an earlier result stands at its destination."""
    verb: str
    kind: str
    old: bool
    packed: bool = False  # the source is compressed as a whole

    def __str__(self):
        return (f"{self.verb} {'of a .gz ' if self.packed else ''}to "
                f"{self.kind}, {'over an old one' if self.old else 'new'}")


CASES = ([Case("optimize", kind, old) for kind in KINDS
          for old in (False, True)]
         + [Case(verb, kind, True) for verb in ("squash", "flatten")
            for kind in ("archive", "oci")]
         + [Case("optimize", "archive", False, packed=True)])


def noise(seed, size):
    return random.Random(seed).randbytes(size)


LINES = b"".join(b"line %d of many\n" % i for i in range(60000))


def big_image():
    """Dead bytes in every layer but the last, so that two are rewritten; names
    are not in order, so that contents are put aside on the way."""
    layers = [
        [d("usr"), f("usr/text", LINES), f("usr/lib", noise(1, 4 * MIB)),
         f("usr/cache", noise(2, 3 * MIB))],
        [d("usr"), wh("usr/cache"), f("usr/log", LINES),
         f("usr/data", noise(3, 3 * MIB)), f("usr/b", noise(5, MIB))],
        [d("usr"), f("usr/data", noise(4, 3 * MIB)), wh("usr/log")],
    ]
    return archive(docker_files([layer_tar(items) for items in layers]))


def small_image():
    return archive(docker_files([layer_tar([f("old", noise(9, 5000))])]))


def digest(path):
    """Of a file, or of all names and files of a directory; None: nothing."""
    if path is None:
        return None
    h = hashlib.sha256()
    if not os.path.isdir(path):
        with open(path, "rb") as data:
            return hashlib.sha256(data.read()).hexdigest()
    for top, dirs, names in os.walk(path):
        dirs[:] = sorted(n for n in dirs if not LITTER.fullmatch(n))
        for name in sorted(names):
            one = os.path.join(top, name)
            h.update(os.path.relpath(one, path).encode() + b"\0")
            h.update(digest(one).encode())
    return h.hexdigest()


def size(path):
    if not os.path.isdir(path):
        return os.path.getsize(path)
    return sum(os.path.getsize(os.path.join(top, name))
               for top, _, names in os.walk(path) for name in names)


def default_signals():
    """A shell's background ignores SIGINT, and so would what we start."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


class Stage:
    def __init__(self, pare, where):
        self.pare = pare
        self.root = tempfile.mkdtemp(prefix="pare-crash-", dir=where)
        self.place = self.path("place")
        self.tmp = self.path("tmp")
        for path in (self.place, self.tmp, self.path("kept")):
            os.mkdir(path)
        big = big_image()
        self.write("source.tar", big)
        self.write("source.tar.gz", gzip.compress(big, 1, mtime=0))
        self.write("small.tar", small_image())
        self.aside_size = len(LINES)  # usr/text, read before usr/lib
        self.sources = [self.path(n) for n in ("source.tar", "source.tar.gz")]
        self.source_digests = [digest(p) for p in self.sources]
        self.env = {**os.environ, "TMPDIR": self.tmp, "LC_ALL": "C",
                    # the shim comes before the sanitizer
                    "ASAN_OPTIONS": "verify_asan_link_order=0:"
                                    + os.environ.get("ASAN_OPTIONS", "")}
        self.complete = {}  # case: digest of the whole result
        self.sizes = {}

    def path(self, name):
        return os.path.join(self.root, name)

    def write(self, name, data):
        with open(self.path(name), "wb") as out:
            out.write(data)

    def close(self):
        shutil.rmtree(self.root, ignore_errors=True)

    def build_shim(self):
        self.shim = self.path("shim.so")
        subprocess.run([os.environ.get("CC", "cc"), "-O1", "-Wall", "-shared",
                        "-fPIC", "-o", self.shim, here + "/shim.c", "-ldl"],
                       check=True)

    def out(self):
        """The path of the destination, if there is one."""
        names = [n for n in os.listdir(self.place) if n.startswith("out")]
        return os.path.join(self.place, names[0]) if names else None

    def argv(self, case):
        return [self.pare, *VERBS[case.verb], "-q", "--no-cache",
                self.sources[case.packed], "-o",
                KINDS[case.kind].replace("PLACE", self.place)]

    def start(self, case, *words, **env):
        return subprocess.Popen([*self.argv(case), *words], env={**self.env, **env},
                                stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                preexec_fn=default_signals)

    def run(self, case, *words, **env):
        """(exit status, what was said)"""
        child = self.start(case, *words, **env)
        said = child.communicate()[1]
        return child.returncode, said.decode("utf-8", "replace").strip()

    def reset(self, case):
        """An empty place, or one with an earlier result. Its digest."""
        shutil.rmtree(self.place)
        kept = self.path("kept/" + case.kind)
        if not case.old:
            os.mkdir(self.place)
            return None
        if not os.path.exists(kept):
            os.mkdir(self.place)
            argv = [self.pare, "optimize", "-q", "--no-cache", "-o",
                    self.argv(case)[-1].replace(":new", ":old"),
                    self.path("small.tar")]
            subprocess.run(argv, env=self.env, check=True)
            os.rename(self.place, kept)
        shutil.copytree(kept, self.place)
        return digest(self.out())

    def learn(self, case):
        """What a run that nothing disturbs leaves; its digest is the same
        every time."""
        if case not in self.complete:
            self.reset(case)
            status, said = self.run(case)
            assert status == 0, said
            assert self.verifies(case), f"{case}: another image"
            self.complete[case] = digest(self.out())
            self.sizes[case] = size(self.out())
        return self.complete[case]

    def equal(self, a, b):
        done = subprocess.run([self.pare, "verify", "-q", "--no-cache", a, b],
                              env=self.env, check=False,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        return done.returncode == 0

    def verifies(self, case):
        return self.equal(self.sources[0], self.argv(case)[-1])

    def is_old_layout(self, case, was):
        """A layout with other blobs beside: what its index leads to is whole,
        and it has all that it had."""
        if case.kind != "oci" or was is None:
            return False
        kept, out = self.path("kept/oci/out"), self.out()
        with open(kept + "/index.json") as a, open(out + "/index.json") as b:
            if a.read() != b.read():
                return False
        return self.equal(self.path("small.tar"), f"oci:{out}:old")

    def judge(self, case, was, killed=False, litter=False):
        """What is wrong at the destination: it is as it was, or it is the
        whole new one; and nothing else lies about."""
        for path, want in zip(self.sources, self.source_digests):
            if digest(path) != want:
                yield "the source was changed"
        out = self.out()
        if digest(out) not in (was, self.complete[case]) and not (
                killed and (self.is_old_layout(case, was)
                            or out and self.verifies(case))):
            yield "half a result stands at the destination"
        strange = os.listdir(self.tmp)
        for folder in (self.place, out):
            if folder and os.path.isdir(folder):
                strange += [n for n in os.listdir(folder)
                            if n.startswith(".")
                            and not ((killed or litter)
                                     and LITTER.fullmatch(n))]
        if strange:
            yield f"left behind: {strange}"

    def counts(self, case):
        """{call: how often it happens}"""
        counts = self.path("counts")
        self.reset(case)
        self.run(case, LD_PRELOAD=self.shim, FAULT_COUNT=counts)
        with open(counts) as lines:
            return {name: int(n) for name, n in map(str.split, lines)}

    def judge_whole(self, case):
        """The same result as if nothing had ever happened, and no litter."""
        yield from self.judge(case, self.complete[case])
