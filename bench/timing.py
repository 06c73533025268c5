# SPDX-License-Identifier: Apache-2.0
"""timing - whole processes timed in turn: CPU, memory, bytes written.

CPU is user + system of the process and its children, from wait4. Memory is the
largest resident size; GNU time starts the command, since Linux counts what a
process held before exec, and Python holds 16 MB. Every command of a group runs
once a round, round after round, so a busy moment of the machine hits all alike.
"""
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


class Run:
    """One command: its name in the table, and how it went each round."""

    def __init__(self, name, argv, clean=(), stdin=None, env=None):
        self.name, self.argv, self.clean = name, argv, clean
        self.stdin, self.env = stdin, {**os.environ, **(env or {})}
        self.cpu, self.wall, self.rss, self.size = [], [], [], None

    def once(self):
        for path in self.clean:
            remove(path)
        feed = open(self.stdin, "rb") if self.stdin else subprocess.DEVNULL
        with tempfile.TemporaryFile() as noise, \
                tempfile.NamedTemporaryFile("r") as memory:
            words = ["/usr/bin/time", "-q", "-f", "%M", "-o", memory.name]
            start = time.monotonic()
            child = subprocess.Popen(words + self.argv, stdin=feed,
                                     env=self.env, stdout=subprocess.DEVNULL,
                                     stderr=noise)
            _, status, used = os.wait4(child.pid, 0)
            self.wall.append(time.monotonic() - start)
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode:
                noise.seek(0)
                sys.exit(f"bench: {' '.join(self.argv)}: status "
                         f"{child.returncode}\n{noise.read().decode()}")
            self.rss.append(int(memory.read()) / 1024)
        self.cpu.append(used.ru_utime + used.ru_stime)
        if self.clean:
            self.size = sum(map(size_of, self.clean))
        for path in self.clean:
            remove(path)

    def cpu_s(self):
        return statistics.median(self.cpu)

    def cost(self):
        """CPU seconds and MiB, for a table of tables."""
        return f"{self.cpu_s():.2f}, {max(self.rss):.0f}"


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.unlink(path)


def size_of(path):
    if not os.path.isdir(path):
        return os.path.getsize(path) if os.path.exists(path) else 0
    return sum(size_of(os.path.join(path, n)) for n in os.listdir(path))


class Bench:
    def __init__(self, pare, work, rounds):
        self.pare, self.work, self.rounds = pare, work, rounds
        self.cache = os.path.join(work, "cache")

    def out(self, name):
        return os.path.join(self.work, name)

    def look(self, image, *options):
        return Run("pare analyze", [self.pare, "analyze", "--no-cache",
                                    "--format", "json", *options, image])

    def again(self, image):
        """A second look, with what the first one learned."""
        env = {"PARE_CACHE_DIR": self.cache}
        argv = [self.pare, "analyze", "--format", "json", image]
        subprocess.run(argv, env={**os.environ, **env}, check=True,
                       stdout=subprocess.DEVNULL)
        return Run("pare analyze, second look", argv, env=env)

    def optimize(self, image, how, *options):
        out = self.out("pare.oci")
        return Run(f"pare optimize, {how}",
                   [self.pare, "optimize", "--no-cache", image,
                    "-o", "oci:" + out + ":x", *options], clean=[out])

    def skopeo(self, image, how, *options):
        if not shutil.which("skopeo"):
            return []
        out = self.out("skopeo.oci")
        return [Run(f"skopeo copy, {how}",
                    ["skopeo", "copy", "-q", *options, image,
                     "oci:" + out + ":x"], clean=[out])]

    def floors(self, path):
        """What any program pays: reading the bytes, hashing, inflating."""
        files = blobs_of(path)
        runs = [Run("cat", ["cat", *files]),
                Run("openssl sha256", ["openssl", "dgst", "-sha256", *files])]
        for magic, argv in ((b"\x1f\x8b", ["igzip", "-d", "-c"]),
                            (b"\x28\xb5\x2f\xfd", ["zstd", "-d", "-q", "-c"])):
            packed = [f for f in files if starts_with(f, magic)]
            if packed and shutil.which(argv[0]):
                # igzip takes one file: a shell goes through them.
                runs.append(Run(f"{argv[0]} -d of all layers", [
                    "sh", "-c", 'for f; do "$0" ' + " ".join(argv[1:]) +
                    ' <"$f" >/dev/null || exit 1; done', argv[0], *packed]))
        return runs

    def rounds_of(self, runs):
        for _ in range(self.rounds):
            for run in runs:
                run.once()

    def measure(self, title, runs):
        print(f"\n### {title}\n", flush=True)
        self.rounds_of(runs)
        print("| command | CPU s | of the first | wall s | MiB | MB written |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        first = runs[0].cpu_s()
        for run in runs:
            cpu = run.cpu_s()
            size = "" if run.size is None else f"{run.size / 1e6:.1f}"
            print(f"| {run.name} | {cpu:.2f} | {cpu / max(first, 0.001):.2f} |"
                  f" {statistics.median(run.wall):.2f} |"
                  f" {max(run.rss):.0f} | {size} |", flush=True)


def blobs_of(path):
    if not os.path.isdir(path):
        return [path]
    blobs = os.path.join(path, "blobs", "sha256")
    return [os.path.join(blobs, n) for n in sorted(os.listdir(blobs))]


def starts_with(path, magic):
    with open(path, "rb") as f:
        return f.read(len(magic)) == magic
