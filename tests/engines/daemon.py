# SPDX-License-Identifier: Apache-2.0
"""daemon - a dockerd of the test's own: folder, socket, no network.

It is stopped by its own pid. Overlay on the folder's file system is tried
first, vfs after that.
"""
import os
import subprocess
import time

WAIT_S = 40


class CannotStart(Exception):
    """Why an engine does not run on this machine."""


class Daemon:
    def __init__(self, work, drivers=("overlay2", "vfs")):
        self.dir = os.path.join(work, "docker" + drivers[0][0])
        self.host = f"unix://{self.dir}/socket"
        self.env = dict(os.environ, DOCKER_HOST=self.host,
                        DOCKER_CONFIG=self.dir)
        self.process = None
        reason = ""
        for self.driver in drivers:
            try:
                return self.start()
            except CannotStart as error:
                reason = str(error)
        raise CannotStart(reason)

    def start(self):
        os.makedirs(self.dir, exist_ok=True)
        log = os.path.join(self.dir, "log")
        words = ["dockerd", "--host", self.host, "--pidfile",
                 self.dir + "/pid", "--data-root",
                 f"{self.dir}/data-{self.driver}", "--exec-root",
                 self.dir + "/run", "--storage-driver", self.driver,
                 "--bridge", "none", "--iptables=false", "--ip6tables=false"]
        with open(log, "wb") as out:
            try:
                self.process = subprocess.Popen(
                    words, stdin=subprocess.DEVNULL, stdout=out, stderr=out,
                    start_new_session=True)
            except OSError as error:
                raise CannotStart(f"dockerd: {error.strerror}") from None
        end = time.monotonic() + WAIT_S
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                self.stop()
                raise CannotStart("dockerd: " + last_line(log))
            time.sleep(0.2)

    def answers(self):
        try:
            done = subprocess.run(["docker", "version"], env=self.env,
                                  stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL, timeout=10)
        except subprocess.TimeoutExpired:
            return False
        except OSError as error:
            self.stop()
            raise CannotStart(f"docker: {error.strerror}") from None
        return done.returncode == 0

    def stop(self):
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        unmount_below(self.dir)


def unmount_below(folder):
    """What it leaves mounted: name spaces, its own data root."""
    with open("/proc/self/mounts", encoding="utf-8") as f:
        points = [line.split()[1] for line in f]
    for point in sorted(points, reverse=True):
        if point.startswith(folder + "/"):
            subprocess.run(["umount", point], stderr=subprocess.DEVNULL)


def last_line(path):
    with open(path, errors="replace") as f:
        lines = f.read().strip().split("\n")
    return lines[-1][-300:] or "did not answer"
