# SPDX-License-Identifier: Apache-2.0
"""imageparts - what programs that make images by hand share.

A layer is a stream of blocks: bytes, or an int for as many zero bytes, which
become a hole of the file. An Archive is a docker-archive that layers are
streamed into. Everything is seeded: the same bytes each time.
"""
import hashlib
import io
import json
import os
import random
import tarfile

TIME = 1700000000
CREATED = "2023-11-14T22:13:20Z"  # the same moment
PATH = ("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
MODES = {"root": 0o700, "tmp": 0o1777}  # directories that are not 0755
ZEROS = memoryview(bytes(1 << 20))
OCTAL_MAX = 8**11 - 1


def size_field(size):
    """Octal, or base-256 from 8 GB on."""
    if size <= OCTAL_MAX:
        return b"%011o\0" % size
    return b"\x80" + size.to_bytes(11, "big")


def header(name, size, kind=b"0", mode=0o644):
    """One ustar header; name is at most 100 bytes. tarfile needs minutes for
    a million."""
    block = b"%s%07o\0%07o\0%07o\0%s%011o\0        %s%sustar\x0000" % (
        name.ljust(100, b"\0"), mode, 0, 0, size_field(size), TIME, kind,
        bytes(100))
    block = block.ljust(512, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def member(info, data=b""):
    """A tarfile.TarInfo and its content, PAX where needed."""
    return info.tobuf(tarfile.PAX_FORMAT, "utf-8", "surrogateescape") + \
        data + bytes(-len(data) % 512)


def entry(name, data=b"", **attributes):
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = len(data), TIME, 0o644
    for key, value in attributes.items():
        setattr(info, key, value)
    return member(info, data)


def directory(name, **attributes):
    return entry(name, type=tarfile.DIRTYPE,
                 **{"mode": MODES.get(name, 0o755), **attributes})


def parents(name, seen):
    """The ancestors of a name that are not in seen yet, which they join."""
    parts = name.split("/")
    for depth in range(1, len(parts)):
        folder = "/".join(parts[:depth])
        if folder not in seen:
            seen.add(folder)
            yield folder


def files(found, uid=0, below="", mode=0o644):
    """Blocks of [(name, content)] and their parents; what stands below a
    folder, and it, belongs to uid."""
    seen = set()

    def owner(name):
        inside = (name + "/").startswith(below + "/")
        return {"uid": uid, "gid": uid} if inside else {}

    for name, data in found:
        for folder in parents(name, seen):
            yield directory(folder, **owner(folder))
        yield entry(name, data, mode=mode, **owner(name))


def whiteout(name):
    folder, slash, last = name.rpartition("/")
    return entry(folder + slash + ".wh." + last)


def removed(names):
    """Whiteouts, below their parents."""
    seen = set()
    for name in names:
        yield from map(directory, parents(name, seen))
        yield whiteout(name)


class Text:
    """Text with about the entropy of source code."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.words = ["".join(self.random.choices(
            "abcdefghijklmnopqrstuvwxyz", k=self.random.randint(2, 9)))
            for _ in range(2000)]

    def lines(self, count):
        return "\n".join(" ".join(self.random.choices(self.words, k=9))
                         for _ in range(count)).encode()


def application(seed):
    """[(name, bytes)] of an application with its .git and a copied build."""
    text = Text(seed)
    r = text.random
    found = [("main.py", b"print('hello')\n")]
    found += [(f"lib/module{i:03}.py", text.lines(200)) for i in range(400)]
    for i in range(8):
        picture = r.randbytes(1 << 20)
        found.append((f"static/picture{i}.png", picture))
        found.append((f"build/static/picture{i}.png", picture))  # twice
    found.append((".git/objects/pack/pack-1.pack", r.randbytes(6 << 20)))
    return found


class Archive:
    """A docker-archive, written aside and renamed by close."""

    def __init__(self, path):
        self.path = path
        self.file = open(path + ".new", "wb")
        self.layers, self.steps = [], []

    def layer(self, blocks, step=None):
        name = b"%d/layer.tar" % len(self.layers)
        at, size, digest = self.file.tell(), 0, hashlib.sha256()
        self.file.write(header(name, 0))
        for block in blocks:
            size += self.block(block, digest)
        size += self.block(bytes(1024), digest)
        self.file.seek(at)
        self.file.write(header(name, size))
        self.file.seek(0, os.SEEK_END)
        self.file.write(bytes(-size % 512))
        self.layers.append((name.decode(), "sha256:" + digest.hexdigest()))
        self.steps.append(step or f"layer {len(self.steps)}")

    def block(self, block, digest):
        if isinstance(block, bytes):
            self.file.write(block)
            digest.update(block)
            return len(block)
        for left in range(block, 0, -len(ZEROS)):
            digest.update(ZEROS[:left])
        self.file.seek(block, io.SEEK_CUR)
        return block

    def put(self, name, data):
        self.file.write(header(name, len(data)) + data)
        self.file.write(bytes(-len(data) % 512))

    def close(self, tag, config, architecture="amd64"):
        """config is what a Dockerfile says: Env, User, Cmd..."""
        history = [{"created": CREATED, "created_by": step}
                   for step in self.steps]
        history.append({"created": CREATED, "empty_layer": True,
                        "created_by": "CMD " + json.dumps(config["Cmd"])})
        text = json.dumps({
            "architecture": architecture, "os": "linux", "created": CREATED,
            "config": config, "history": history,
            "rootfs": {"type": "layers",
                       "diff_ids": [d for _, d in self.layers]},
        }).encode()
        name = hashlib.sha256(text).hexdigest() + ".json"
        self.put(name.encode(), text)
        self.put(b"manifest.json", json.dumps(
            [{"Config": name, "RepoTags": [tag],
              "Layers": [n for n, _ in self.layers]}]).encode())
        self.file.write(bytes(1024))
        self.file.close()
        os.rename(self.path + ".new", self.path)
