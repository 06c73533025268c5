# SPDX-License-Identifier: Apache-2.0
"""waits - one signal ends pare wherever it waits for someone else."""
import fcntl
import os
import random
import shutil
import signal
import stat
import subprocess
import tempfile
import time

from stage import default_signals

NUMBERS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
LIMIT_S = 5


class Scene:
    """A directory with an image, a Dockerfile and FIFOs in it."""

    def __init__(self, stage):
        self.dir = tempfile.mkdtemp(prefix="waits-", dir=stage.root)
        self.pare, self.held = stage.pare, []
        self.env = dict(os.environ, TMPDIR=self.path("tmp"),
                        PARE_CACHE_DIR=self.path("cache"))
        os.mkdir(self.path("tmp"))
        shutil.copy(stage.sources[0], self.path("app.tar"))
        self.put("Dockerfile", "FROM debian:12\nRUN echo $HOME\n")
        self.put("sleeper", "#!/bin/sh\nexec sleep 1000\n")
        os.chmod(self.path("sleeper"), 0o755)
        for name in ("in", "out", "list"):
            os.mkfifo(self.path(name))

    def path(self, name):
        return os.path.join(self.dir, name)

    def put(self, name, text):
        with open(self.path(name), "w", encoding="ascii") as f:
            f.write(text)

    def hold(self, name, flags):
        """Keeps a FIFO open at its other end."""
        self.held.append(os.open(self.path(name), flags | os.O_NONBLOCK))

    def lock(self, name):
        self.held.append(os.open(self.path(name), os.O_RDONLY))
        fcntl.flock(self.held[-1], fcntl.LOCK_EX)

    def start(self, *args, stdin=subprocess.DEVNULL,
              stdout=subprocess.DEVNULL):
        return subprocess.Popen(
            [self.pare, *args], cwd=self.dir, env=self.env, stdin=stdin,
            stdout=stdout, stderr=subprocess.PIPE, start_new_session=True,
            preexec_fn=default_signals)

    def close(self):
        for fd in self.held:
            os.close(fd)
        shutil.rmtree(self.dir)


OPTIMIZE = ("optimize", "--base", "none", "--min-gain", "0")


def pipe_in(s):
    return s.start("analyze", "-", stdin=subprocess.PIPE)


def pipe_in_midway(s):
    child = s.start(*OPTIMIZE, "-", "-o", "new.tar", stdin=subprocess.PIPE)
    with open(s.path("app.tar"), "rb") as f:
        child.stdin.write(f.read(100000))
        child.stdin.flush()
    return child


def slow_reader(s):
    return s.start(*OPTIMIZE, "app.tar", "-o", "-", stdout=subprocess.PIPE)


def fifo_without_writer(s):
    return s.start("analyze", "in")


def fifo_with_idle_writer(s):
    s.hold("in", os.O_RDWR)
    return s.start("analyze", "in")


def fifo_without_reader(s):
    return s.start(*OPTIMIZE, "app.tar", "-o", "out")


def fifo_with_slow_reader(s):
    s.hold("out", os.O_RDONLY)
    return s.start(*OPTIMIZE, "app.tar", "-o", "out")


def list_without_reader(s):
    return s.start(*OPTIMIZE, "--drop", "docs", "--removed", "list", "app.tar")


def lint_fifo(s):
    return s.start("lint", "in", "-j4")


def lint_fifo_one_thread(s):
    return s.start("lint", "in", "-j1")


def lint_stdin(s):
    return s.start("lint", "-", stdin=subprocess.PIPE)


def lint_to_fifo(s):
    return s.start("lint", "Dockerfile", "-o", "out")


def context_fifo(s):
    return s.start("context", ".", "-f", "in")


def context_stdin(s):
    return s.start("context", ".", "-f", "-", stdin=subprocess.PIPE)


def shellcheck(s):
    return s.start("lint", "--shellcheck", s.path("sleeper"), "Dockerfile")


def locked_layout(s):
    child = s.start(*OPTIMIZE, "app.tar", "-o", "oci:lay:one")
    child.communicate()
    s.lock("lay")
    return s.start(*OPTIMIZE, "app.tar", "-o", "oci:lay:two")


PLACES = (pipe_in, pipe_in_midway, slow_reader, fifo_without_writer,
          fifo_with_idle_writer, fifo_without_reader, fifo_with_slow_reader,
          list_without_reader, lint_fifo, lint_fifo_one_thread, lint_stdin,
          lint_to_fifo, context_fifo, context_stdin, shellcheck,
          locked_layout)


def ended(child, number, limit=LIMIT_S):
    """What is wrong with how it ends after one signal."""
    try:
        child.send_signal(number)
        child.wait(limit)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
        return [f"{number.name} did not end it in {limit} s"]
    finally:
        for end in (child.stdin, child.stdout, child.stderr):
            if end:
                end.close()
    if child.returncode != 128 + number:
        return [f"exit {child.returncode}"]
    return []


def left(s):
    """FIFOs that are none any more, and litter."""
    names = os.listdir(s.dir) + os.listdir(s.path("tmp"))
    return ([f"{n} is no FIFO" for n in ("in", "out", "list")
             if not stat.S_ISFIFO(os.lstat(s.path(n)).st_mode)]
            + [f"{n} is left" for n in names if "pare-" in n]
            + ["new.tar was made" for n in names if n == "new.tar"])


def settled(child):
    """Waits until it sleeps, and does so for a while."""
    last, since = None, time.monotonic()
    while time.monotonic() - since < 0.4 and child.poll() is None:
        with open(f"/proc/{child.pid}/stat", encoding="ascii") as f:
            fields = f.read().rsplit(")", 1)[1].split()
        now = fields[11], fields[12]
        if now != last or fields[0] != "S":
            last, since = now, time.monotonic()
        time.sleep(0.02)


def waits(stage, tally, args):
    """A signal while it waits."""
    for i, place in enumerate(PLACES):
        for number in NUMBERS if args.all else [NUMBERS[i % 3]]:
            s = Scene(stage)
            try:
                child = place(s)
                settled(child)
                wrong = [f"it did not wait: exit {child.returncode}"] \
                    if child.poll() is not None else ended(child, number)
                tally(f"{number.name} while it waits: {place.__name__}",
                      wrong + left(s))
            finally:
                s.close()


def begins(stage, tally, args):
    """A signal around the moment when it begins to wait: none is lost."""
    rng = random.Random(args.seed + 2)
    for place in (pipe_in, fifo_without_reader, lint_fifo, fifo_without_writer):
        wrong = []
        for _ in range(100 if args.all else 15):
            s = Scene(stage)
            try:
                child = place(s)
                pause = rng.uniform(0.002, 0.03)
                time.sleep(pause)
                bad = ended(child, signal.SIGTERM)
                # Before main() has asked for it a signal just kills.
                if child.returncode != -signal.SIGTERM:
                    wrong += [f"{b} after {pause:.4f} s" for b in bad]
                    wrong += left(s)
            finally:
                s.close()
        tally(f"SIGTERM when it begins to wait: {place.__name__}", wrong)
