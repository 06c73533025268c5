# SPDX-License-Identifier: Apache-2.0
"""Images made to be slow."""
import hashlib
import io
import json
import os
import tarfile

from shape import Shape

FILE, LINK = tarfile.REGTYPE, tarfile.LNKTYPE
SYMLINK, DIR = tarfile.SYMTYPE, tarfile.DIRTYPE


def tar(members):
    """Members are (name, type, target, pax, content); b"" where nothing is
    said."""
    out = io.BytesIO()
    t = tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT)
    for name, *rest in members:
        kind, target, pax, content = (*rest, *(FILE, "", {}, b"")[len(rest):])
        i = tarfile.TarInfo(name)
        i.type, i.linkname, i.pax_headers = kind, target, pax
        i.size = len(content)
        t.addfile(i, io.BytesIO(content))
    t.close()
    return out.getvalue()


def sha256(b):
    return hashlib.sha256(b).hexdigest()


def config(layers, **more):
    return json.dumps({
        "architecture": "amd64", "os": "linux", "config": {},
        "rootfs": {"type": "layers",
                   "diff_ids": ["sha256:" + sha256(x) for x in layers]},
        **more}).encode()


def archive(work, layers, conf=None, name="i.tar"):
    conf = conf or config(layers)
    parts = [(sha256(conf) + ".json", FILE, "", {}, conf)]
    parts += [(f"{i}.tar", FILE, "", {}, x) for i, x in enumerate(layers)]
    parts.append(("manifest.json", FILE, "", {}, json.dumps(
        [{"Config": parts[0][0], "RepoTags": ["x:1"],
          "Layers": [f"{i}.tar" for i in range(len(layers))]}]).encode()))
    with open(os.path.join(work, name), "wb") as f:
        f.write(tar(parts))


def xattr(name, value="v"):
    return {"SCHILY.xattr." + name: value}


def lies(n, pax=None, content=b"x", name="f%06d"):
    return [(name % i, FILE, "", pax(i) if pax else {}, content)
            for i in range(n)]


# Layers of each shape at size n.

def entries(n):
    return [tar(lies(n))]


def many_layers(n):
    return [tar([("f%d" % i, FILE, "", {}, b"x")]) for i in range(n)]


def depth(n):
    """n directories 60 below one another."""
    top = "/".join("d" * 60)
    return [tar([(f"{top}/{i}", DIR) for i in range(n)])]


def whiteouts(n):
    return [tar(lies(n, name="d/f%06d")), tar(lies(n, name="d/.wh.f%06d"))]


def links_of_one(n):
    return [tar([("a", FILE, "", {}, b"x")]
                + [(f"l{i:06d}", LINK, "a") for i in range(n)])]


def links_in_layers(n):
    """Each of 20 layers links a twentieth of the n files below."""
    return [tar(lies(n))] + [
        tar([(f"l{k}.{i:06d}", LINK, f"f{i:06d}") for i in range(0, n, 20)])
        for k in range(20)]


def xattr_sets(n):
    return [tar(lies(n, pax=lambda i: xattr(f"user.k{i}")))]


def one_name(n):
    return [tar([("f", FILE, "", {}, b"%d" % i) for i in range(n)])]


def file_and_directory(n):
    turn = [("f", FILE, "", {}, b"x"), ("f", DIR), ("f/g", FILE, "", {}, b"y")]
    return [tar(turn * n)]


