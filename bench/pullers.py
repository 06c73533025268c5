# SPDX-License-Identifier: Apache-2.0
"""pullers - docker and podman as a node uses them: pull, run, forget.

Each has a clean storage of its own in the folder given; nothing of the
machine's is touched.
"""
import os
import subprocess
import sys

TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tests")
sys.path[:0] = [os.path.join(TESTS, "engines"), os.path.join(TESTS, "model")]

from daemon import CannotStart, Daemon  # noqa: E402
from loaders import Podman, Refusal, run  # noqa: E402

# Where limits may not be raised and control groups are of two versions.
MODEST = ["--runtime", "runc", "--ulimit", "nofile=1024:1024",
          "--ulimit", "nproc=1024:1024"]


def version(*words):
    told = subprocess.run([*words, "--version"], stdout=subprocess.PIPE,
                          check=True).stdout.decode()
    return told.split("version ")[1].split(",")[0].split("+")[0].split()[0]


class DockerPuller:
    name, zstd = "docker", False  # before docker 23

    def __init__(self, work):
        self.daemon = Daemon(work)
        self.words, self.env = ["docker"], self.daemon.env
        self.more = []

    def call(self, *words):
        return run(*self.words, *words, env=self.env)

    def pull(self, name):
        self.call("pull", "-q", name)

    def first_exec(self, name, program):
        self.call("run", "--rm", "--network", "none", *self.more,
                  "--entrypoint", program, name)

    def forget(self, name):
        self.call("rmi", "-f", name)
        if self.call("images", "-a", "-q").strip():
            raise Refusal(f"{self.name} still has images")

    def close(self):
        self.daemon.stop()


class PodmanPuller(DockerPuller):
    name, zstd = "podman", True

    def __init__(self, work):
        self.podman = Podman(work)
        self.words, self.env = self.podman.words, self.podman.env
        self.more = []

    def pull(self, name):
        self.call("pull", "-q", "--tls-verify=false", name)

    def first_exec(self, name, program):
        try:
            super().first_exec(name, program)
        except Refusal:
            if self.more:
                raise
            self.more = MODEST
            super().first_exec(name, program)

    def close(self):
        self.podman.close()


PULLERS = (DockerPuller, PodmanPuller)
__all__ = ["PULLERS", "CannotStart", "Refusal", "version"]
