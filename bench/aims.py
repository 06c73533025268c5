# SPDX-License-Identifier: Apache-2.0
"""aims - what rewriting and looking cost against what they stand on, in one
run: the compressors' own time over the same bytes, a plain copy, an older
program. The table goes into docs/performance.md, with how busy the machine was.

    bench/run --pare PATH aims [IMAGE.tar]     a docker-archive with raw layers

BENCH_BASE names an older pare, BENCH_SLOW=1 adds the highest level (an hour for
1 GB). flatten is held against docker where a daemon answers.
"""
import hashlib
import io
import json
import os
import random
import shutil
import socket
import struct
import subprocess
import sys
import tarfile

from timing import Run, blobs_of, remove, size_of

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = os.path.join(HERE, "..", "docs", "performance.md")
BEGIN, END = "<!-- bench/aims.py: begin -->\n", "<!-- bench/aims.py: end -->\n"
TICKS = os.sysconf("SC_CLK_TCK")


class Load:
    """How busy others kept the processors while this ran."""

    def __init__(self):
        self.before = self.look()

    @staticmethod
    def look():
        with open("/proc/stat", encoding="ascii") as f:
            ticks = [int(n) for n in f.readline().split()[1:9]]
        idle = ticks[3] + ticks[4]
        used = os.times()
        own = used.user + used.system + used.children_user + \
            used.children_system
        return sum(ticks), sum(ticks) - idle, own * TICKS

    def text(self):
        all_, busy, own = (b - a for a, b in zip(self.before, self.look()))
        others = max(busy - own, 0) / max(all_, 1)
        word = "quiet" if others < 0.05 else "busy"
        return f"On a {word} machine: others took {others:.0%} of the " \
               "processors' time meanwhile."


