# SPDX-License-Identifier: Apache-2.0
"""debian - Debian trees as layers: a base, and what installing more adds.

Each tree is made by tools/debian-tree; a layer is the difference between two,
with the parents of what differs, as an engine would commit it.
"""
import hashlib
import os
import subprocess
import tarfile

from imageparts import TIME, member, parents, whiteout

TOOL = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools",
                    "debian-tree")
DEBS = "var/cache/apt/archives/"
MMDEBSTRAP = "etc/apt/apt.conf.d/99mmdebstrap"


def make_tree(path, packages):
    """None: the base, as it is published; else apt's leftovers stay."""
    words = [path] if packages is None else ["--keep", path, *packages]
    subprocess.run([TOOL, *words], check=True, stdin=subprocess.DEVNULL,
                   env={**os.environ, "SOURCE_DATE_EPOCH": str(TIME),
                        "TMPDIR": os.path.dirname(path)})


def name_of(m):
    return m.name.removeprefix("./")


class Tree:
    def __init__(self, path):
        self.path, self.facts, self.targets = path, {}, {}
        for m, data in self.members():
            name = name_of(m)
            self.facts[name] = (
                m.type, m.mode, m.uid, m.gid, m.mtime, m.linkname,
                hashlib.sha256(data).digest(),
                m.pax_headers.get("SCHILY.xattr.security.capability"))
            if m.islnk():
                self.targets[name] = m.linkname.removeprefix("./")

    def members(self):
        with tarfile.open(self.path) as tar:
            for m in tar:
                if name_of(m) not in (".", MMDEBSTRAP):
                    yield m, tar.extractfile(m).read() if m.isreg() else b""

    def lists(self):
        """What `apt-get update` left."""
        return sorted(n for n in self.facts
                      if n.startswith("var/lib/apt/lists/")
                      and n.count("/") == 4)

    def layer(self):
        for m, data in self.members():
            yield member(m, data)

    def installed(self, base):
        """The layer that makes this tree of a base."""
        had = {n.rsplit("/", 1)[-1].rsplit(".", 1)[0].split(":")[0]
               for n in base.facts if n.startswith("var/lib/dpkg/info/")}
        names = {n for n, fact in self.facts.items()
                 if base.facts.get(n) != fact
                 and not (n.startswith(DEBS)
                          and n[len(DEBS):].split("_")[0] in had)}
        names |= {self.targets[n] for n in names if n in self.targets}
        for name in list(names):
            names.update(parents(name, set()))
        for m, data in self.members():
            if name_of(m) in names:
                yield member(m, data)
        seen = set()
        for name in sorted(set(base.facts) - set(self.facts)):
            if name.rpartition("/")[0] not in seen:
                yield whiteout(name)
            seen.add(name)
