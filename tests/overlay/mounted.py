# SPDX-License-Identifier: Apache-2.0
"""mounted - the layers of an image, unpacked and mounted by the kernel.

Each layer is unpacked into a directory of its own as docker and podman do it
for their overlay drivers; only names, types and link targets are kept, for
that is all that decides what readdir lists. What these engines refuse to
unpack raises Refused.
"""
import ctypes
import os
import shutil
import stat

from tarwalk import members

LIBC = ctypes.CDLL(None, use_errno=True)
NEWNS, NEWUSER = 0x20000, 0x10000000
REC_PRIVATE = 0x4000 | 0x40000
KINDS = {stat.S_IFREG: "f", stat.S_IFDIR: "d", stat.S_IFLNK: "l",
         stat.S_IFCHR: "c", stat.S_IFBLK: "b", stat.S_IFIFO: "p"}
OPAQUE = b".wh..wh..opq"


class Refused(Exception):
    """Why an engine does not unpack a layer, or unpacks it into another tree
    by mistake; `layer` is its number."""
    layer = None


class CannotMount(Exception):
    """Why the kernel's overlay cannot be tried here."""


def call(name, *words):
    if getattr(LIBC, name)(*words) != 0:
        number = ctypes.get_errno()
        raise CannotMount(f"{name}: {os.strerror(number)}")


def enter():
    """Into mounts of our own; without root, into users of our own as well."""
    uid, gid = os.getuid(), os.getgid()
    call("unshare", NEWNS | (NEWUSER if uid else 0))
    if uid:
        for name, line in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"),
                           ("gid_map", f"0 {gid} 1")):
            with open("/proc/self/" + name, "w") as out:
                out.write(line)
    call("mount", b"none", b"/", None, REC_PRIVATE, None)


class Mounts:
    """A folder for stacks of layers."""

    def __init__(self, work, as_user):
        self.work = work
        self.kind = b"user" if as_user else b"trusted"
        self.data = b"userxattr," if as_user else b""

    def names(self, tars):
        """{path: type, or None where readdir lists what lstat denies}"""
        os.makedirs(self.work)
        here = os.getcwd()
        try:
            # Short names: the list of layers has to fit into one page.
            os.chdir(self.work)
            for name in ["m", "e", "n"] + [str(i) for i in range(len(tars))]:
                os.mkdir(name)
            for i, tar in enumerate(tars):
                self.unpack(i, tar)
            return self.mount(len(tars))
        finally:
            os.chdir(here)
            shutil.rmtree(self.work)

    def unpack(self, index, tar):
        try:
            Unpacker(b"%d" % index, self.kind).layer(tar)
        except Refused as error:
            error.layer = index
            raise

    def mount(self, count):
        """On top an empty layer, as every container has one, and one below
        for images without layers."""
        layers = ["e", *map(str, reversed(range(count))), "n"]
        data = self.data + b"lowerdir=" + ":".join(layers).encode()
        call("mount", b"overlay", b"m", b"overlay", 0, data)
        try:
            return walk(b"m")
        finally:
            call("umount2", b"m", 0)


def walk(root):
    """What AUFS left is no part of an image; engines list its directory."""
    found, todo = {(): "d"}, [()]
    while todo:
        path = todo.pop()
        for name in os.listdir(os.path.join(root, *path)):
            here = path + (name,)
            if not path and name.startswith(b".wh..wh."):
                continue
            try:
                st = os.lstat(os.path.join(root, *here))
            except FileNotFoundError:
                found[here] = None
                continue
            found[here] = KINDS[stat.S_IFMT(st.st_mode)]
            if found[here] == "d":
                todo.append(here)
    return found


class Unpacker:
    def __init__(self, root, kind):
        self.root, self.kind = root, kind

    def layer(self, tar):
        names = set()
        try:
            for m in members(tar):
                name = os.path.normpath(b"/" + m.name)
                if name in names:
                    raise Refused("duplicates of file paths")
                names.add(name)
                self.member(m)
        except OSError as error:
            raise Refused(error.strerror) from None

    def place(self, name):
        """Where a name leads within the layer: its symlinks are followed,
        from the layer's root, and missing parents are made."""
        parts = [p for p in name.split(b"/") if p not in (b"", b".")]
        todo, at, links = list(reversed(parts[:-1])), [], 0
        while todo:
            part = todo.pop()
            if part == b"..":
                at = at[:-1]
                continue
            here = os.path.join(self.root, *at, part)
            if os.path.islink(here):
                links += 1
                if links > 40:
                    raise Refused("too many links")
                target = os.readlink(here)
                at = [] if target.startswith(b"/") else at
                rest = [p for p in target.split(b"/") if p not in (b"", b".")]
                self.must_exist(at, rest)
                todo += reversed(rest)
                continue
            if not os.path.lexists(here):
                os.mkdir(here)
            at.append(part)
        return os.path.join(self.root, *at, *parts[-1:])

    def must_exist(self, at, rest):
        """Engines make a name's missing parents, not those of a target."""
        for n in range(1, len(rest) + 1):
            here = os.path.join(self.root, *at, *rest[:n])
            if b".." not in rest[:n] and not os.path.lexists(here):
                raise Refused("a link to nothing")

    def member(self, m):
        path = self.place(m.name)
        folder, base = os.path.split(path)
        if base == OPAQUE:
            os.setxattr(folder, self.kind + b".overlay.opaque", b"y")
        elif base.startswith(b".wh."):
            os.mknod(os.path.join(folder, base[4:]), stat.S_IFCHR, 0)
        else:
            self.entry(m, path)

    def entry(self, m, path):
        old = os.lstat(path) if os.path.lexists(path) else None
        if old and not (m.type == "d" and stat.S_ISDIR(old.st_mode)):
            if stat.S_ISDIR(old.st_mode):
                shutil.rmtree(path)
            else:
                os.unlink(path)
            old = None
        if m.type == "d":
            if not old:
                os.mkdir(path)
            if m.xattrs.get(b"trusted.overlay.opaque") == b"y":
                os.setxattr(path, self.kind + b".overlay.opaque", b"y")
        elif m.type == "h":
            self.link(self.place(m.target), path)
        elif m.type == "l":
            os.symlink(m.target or b"-", path)
        elif m.type == "f":
            os.close(os.open(path, os.O_CREAT | os.O_EXCL))
        elif m.type in "cb" and (m.dev == (0, 0) or self.kind == b"trusted"):
            os.mknod(path, stat.S_IFCHR if m.type == "c" else stat.S_IFBLK,
                     os.makedev(*m.dev))
        elif m.type in "cbp":  # only root makes devices
            os.mkfifo(path)

    @staticmethod
    def link(target, path):
        """To a lower file there is none; where the layer whites it out first,
        engines link the device, and the name is gone."""
        st = os.lstat(target)
        if stat.S_ISCHR(st.st_mode) and st.st_rdev == 0:
            raise Refused("a link to a lower file")
        os.link(target, path, follow_symlinks=False)