def cpu_of_daemon(pid):
    """With all that it started and waited for."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return sum(int(n) for n in fields[11:15]) / TICKS


def docker_pid():
    """Of who listens where the docker client would call."""
    host = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock")
    with socket.socket(socket.AF_UNIX) as s:
        s.connect(host.removeprefix("unix://"))
        told = s.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return struct.unpack("3i", told)[0]


class Row:
    def __init__(self, job, run, floor, aim, of=None):
        self.job, self.run, self.floor, self.aim = job, run, floor, aim
        self.of = of or (lambda a, b: a.cpu_s() / max(b.cpu_s(), 0.001))

    def runs(self):
        return [run for run in (self.run, self.floor) if run]

    def line(self):
        ratio = self.of(self.run, self.floor)
        wall = sorted(self.run.wall)[len(self.run.wall) // 2]
        floor, name = "", ""
        if self.floor:
            floor, name = f"{self.floor.cpu_s():.2f}", self.floor.name
        return f"| {self.job} | {self.run.cpu_s():.2f} | {wall:.2f} | " \
               f"{max(self.run.rss):.0f} | {name} | {floor} | " \
               f"{ratio:.2f} | {self.aim} |"


HEAD = """| job | CPU s | wall s | MiB | held against | its CPU s | ratio | aim |
| --- | ---: | ---: | ---: | --- | ---: | ---: | --- |"""


def busy(run, _floor):
    """CPU over wall, the best of the rounds: others only lower it."""
    return max(c / w for c, w in zip(run.cpu, run.wall))


def with_file(source, target, data):
    """The image with one layer more, of one file."""
    layer = io.BytesIO()
    with tarfile.open(fileobj=layer, mode="w") as tar:
        info = tarfile.TarInfo("srv/bench.txt")
        info.size = len(data)
        tar.addfile(info, io.BytesIO(data))
    layer = layer.getvalue()
    with tarfile.open(source) as old, tarfile.open(target, "w") as new:
        manifest = json.load(old.extractfile("manifest.json"))
        config = json.load(old.extractfile(manifest[0]["Config"]))
        for info in old:
            if info.name not in ("manifest.json", manifest[0]["Config"]):
                new.addfile(info,
                            old.extractfile(info) if info.isreg() else None)
        digest = hashlib.sha256(layer).hexdigest()
        config["rootfs"]["diff_ids"].append("sha256:" + digest)
        config.setdefault("history", []).append({"created_by": "COPY"})
        manifest[0]["Config"] = "bench.json"
        manifest[0]["Layers"].append(digest + "/layer.tar")
        for name, text in ((digest + "/layer.tar", layer),
                           ("bench.json", json.dumps(config).encode()),
                           ("manifest.json", json.dumps(manifest).encode())):
            info = tarfile.TarInfo(name)
            info.size = len(text)
            new.addfile(info, io.BytesIO(text))


def text_of(n, seed):
    words = random.Random(seed)
    lines = []
    while n > 0:
        lines.append("%d %s\n" % (words.randrange(10**9), "etaoin" * 3))
        n -= len(lines[-1])
    return "".join(lines).encode()


class Aims:
    def __init__(self, bench, image):
        self.bench, self.image = bench, image
        self.left = []

    def optimize(self, name, image, *options, env=None):
        out = self.bench.out("aims.oci")
        return Run(name, [self.bench.pare, "optimize", "-q", image, "-o",
                          "oci:" + out + ":x", *options], clean=[out],
                   env=env)

    def tars(self):
        """All that the result holds, before a codec saw it."""
        out = self.bench.out("raw.oci")
        subprocess.run([self.bench.pare, "optimize", "-q", "--no-cache",
                        self.image, "--compression", "none", "-o",
                        "oci:" + out + ":x"], check=True)
        return [f for f in blobs_of(out) if size_of(f) > 100000]

    def codec(self, argv, tars):
        if not shutil.which(argv[0]):
            self.left.append(f"{argv[0]} is not installed")
            return None
        return Run(" ".join(argv[:2]), [
            "sh", "-c", 'for f; do ' + " ".join(argv) +
            ' <"$f" >/dev/null || exit 1; done', "sh", *tars])

    def looking(self):
        base = os.environ.get("BENCH_BASE")
        if not base:
            self.left.append("analyze: BENCH_BASE names no older program")
            return []
        images = [("a docker-archive", self.image, 0.65)]
        for name, codec, aim in (("gzip", "gzip", 0.85),
                                 ("zstd", "zstd", 0.82)):
            out = self.bench.out(name + ".oci")
            remove(out)
            subprocess.run([self.bench.pare, "optimize", "-q", "--no-cache",
                            self.image, "--recompress", "--min-gain", "100%",
                            "--compression", codec, "-o", "oci:" + out + ":x"],
                           check=True)
            images.append((f"a layout, {name}", out, aim))
        rows = []
        for name, image, aim in images:
            old = self.bench.look(image)
            old.name, old.argv = "the older program", [base, *old.argv[1:]]
            rows.append(Row(f"analyze {name}", self.bench.look(image), old,
                            f"<= {aim}"))
        return rows

    def rewriting(self, tars):
        rows = []
        for level, argv, aim in (
                ("gzip", ["libdeflate-gzip", "-6", "-c"], 1.3),
                ("zstd:3", ["zstd", "-3", "-q", "-c", "--single-thread"],
                 1.5)):
            floor = self.codec(argv, tars)
            if floor:
                rows.append(Row(f"optimize to {level}, proven", self.optimize(
                    level, self.image, "--no-cache", "--compression", level),
                    floor, f"<= {aim}"))
        levels = ["zstd:9", "zstd:12"]
        if os.environ.get("BENCH_SLOW"):
            levels.append("best")
        for level in levels:
            rows.append(Row(f"optimize at {level}, CPU over wall",
                            self.optimize(level, self.image, "--no-cache",
                                          "--compression", level), None,
                            ">= 1.8", busy))
        return rows

    def second(self):
        """One file of 1 % of the bytes is another one."""
        first, later = self.bench.out("first.tar"), self.bench.out("later.tar")
        n = size_of(self.image) // 100
        with_file(self.image, first, text_of(n, 1))
        with_file(self.image, later, text_of(n, 2))
        previous, env = self.bench.out("previous.oci"), {
            "PARE_CACHE_DIR": self.bench.cache}
        made = self.optimize("", first, "--compression", "gzip", env=env)
        remove(previous)
        subprocess.run([*made.argv[:5], "oci:" + previous + ":x",
                        *made.argv[6:]], env=made.env, check=True)
        again = self.optimize("again", later, "--compression", "gzip",
                              "--previous", "oci:" + previous + ":x", env=env)
        return [Row("the same again with --previous, 1 % changed", again,
                    self.optimize("the first time", first, "--no-cache",
                                  "--compression", "gzip"), "<= 0.25")]

    def flatten(self):
        """docker export with its daemon's CPU; the image is loaded before."""
        out = self.bench.out("flat.oci")
        ours = Run("pare flatten", [
            self.bench.pare, "flatten", "-q", "--no-cache", self.image,
            "--compression", "none", "-o", "oci:" + out + ":x"], clean=[out])
        try:
            pid = docker_pid()
            loaded = subprocess.run(["docker", "load", "-q", "-i", self.image],
                                    check=True, stdout=subprocess.PIPE)
            name = loaded.stdout.decode().split(": ", 1)[1].strip()
            box = subprocess.run(["docker", "create", name, "true"],
                                 check=True, stdout=subprocess.PIPE)
        except (OSError, ValueError, subprocess.CalledProcessError):
            self.left.append("flatten: no docker daemon answers")
            return []
        box = box.stdout.decode().strip()
        flat = self.bench.out("flat.tar")
        peer = DaemonRun("docker export", ["docker", "export", "-o", flat,
                                           box], pid, clean=[flat])
        self.box = box
        return [Row("flatten, raw, proven", ours, peer, "<= 1")]

    def starting(self):
        run = Run("pare --version", [self.bench.pare, "--version"])
        for _ in range(50):
            run.once()
        return f"Start-up (`pare --version`, the quickest of 50): " \
               f"{min(run.wall) * 1000:.1f} ms, the time of GNU time " \
               "included; the aim is 3 ms."


