# SPDX-License-Identifier: Apache-2.0
"""seen - trees as engines show them, in the model's own terms.

A tree is a dictionary from path to Inode, as in tests/model/model.py, so that
the model's tree digest can be computed of what an engine exported. Names of
one hard-link group share one Inode.
"""
import hashlib
import os
import stat

from layer import OVERLAY, Inode, split
from model import Model
from tarwalk import members

CAPABILITY = b"security.capability"
KINDS = {stat.S_IFREG: "f", stat.S_IFDIR: "d", stat.S_IFLNK: "l",
         stat.S_IFCHR: "c", stat.S_IFBLK: "b", stat.S_IFIFO: "p"}


def from_tar(data):
    """What `docker export` and `podman export` print."""
    tree = {}
    for m in members(data):
        path = split(m.name)
        if m.type == "h":
            tree[path] = tree[split(m.target)]
            continue
        node = tree[path] = Inode(m.type, 0)
        node.mode = 0o777 if m.type == "l" else m.mode
        node.uid, node.gid, node.mtime_ns = m.uid, m.gid, m.mtime_ns
        node.xattrs, node.target, node.dev = m.xattrs, m.target, m.dev
        if m.type == "f":
            node.size, node.sha = len(m.content), m.sha()
    return tree


def file_sha(name):
    digest = hashlib.sha256()
    with open(name, "rb") as f:
        while block := f.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def inode(name, st):
    kind = KINDS[stat.S_IFMT(st.st_mode)]
    node = Inode(kind, 0)
    node.mode, node.mtime_ns = stat.S_IMODE(st.st_mode), st.st_mtime_ns
    node.uid, node.gid = st.st_uid, st.st_gid
    if kind == "f":
        node.size, node.sha = st.st_size, file_sha(name)
    elif kind == "l":
        node.target = os.readlink(name)
    elif kind in "cb":
        node.dev = (os.major(st.st_rdev), os.minor(st.st_rdev))
    for key in os.listxattr(name, follow_symlinks=False):
        if not os.fsencode(key).startswith(OVERLAY):
            node.xattrs[os.fsencode(key)] = os.getxattr(
                name, key, follow_symlinks=False)
    return node


def from_directory(root):
    """A mounted or unpacked tree, the root included."""
    tree, inodes, todo = {}, {}, [()]
    while todo:
        path = todo.pop()
        name = os.path.join(os.fsencode(root), *path)
        try:
            st = os.lstat(name)
        except FileNotFoundError:
            continue  # overlay lists the whiteouts in a directory of one
        key = (st.st_dev, st.st_ino)
        if key not in inodes or stat.S_ISDIR(st.st_mode):
            inodes[key] = inode(name, st)
        tree[path] = inodes[key]
        if tree[path].type == "d":
            todo += [path + (entry,) for entry in os.listdir(name)]
    return tree


def digest(tree):
    """The tree digest, docs/tree-digest.md."""
    model = Model([])
    model.tree = tree
    return model.digest()


def show(path):
    return "/" + b"/".join(path).decode(errors="backslashreplace")


def groups(tree, paths):
    """Hard-link groups: sets of names; {first name: all of them}"""
    names = {}
    for path in sorted(paths):
        if tree[path].type != "d":
            names.setdefault(tree[path], []).append(path)
    return {tuple(g) for g in names.values() if len(g) > 1}


def fields(node, xattrs, whole_seconds):
    what = {"f": node.sha, "l": node.target, "c": node.dev, "b": node.dev}
    found = {"type": node.type, "content": what.get(node.type),
             "mode": "%04o" % node.mode, "owner": (node.uid, node.gid),
             "mtime": node.mtime_ns}
    if whole_seconds:
        found["mtime"] //= 10**9
    if xattrs:
        found["xattrs"] = {k: v for k, v in node.xattrs.items()
                           if xattrs == "all" or k == CAPABILITY}
    return found


def compare(want, have, xattrs="all", whole_seconds=False, skip=None):
    """{"/path field": (wanted, found)}, empty where the trees are equal.

    xattrs: "all", "capability" or ""; skip(path, field) leaves one out.
    """
    lines = {}
    skip = skip or (lambda path, field: False)
    for path in sorted(set(want) | set(have)):
        if path not in have or path not in want:
            what = ("name", "-") if path in want else ("-", "name")
            if not skip(path, "name"):
                lines[show(path) + " name"] = what
            continue
        a = fields(want[path], xattrs, whole_seconds)
        b = fields(have[path], xattrs, whole_seconds)
        if a["type"] != b["type"] and skip(path, "type"):
            continue
        if a["type"] != b["type"]:
            lines[show(path) + " type"] = (a["type"], b["type"])
            continue
        for key in a:
            if a[key] != b[key] and not skip(path, key):
                lines[f"{show(path)} {key}"] = (a[key], b[key])
    both = set(want) & set(have)
    a, b = groups(want, both), groups(have, both)
    for group in sorted(a ^ b):
        lines[show(group[0]) + " group"] = (group in a, group in b)
    return lines