def opaque_again(n):
    """A directory of n files made anew in each of eight layers."""
    return [tar(lies(n, name="d/f%06d"))] + [
        tar([("d", DIR), ("d/.wh..wh..opq", FILE)]
            + lies(n // 8, name="d/f%06d", content=b"%d" % k))
        for k in range(8)]


def long_symlinks(n):
    """39 symlinks of 4,000 bytes that lead to each other, n files below."""
    chain, last = [("d", DIR)], "d"
    for i in range(39):
        chain.append((f"s{i}", SYMLINK, "./" * 1990 + last))
        last = f"s{i}"
    return [tar(chain + lies(n, name=last + "/f%06d"))]


def pax_records(n):
    return [tar(lies(n, pax=lambda i: {f"VENDOR.k{k}": "v" * 40
                                       for k in range(20)}))]


def global_headers(n):
    out = io.BytesIO()
    for i in range(n):
        t = tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT,
                         pax_headers={"comment": str(i)})
        t.addfile(tarfile.TarInfo(f"f{i:06d}"))
        t.fileobj.flush()
    return [out.getvalue() + bytes(1024)]


def sparse_maps(n):
    """One file of n regions, PAX 1.0: the map stands before the data."""
    numbers = "".join(f"{i * 8192}\n1\n" for i in range(n))
    head = f"{n}\n{numbers}".encode()
    head += bytes(-len(head) % 512)
    return [tar([("GNUSparseFile.0/f", FILE, "",
                  {"GNU.sparse.major": "1", "GNU.sparse.minor": "0",
                   "GNU.sparse.name": "f",
                   "GNU.sparse.realsize": str(n * 8192)},
                  head + b"x" * n)])]


def duplicates(n):
    return [tar(lies(n, content=b"same"))]


def of(layers):
    return lambda work, n: archive(work, layers(n))


def history(work, n):
    layers = [tar(lies(1))]
    archive(work, layers, config(layers, history=[
        {"created_by": "RUN true %d" % i, "empty_layer": True}
        for i in range(n)] + [{"created_by": "COPY f /"}]))


def json_members(work, n):
    layers = [tar(lies(1))]
    archive(work, layers, config(layers, **{
        f"x{i}": {"y": [i, "z"]} for i in range(n)}))


def platforms(work, n):
    """An OCI layout whose index has n platforms of one layer."""
    blobs = os.path.join(work, "i", "blobs", "sha256")
    os.makedirs(blobs)

    def blob(b, kind, **more):
        with open(os.path.join(blobs, sha256(b)), "wb") as f:
            f.write(b)
        return {"mediaType": "application/vnd.oci.image." + kind,
                "digest": "sha256:" + sha256(b), "size": len(b), **more}

    layer = blob(tar(lies(3)), "layer.v1.tar")
    manifests = []
    for i in range(n):
        where = {"architecture": f"a{i}", "os": "linux"}
        conf = blob(config([tar(lies(3))], **where), "config.v1+json")
        m = json.dumps({"schemaVersion": 2, "config": conf,
                        "layers": [layer]}).encode()
        manifests.append(blob(m, "manifest.v1+json", platform=where))
    index = json.dumps({"schemaVersion": 2, "manifests": manifests})
    with open(os.path.join(work, "i", "index.json"), "w",
              encoding="utf-8") as f:
        f.write(index)
    with open(os.path.join(work, "i", "oci-layout"), "w",
              encoding="utf-8") as f:
        f.write('{"imageLayoutVersion":"1.0.0"}')


QUIET = ["-q", "-j1", "--no-cache"]
ANALYZE = {"analyze": ["analyze", *QUIET, "--show", "all", "i.tar"]}
ALL = {
    **ANALYZE,
    "flatten": ["flatten", *QUIET, "--force", "--compression", "none",
                "i.tar", "-o", "out.tar"],
    "verify": ["verify", *QUIET, "i.tar", "out.tar"],
    "optimize": ["optimize", *QUIET, "--base", "none", "--min-gain", "0",
                 "--force", "i.tar", "-o", "out2.tar"],
    "diff": ["diff", *QUIET, "i.tar", "out.tar"],
}

SHAPES = {
    "entries": Shape(of(entries), ALL),
    "layers": Shape(of(many_layers), ANALYZE, small=30, large=25),
    "depth": Shape(of(depth), ALL),
    "whiteouts": Shape(of(whiteouts), ALL),
    "links-of-one": Shape(of(links_of_one), ALL),
    "links-in-layers": Shape(of(links_in_layers), ALL, small=400),
    "xattr-sets": Shape(of(xattr_sets), ALL),
    "one-name": Shape(of(one_name), ALL),
    "file-and-directory": Shape(of(file_and_directory), ALL),
    "opaque-again": Shape(of(opaque_again), ALL),
    "long-symlinks": Shape(of(long_symlinks), ALL),
    "pax-records": Shape(of(pax_records), ALL, large=10000),
    "global-headers": Shape(of(global_headers), ALL),
    "sparse-maps": Shape(of(sparse_maps), ALL),
    "duplicates": Shape(of(duplicates), ALL),
    "history": Shape(history, {
        **ANALYZE, "history": ["history", *QUIET, "i.tar"]},
        small=1500, large=10000),
    "json-members": Shape(json_members, ANALYZE, small=600,
                          large=10000),
    "platforms": Shape(platforms, {
        "analyze": ["analyze", *QUIET, "oci:i"]}, large=60, clocked=True),
}
