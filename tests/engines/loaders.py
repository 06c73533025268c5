# SPDX-License-Identifier: Apache-2.0
"""loaders - docker, podman, umoci and skopeo behind one small interface.

`trees(source)` loads an image and yields one View after another; a caller may
stop after the first. Images stay in the engine until it is closed: to remove
each of them would take as long as to load it. `source` is named as skopeo
names it. An image that an engine does not take raises Refusal.
"""
import json
import os
import re
import shutil
import subprocess
import tarfile
import threading
from dataclasses import dataclass

import mounted
import seen
from daemon import CannotStart


STOP = threading.Event()  # set after a signal: nothing new is begun


class Refusal(Exception):
    pass


class Stopped(Exception):
    pass


@dataclass
class View:
    """One look at an image's tree."""
    name: str          # docker export, podman export, podman mount, umoci
    tree: dict
    xattrs: str        # which are shown: all, capability
    whole_seconds: bool
    root: bool         # the root's own metadata is shown


def run(*words, env=None, limit=600):
    if STOP.is_set():
        raise Stopped
    done = subprocess.run(words, env=env, stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          timeout=limit)
    if done.returncode:
        raise Refusal(done.stderr.decode(errors="replace").strip()[-400:])
    return done.stdout


def split_source(source):
    """("oci", "DIR", "TAG") of oci:DIR:TAG; a bare path is an archive."""
    m = re.fullmatch(r"(?:(oci|oci-archive|docker-archive):)?([^:]+)(:.*)?",
                     source)
    return m[1] or "", m[2], (m[3] or "")[1:]


class Skopeo:
    name = "skopeo"

    def __init__(self):
        self.call("--version")

    def call(self, *words):
        try:
            return run("skopeo", "--insecure-policy", *words)
        except OSError as error:
            raise CannotStart(f"skopeo: {error.strerror}") from None

    def copy(self, source, destination):
        self.call("copy", "-q", source, destination)


class Docker:
    name = "docker"

    def __init__(self, daemon):
        self.env, self.driver, self.loaded = daemon.env, daemon.driver, []

    def call(self, *words):
        return run("docker", *words, env=self.env)

    def trees(self, source, work, skopeo):
        kind, path, _ = split_source(source)
        if kind.startswith("oci"):  # 20.10 reads its own archives alone
            path = os.path.join(work, "for-docker.tar")
            name = "pare-test/copied:" + os.path.basename(work)
            skopeo.copy(source, f"docker-archive:{path}:{name}")
        try:
            made = self.container(path)
        finally:
            if kind.startswith("oci"):
                os.remove(path)
        tree = seen.from_tar(self.call("export", made))
        yield View("docker export", tree, "capability", True, False)

    def container(self, path):
        """Of an archive that it reads itself."""
        text = self.call("load", "-i", path).decode()
        images = [line.split()[-1] for line in text.splitlines()
                  if line.startswith("Loaded image")]
        made = self.call("create", images[-1], "x").decode().strip()
        self.loaded.append((made, images))
        return made

    def names(self, path, work):
        """{path: type, None where lstat denies what readdir lists}: of the
        directories that a container is mounted of; of vfs an export."""
        made = self.container(path)
        if self.driver == "vfs":
            tree = seen.from_tar(self.call("export", made))
            return {p: n.type for p, n in tree.items()}
        of = json.loads(self.call("inspect", made))[0]["GraphDriver"]["Data"]
        place = os.path.join(work, "merged")
        os.makedirs(place, exist_ok=True)
        mounted.call("mount", b"overlay", os.fsencode(place), b"overlay", 0,
                     os.fsencode("lowerdir=%s:%s" % (of["UpperDir"],
                                                     of["LowerDir"])))
        try:
            return mounted.walk(os.fsencode(place))
        finally:
            mounted.call("umount2", os.fsencode(place), 0)

    def forget(self):
        """Removes what was loaded; another worker's images stay."""
        for made, images in self.loaded:
            self.call("rm", made)
            self.call("rmi", *images)
        self.loaded = []


