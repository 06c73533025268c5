#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""engines - holds the model's tree against what real engines make of an image.

    engines.py docker|podman|podman-vfs|umoci traps [--only NAME]
    engines.py docker|podman|podman-vfs|umoci random --seeds A..B

Random images are drawn without what engines refuse or differ on.

An engine may refuse an image; what it accepts must show the model's tree, but
for what DESIGN names: directories that some layer only implied may have other
metadata, and a layer on which engines differ is told as `known: ...`. Needs
root. Every image, container and directory made here is removed again.
"""
import argparse
import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.dirname(HERE)]

import images  # noqa: E402
import traps  # noqa: E402
from generate import generate  # noqa: E402
from model import Model  # noqa: E402
from tarwalk import members  # noqa: E402

# What engines put into a container of their own.
MADE = {b".dockerenv", b"dev", b"proc", b"sys", b"etc", b"run"}


class Refusal(Exception):
    pass


def run(*words, data=None, **more):
    done = subprocess.run(words, input=data, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, **more)
    if done.returncode:
        raise Refusal(done.stderr.decode(errors="replace").strip()[-300:])
    return done.stdout


def from_tar(data):
    """{path: (type, mode, uid, gid, mtime in s, what, inode)}"""
    tree = {}
    for m in members(data):
        path = tuple(p for p in m.name.split(b"/") if p not in (b"", b"."))
        if path and path[0] in MADE:
            continue
        if m.type == "h":
            target = tuple(p for p in m.target.split(b"/") if p)
            tree[path] = tree[target]
            continue
        what = {"f": m.sha(), "l": m.target, "c": m.dev, "b": m.dev}
        mode = 0o777 if m.type == "l" else m.mode
        tree[path] = (m.type, mode, m.uid, m.gid, m.mtime_ns // 10**9,
                      what.get(m.type), path, None)
    return tree


def from_directory(root):
    """The same, read from a file system, with xattrs."""
    tree, root = {}, os.fsencode(root)
    kinds = {stat.S_IFREG: "f", stat.S_IFDIR: "d", stat.S_IFLNK: "l",
             stat.S_IFCHR: "c", stat.S_IFBLK: "b", stat.S_IFIFO: "p"}
    todo = [()]
    while todo:
        path = todo.pop()
        name = os.path.join(root, *path)
        try:
            st = os.lstat(name)
        except FileNotFoundError:
            continue  # a whiteout that overlay lists, in a directory of one
        kind, what = kinds[stat.S_IFMT(st.st_mode)], None
        if kind == "d":
            todo += [path + (entry,) for entry in os.listdir(name)]
        elif kind == "f":
            with open(name, "rb") as f:
                what = hashlib.sha256(f.read()).hexdigest()
        elif kind == "l":
            what = os.readlink(name)
        elif kind in "cb":
            what = (os.major(st.st_rdev), os.minor(st.st_rdev))
        xattrs = {x.encode(): os.getxattr(name, x, follow_symlinks=False)
                  for x in os.listxattr(name, follow_symlinks=False)}
        tree[path] = (kind, stat.S_IMODE(st.st_mode), st.st_uid, st.st_gid,
                      st.st_mtime_ns // 10**9, what, (st.st_dev, st.st_ino),
                      xattrs)
    return tree


class Docker:
    def tree(self, tars, work):
        files = images.docker_files(tars)
        manifest = json.loads(files["manifest.json"])
        manifest[0]["RepoTags"] = None
        files["manifest.json"] = json.dumps(manifest).encode()
        text = run("docker", "load", data=images.archive(files)).decode()
        image = text.strip().split()[-1]
        try:
            made = run("docker", "create", image, "x").decode().strip()
            try:
                return from_tar(run("docker", "export", made))
            finally:
                run("docker", "rm", made)
        finally:
            run("docker", "rmi", image)

    def close(self):
        pass


class Podman:
    def __init__(self, driver, work):
        self.root = os.path.join(work, "podman")
        self.base = ["podman", "--root", self.root + "/root", "--runroot",
                     self.root + "/run", "--storage-driver", driver]

    def podman(self, *words):
        return run(*self.base, *words).decode().strip()

    def tree(self, tars, work):
        where = os.path.join(work, "oci")
        images.write_dir(where, images.oci_files(tars))
        try:
            image = self.podman("pull", "-q", "oci:" + where).split()[-1]
        finally:
            shutil.rmtree(where)
        try:
            place = self.podman("image", "mount", image)
            try:
                return from_directory(place)
            finally:
                self.podman("image", "unmount", "-f", image)
        finally:
            self.podman("rmi", "-f", image)

    def close(self):
        subprocess.run(["umount", self.root + "/root/overlay"],
                       stderr=subprocess.DEVNULL)
        shutil.rmtree(self.root, ignore_errors=True)


class Umoci:
    def tree(self, tars, work):
        where, out = os.path.join(work, "oci"), os.path.join(work, "bundle")
        images.write_dir(where, images.oci_files(tars, ["gzip"] * len(tars)))
        try:
            run("umoci", "unpack", "--image", where + ":t", out)
            return from_directory(out + "/rootfs")
        finally:
            shutil.rmtree(where, ignore_errors=True)
            shutil.rmtree(out, ignore_errors=True)

    def close(self):
        pass


def known(model, tars, engine):
    """Cases of DESIGN section 3 on which engines differ."""
    cases = set(model.open)
    for layer in model.layers:
        if () in layer.opaques:
            cases.add("an opaque root")
        if layer.whiteouts & set(layer.own):
            cases.add("an entry beside its own whiteout")
        for path in layer.opaques | layer.whiteouts:
            if any(path[:n] in layer.whiteouts for n in range(1, len(path))):
                cases.add("a marker below a whiteout")
            if path in layer.opaques and path in layer.whiteouts:
                cases.add("an opaque marker beside a whiteout")
        if any(n.layer != layer.index for n in layer.own.values()):
            cases.add("a link to a lower file")
        if any(b"security.capability" in n.xattrs for n in layer.born) and \
                engine != "docker":
            cases.add("capabilities of hard links")
        if layer.remains:
            cases.add("AUFS remains")
        for path, node in layer.own.items():
            lower = layer.below.get(path)
            if node.implied and lower and lower.type != "d":
                cases.add("implied over a lower name")
    found = [m for t in tars for m in members(t)]
    if any(t[156:157] == b"g" for t in tars):
        cases.add("a global PAX header")
    if engine != "umoci" and any(m.mtime_ns < 0 for m in found):
        cases.add("times before 1970")
    if any(b"" in m.xattrs.values() for m in found):
        cases.add("empty xattr values")
    if engine in ("podman-vfs", "umoci"):
        # They unpack into the tree below: no overlay engines.
        if any(m.type == "c" and m.dev == (0, 0) for m in found) or any(
                b".overlay." in x for m in found for x in m.xattrs):
            cases.add("overlay's own forms")
        if any(la.marker_dirs for la in model.layers):
            cases.add("what only markers imply")
    names = {n for la in model.layers for n in la.own.values()
             if n.type == "l"}
    if any(sum(n is o for la in model.layers for o in la.own.values()) > 1
           for n in names):
        cases.add("a link entry to a symlink")
    if engine != "docker" and any(b"user.overlay." in x[:13] for m in found
                                  for x in m.xattrs):
        cases.add("overlay's own xattrs")
    if any(t.find(b"././@LongLink") >= 0 and b"path=" in t for t in tars):
        cases.add("a PAX path beside a GNU name")
    if engine == "umoci" and any(m.type == "h" for m in found):
        cases.add("a link entry's metadata")
    return cases


def differences(model, found, xattrs):
    """Lines, where the engine's tree is not the model's."""
    implied = {p for la in model.layers for p, n in la.own.items()
               if n.implied} | {()}
    lines, groups = [], {}
    want = {p: n for p, n in model.tree.items()
            if xattrs or not p or p[0] not in MADE}
    for path in sorted(set(want) | set(found)):
        node, have = want.get(path), found.get(path)
        name = "/" + b"/".join(path).decode(errors="backslashreplace")
        if node is None or have is None:
            if path or node is None:
                lines.append(name + (" only in the engine's tree" if have
                                     else " only in the model's tree"))
            continue
        groups.setdefault(("m", node), set()).add(path)
        groups.setdefault(("e", have[6]), set()).add(path)
        what = {"f": node.sha, "l": node.target, "c": node.dev,
                "b": node.dev}.get(node.type)
        # A directory's time moves when what it holds is put there.
        fields = [("type", node.type, have[0]), ("content", what, have[5])]
        if path not in implied:
            fields += [("mode", node.mode, have[1]),
                       ("uid", node.uid, have[2]), ("gid", node.gid, have[3])]
            if node.type != "d":
                fields.append(("mtime", node.mtime_ns // 10**9, have[4]))
            if xattrs:
                fields.append(("xattrs", node.xattrs, have[7]))
        lines += [f"{name} {field}: model {a!r}, engine {b!r}"
                  for field, a, b in fields if a != b]
    mine = {frozenset(g) for (who, n), g in groups.items()
            if who == "m" and len(g) > 1 and n.type != "d"}
    theirs = {frozenset(g) for (who, _), g in groups.items()
              if who == "e" and len(g) > 1}
    lines += [f"group only in the model: {sorted(g)}" for g in mine - theirs]
    lines += [f"group only in the engine: {sorted(g)}" for g in theirs - mine]
    return lines


def jobs(args):
    if args.what == "traps":
        return [(t.name, t.tars) for t in traps.TRAPS
                if args.only in (None, t.name)]
    first, _, last = args.seeds.partition("..")
    return ((str(s), generate(s, "tame").tars)
            for s in range(int(first), int(last) + 1))


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("engine",
                   choices=["docker", "podman", "podman-vfs", "umoci"])
    p.add_argument("what", choices=["traps", "random"])
    p.add_argument("--seeds", default="0..49")
    p.add_argument("--only")
    p.add_argument("-v", action="store_true", help="also refusals")
    args = p.parse_args()
    work = tempfile.mkdtemp(prefix="pare-engines-")
    engine = {"docker": Docker, "umoci": Umoci,
              "podman": lambda: Podman("overlay", work),
              "podman-vfs": lambda: Podman("vfs", work)}[args.engine]()
    same = refused = told = failed = 0
    try:
        for name, tars in jobs(args):
            model = Model(tars)
            try:
                found = engine.tree(tars, work)
            except Refusal as error:
                refused += 1
                if args.v:
                    print(f"refused {name}: {error}")
                continue
            lines = differences(model, found, args.engine != "docker")
            cases = known(model, tars, args.engine)
            same += not lines
            told += bool(lines and cases)
            failed += bool(lines and not cases)
            if lines:
                mark = "known" if cases else "DIFFERENT"
                print(f"{mark} {name}: {', '.join(sorted(cases))}")
                for line in lines[:6]:
                    print("   ", line)
    finally:
        engine.close()
        shutil.rmtree(work, ignore_errors=True)
    print(f"{same} equal, {refused} refused, {told} known, {failed} different")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