class DaemonRun(Run):
    """A client whose work another process does."""

    def __init__(self, name, argv, pid, **how):
        super().__init__(name, argv, **how)
        self.pid = pid

    def once(self):
        before = cpu_of_daemon(self.pid)
        super().once()
        self.cpu[-1] += cpu_of_daemon(self.pid) - before


def into_page(text):
    """Between its two marks, else at the end."""
    with open(PAGE, encoding="utf-8") as f:
        page = f.read()
    section = BEGIN + text + END
    if BEGIN in page:
        head, rest = page.split(BEGIN, 1)
        page = head + section + rest.split(END, 1)[1]
    else:
        page += "\n" + section
    with open(PAGE + ".new", "w", encoding="utf-8") as f:
        f.write(page)
    os.replace(PAGE + ".new", PAGE)


def table(bench, image, machine):
    if not tarfile.is_tarfile(image):
        sys.exit(f"bench: {image} is no docker-archive")
    load, aims = Load(), Aims(bench, image)
    tars = aims.tars()
    rows = aims.looking() + aims.rewriting(tars) + aims.second() + \
        aims.flatten()
    bench.rounds_of([run for row in rows for run in row.runs()])
    if hasattr(aims, "box"):
        subprocess.run(["docker", "rm", aims.box], check=False,
                       stdout=subprocess.DEVNULL)
    size = f"{size_of(image) / 1e6:.0f} MB"
    text = f"## Against what it stands on\n\n{machine}. An archive of {size}, "\
        f"medians of {bench.rounds} rounds in one run.\n{load.text()}\n\n" + \
        HEAD + "\n" + "".join(row.line() + "\n" for row in rows) + \
        "\n" + aims.starting() + "\n"
    if aims.left:
        text += "\nLeft out: " + "; ".join(aims.left) + ".\n"
    print(text)
    into_page(text)