class Podman:
    """Root and run root of its own; nothing of the machine's settings."""
    name = "podman"

    def __init__(self, work, drivers=("overlay", "vfs")):
        # podman: 50 bytes a path
        self.dir = os.path.join(work, "p" + drivers[0][0])
        os.makedirs(self.dir)
        self.policy = os.path.join(self.dir, "policy.json")
        with open(self.policy, "w") as out:
            out.write('{"default": [{"type": "insecureAcceptAnything"}]}')
        self.env = dict(os.environ, TMPDIR=self.dir)
        for name in ("CONTAINERS_STORAGE_CONF", "CONTAINERS_CONF"):
            self.env[name] = os.path.join(self.dir, name)
            with open(self.env[name], "w") as out:
                if name == "CONTAINERS_STORAGE_CONF":
                    out.write(f'[storage]\ndriver = "overlay"\nrunroot = '
                              f'"{self.dir}/r"\ngraphroot = "{self.dir}/g"\n')
        reason = ""
        for driver in drivers:
            self.driver, self.root = driver, f"{self.dir}/{driver}"
            self.words = ["podman", "--root", self.root, "--runroot",
                          f"{self.dir}/r{driver[0]}",
                          "--storage-driver", driver,
                          "--events-backend=file",
                          "--cgroup-manager=cgroupfs"]
            try:
                self.call("info")
                return
            except OSError as error:
                raise CannotStart(f"podman: {error.strerror}") from None
            except Refusal as error:
                reason = str(error).split("\n")[-1]
        raise CannotStart("podman: " + reason)

    def call(self, *words):
        return run(*self.words, *words, env=self.env)

    def load(self, source):
        """A bare archive by `podman load`, else by its transport's name."""
        words = ["-q", "--signature-policy", self.policy]
        if split_source(source)[0]:
            text = self.call("pull", *words, source)
        else:
            text = self.call("load", *words, "-i", source)
        return text.decode().split()[-1]

    def trees(self, source, work, skopeo):
        made = self.call("create", "--network=none", "--pull=never",
                         self.load(source), "x").decode().strip()
        tree = seen.from_tar(self.call("export", made))
        yield View("podman export", tree, "capability", True, False)
        place = self.call("mount", made).decode().strip()
        yield View("podman mount", seen.from_directory(place), "all", False,
                   True)

    def names(self, path, work):
        made = self.call("create", "--network=none", "--pull=never",
                         self.load(path), "x")
        return mounted.walk(self.call("mount", made.decode().strip()).strip())

    def forget(self):
        self.call("rm", "-f", "-a")
        self.call("rmi", "-f", "-a")

    def close(self):
        for words in (["umount", "-a", "-f"], ["rm", "-f", "-a"]):
            subprocess.run([*self.words, *words], env=self.env,
                           stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL)
        subprocess.run(["umount", self.root + "/overlay"],
                       stderr=subprocess.DEVNULL)


def first_tag(layout):
    with open(os.path.join(layout, "index.json")) as f:
        top = json.load(f)["manifests"][0]
    return top["annotations"]["org.opencontainers.image.ref.name"]


class Umoci:
    name = "umoci"

    def __init__(self):
        try:
            run("umoci", "--version")
        except OSError as error:
            raise CannotStart(f"umoci: {error.strerror}") from None

    def forget(self):
        pass

    def trees(self, source, work, skopeo):
        kind, path, tag = split_source(source)
        layout, out = path, os.path.join(work, "bundle")
        if kind != "oci":
            layout = os.path.join(work, "for-umoci")
            shutil.rmtree(layout, ignore_errors=True)
        if kind == "docker-archive":
            tag = "t"
            skopeo.copy(source, f"oci:{layout}:{tag}")
        elif kind != "oci":
            with tarfile.open(path) as tar:
                tar.extractall(layout)
        if kind == "" and not os.path.exists(layout + "/index.json"):
            shutil.rmtree(layout)
            tag = "t"
            skopeo.copy("docker-archive:" + path, f"oci:{layout}:{tag}")
        try:
            run("umoci", "unpack", "--image",
                f"{layout}:{tag or first_tag(layout)}", out)
            tree = seen.from_directory(out + "/rootfs")
            yield View("umoci unpack", tree, "all", False, True)
        finally:
            shutil.rmtree(out, ignore_errors=True)
            if kind != "oci":
                shutil.rmtree(layout)
