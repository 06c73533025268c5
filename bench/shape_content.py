# SPDX-License-Identifier: Apache-2.0
"""shape_content - what is copied into the images of make_shapes.

Lists of (path, bytes), seeded; sizes and numbers as such projects have them.
"""
import io
import os
import subprocess
import tarfile
import zipfile

from imageparts import TIME, Text, directory, entry, whiteout

LICENSES = ("MIT", "ISC", "Apache-2.0", "BSD-3-Clause")
PACKAGES, DEVELOPMENT = 900, 300  # of node_modules; the last are for builds
GIB = 1 << 30


def test_data(seed):
    r = Text(seed)
    found = [(f"tests/data/case{i:03}.json", r.lines(60)) for i in range(200)]
    return found + [("tests/data/recorded.bin", r.random.randbytes(5 << 20))]


def cache_names(r, folder, count):
    """Names as caches give them: by digest, two levels deep."""
    for _ in range(count):
        name = r.randbytes(20).hex()
        yield f"{folder}/{name[:2]}/{name[2:4]}/{name[4:]}"


def pip(seed):
    """What `pip install` leaves: packages, their bytecode, its cache."""
    text = Text(seed)
    r, site = text.random, "usr/local/lib/python3.11/dist-packages"
    found = []
    for package in range(30):
        for module in range(25):
            name = f"{site}/package{package}/module{module}"
            source = text.lines(90)
            found.append((name + ".py", source))
            found.append((f"{site}/package{package}/__pycache__/module{module}"
                          ".cpython-311.pyc", r.randbytes(16) + source[::2]))
    return found + [(name, r.randbytes(700_000)) for name in cache_names(
        r, "root/.cache/pip/http", 40)]


def modules_of(package):
    return f"node_modules/package-{package:03}"


def node_modules(seed):
    """About 33,000 files of 2 KB on average; licences repeat."""
    text = Text(seed)
    r = text.random
    licenses = {name: text.lines(18) for name in LICENSES}
    found = []
    for package in range(PACKAGES):
        folder = modules_of(package)
        found.append((folder + "/package.json", text.lines(12)))
        found.append((folder + "/README.md", text.lines(40)))
        found.append((folder + "/LICENSE", licenses[r.choice(LICENSES)]))
        for i in range(r.randint(4, 40)):
            found.append((f"{folder}/lib/part{i}.js",
                          text.lines(r.choice((5, 12, 30, 80)))))
            if i % 2:
                found.append((f"{folder}/lib/part{i}.d.ts",
                              text.lines(r.choice((3, 9)))))
    return found


def development_modules(folder):
    """What `npm prune --omit=dev` removes."""
    return [f"{folder}/{modules_of(n)}"
            for n in range(PACKAGES - DEVELOPMENT, PACKAGES)]


def npm_cache(seed):
    r = Text(seed).random
    return [(name, r.randbytes(25_000)) for name in cache_names(
        r, "root/.npm/_cacache/content-v2/sha512", PACKAGES)]


def node_application(seed):
    text = Text(seed)
    found = [("main.js", b"console.log('hello')\n"),
             ("package-lock.json", text.lines(9000)),
             (".git/objects/pack/pack-1.pack",
              text.random.randbytes(8 << 20))]
    return found + [(f"src/view{i:03}.js", text.lines(150))
                    for i in range(300)]


def jar(found):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in found:
            packed.writestr(zipfile.ZipInfo(name, (2023, 11, 14, 22, 13, 20)),
                            data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def classes(text, package, count):
    return [(f"org/example/{package}/Class{i}.class",
             b"\xca\xfe\xba\xbe\0\0\0\x3d" + text.lines(60))
            for i in range(count)]


def libraries(seed):
    """[(name, jar)]"""
    text = Text(seed)
    return [(f"library{i:02}-1.{i}.0.jar",
             jar(classes(text, f"library{i}", text.random.randint(100, 500))))
            for i in range(30)]


def application_jars(seed):
    """Before and after a change of one class."""
    text = Text(seed)
    found = classes(text, "application", 1500)
    return jar(found), jar([(found[0][0], text.lines(60))] + found[1:])


def maven(found):
    folder = "root/.m2/repository/org/example"
    return [(f"{folder}/{name.split('-')[0]}/{name}", data)
            for name, data in found]


# A server that checks certificates, as it is linked for an image of nothing
# else: all of OpenSSL, and glibc.
PROGRAM = """
#include <openssl/ssl.h>
int main(void)
{
	SSL_CTX *tls = SSL_CTX_new(TLS_method());
	return tls && SSL_CTX_load_verify_file(tls,
		"/etc/ssl/certs/ca-certificates.crt") == 1 ? 0 : 1;
}
"""


def static_program(work):
    source, program = os.path.join(work, "serve.c"), os.path.join(work, "serve")
    with open(source, "w", encoding="ascii") as out:
        out.write(PROGRAM)
    subprocess.run(["gcc", "-O2", "-s", "-static", "-Wl,--build-id=none", "-w",
                    "-o", program, source, "-lssl", "-Wl,--whole-archive",
                    "-lcrypto", "-Wl,--no-whole-archive"],
                   check=True, stderr=subprocess.DEVNULL)
    with open(program, "rb") as f:
        return f.read()


def large(name, size, noise, form):
    """A member that begins with noise; the rest is a hole."""
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, TIME, 0o644
    yield info.tobuf(form)
    yield noise
    yield size - len(noise)
    yield bytes(-size % 512)


def weights():
    """(step, blocks) of 24 GB, of which 10 are dead in the end: one layer loses
    all but a small file, the next keeps a member of 9 GB."""
    r = Text(41).random

    def noise():
        return r.randbytes(4 << 20)

    def layer(name, size, form, *more):
        for folder in "srv", "srv/model":
            yield directory(folder)
        yield from large("srv/model/" + name, size, noise(), form)
        yield from more

    def base():
        for folder in "bin", "etc", "srv":
            yield directory(folder)
        yield entry("bin/serve", noise(), mode=0o755)
        yield entry("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\n")

    return [
        ("ADD rootfs.tar.xz /", base()),
        ("COPY first.weights /srv/model/",
         layer("first.weights", 9 * GIB + 5, tarfile.PAX_FORMAT,
               entry("srv/model/licence", b"as it is\n"))),
        ("COPY second.weights /srv/model/",
         layer("second.weights", 9 * GIB + 700, tarfile.GNU_FORMAT,
               *large("srv/model/state", GIB, noise(), tarfile.USTAR_FORMAT))),
        ("COPY vocabulary /srv/model/",
         layer("vocabulary", 4 * GIB, tarfile.USTAR_FORMAT)),
        ("RUN cd /srv/model && rm first.weights state && prepare >ready",
         layer("ready", 1 << 23, tarfile.USTAR_FORMAT,
               whiteout("srv/model/first.weights"),
               whiteout("srv/model/state")))]
