# SPDX-License-Identifier: Apache-2.0
"""realistic - a small image as docker would have built it.

Every layer declares the parents of what it holds, as engines do; what a
Dockerfile of real life does is here: packages and their cache, a late
removal, a chown of all, a directory replaced as a whole, links, devices.
"""
import json
import random

import images
from images import b, c, d, f, h, l, opq, p, wh

CAP = {"security.capability": b"\1\0\0\2\0\4\0\0" + bytes(12)}
OLD, NEW, FUTURE = 1, 1600000000, 4102444800  # 1970, 2020, 2100
LONG = "long-" * 30
TAGS = ["pare-test/{}:1.0", "pare-test/{}:latest",
        "localhost:5000/pare-test/{}:1"]


def noise(seed, size):
    """Bytes that do not compress, the same every time."""
    return random.Random(seed).randbytes(size)


def text(line, count):
    return "".join(f"{line} {i}\n" for i in range(count)).encode()


def base():
    made = [d(n, mtime=OLD) for n in (
        "bin", "dev", "etc", "home", "lib", "tmp2", "usr", "usr/bin",
        "usr/lib", "var", "var/cache", "var/log")]
    made += [
        f("bin/busybox", noise(1, 300000), mode=0o755, mtime=NEW),
        h("bin/sh", "bin/busybox", mode=0o755, mtime=NEW),
        h("usr/bin/env", "bin/busybox", mode=0o755, mtime=NEW),
        l("lib64", "lib", mtime=NEW), l("usr/lib/libc.so", "libc.so.6"),
        f("usr/lib/libc.so.6", noise(2, 200000), mtime=NEW),
        f("usr/bin/su", noise(3, 30000), mode=0o4755, mtime=NEW),
        f("usr/bin/wall", noise(4, 20000), mode=0o2755, gid=5, mtime=NEW),
        f("usr/bin/ping", noise(5, 40000), mode=0o755, xattrs=CAP),
        f("etc/passwd", "root:x:0:0::/:/bin/sh\n", mtime=OLD),
        f("etc/shadow", "root:*:1::::::\n", mode=0o640, gid=42),
        d("tmp", 0o1777, mtime=FUTURE),
        c("dev/null", 1, 3, mode=0o666), c("dev/tty", 5, 0, mode=0o620),
        b("dev/loop0", 7, 0, mode=0o660, gid=6), p("dev/initctl"),
    ]
    return made


def packages():
    return [
        d("usr", mtime=NEW), d("usr/lib", mtime=NEW),
        d("usr/lib/python", mtime=NEW), d("var", mtime=NEW),
        d("var/cache", mtime=NEW), d("var/cache/apt", 0o700, uid=100),
        d("var/log", mtime=NEW),
        f("usr/lib/python/a.py", text("import a", 3000), mtime=NEW),
        f("usr/lib/python/" + LONG + "1.py", text("long", 500)),
        f("usr/lib/python/" + LONG + "2.py", text("gnu", 500), form="gnu"),
        f(b"usr/lib/python/caf\xe9.py", text("latin", 500)),
        f("usr/lib/python/naïve\n.py", text("utf", 500)),
        f("var/cache/apt/pkgcache.bin", noise(6, 500000)),
        f("var/cache/apt/a.deb", noise(7, 400000)),
        f("var/log/install.log", text("log", 4000), mtime=FUTURE),
        p("var/log/pipe", mode=0o600, uid=7),
    ]


def application():
    made = [d("srv", mtime=NEW), d("srv/app", 0o750, mtime=NEW, xattrs={
        "user.origin": b"build\0\xff"}), d("srv/app/static", mtime=NEW)]
    for i in range(20):
        made.append(f(f"srv/app/m{i}.py", text(f"def f{i}", 200), mtime=i))
    made += [f("srv/app/static/old.js", noise(8, 100000)),
             f("srv/app/data", noise(9, 250000), uid=7, gid=8),
             h("srv/app/data2", "srv/app/data", uid=7, gid=8),
             l("srv/app/current", "/srv/app/static", mtime=OLD)]
    return made


def chown():
    """chown -R 70000 and setcap: all of it once more."""
    made = []
    for item in application():
        item.uid, item.gid = 70000, 2**21 + 1
        made.append(item)
    return made + [
        d("usr", mtime=NEW), d("usr/bin", mtime=NEW),
        f("usr/bin/ping", noise(5, 40000), mode=0o755, gid=9, xattrs=CAP)]


def cleanup():
    return [
        d("var", mtime=NEW + 1), d("var/cache", mtime=NEW + 1),
        wh("var/cache/apt"), d("var/log", mtime=NEW + 1),
        wh("var/log/install.log"),
        d("srv", mtime=NEW), d("srv/app", 0o750, uid=70000),
        d("srv/app/static", 0o700, uid=70000, mtime=NEW + 2),
        opq("srv/app/static"),
        f("srv/app/static/new.js", text("new", 900), uid=70000),
        wh("srv/app/m3.py"), d("srv/app/m4.py", mtime=NEW + 3),
        f("srv/app/m4.py/inside", "now a directory"),
        d("lib", mtime=OLD), l("home", "srv"),
    ]


def layers(salt):
    """Layers with a file named after the salt: workers share one docker, and
    it does not unpack a layer that it has."""
    return [images.layer_tar([f("built-for", salt)] + make()) for make in
            (base, packages, application, chown, cleanup)]


def archive(tars, name):
    """One file for every engine, under several names."""
    files = images.docker_files(tars, legacy=False)
    manifest = json.loads(files["manifest.json"])
    manifest[0]["RepoTags"] = [tag.format(name) for tag in TAGS]
    files["manifest.json"] = json.dumps(manifest).encode()
    return images.archive(files)
