# SPDX-License-Identifier: Apache-2.0
"""images - makes images in memory, member by member, with raw headers.

    layer = [d("bin"), f("bin/sh", b"#!"), h("bin/bash", "bin/sh"), wh("old")]
    write_oci(path, [layer_tar(layer)], codecs=["gzip"])

Names and targets are str or bytes and are written as they are.
"""
import gzip
import hashlib
import io
import json
import os
import subprocess
from dataclasses import dataclass, field

BLOCK = 512
END = bytes(2 * BLOCK)
TIME = 1000  # the mtime that members have unless told otherwise


def raw(text):
    return text if isinstance(text, bytes) else text.encode()


def pad(data):
    return data + bytes(-len(data) % BLOCK)


@dataclass
class Item:
    """One member. `form` is ustar, gnu, pax or v7: how long names and large
    or negative numbers are told. `regions` makes it sparse."""
    name: bytes
    flag: bytes
    data: bytes = b""
    target: bytes = b""
    mode: int = 0o644
    uid: int = 0
    gid: int = 0
    mtime: object = TIME  # seconds; a str goes into a PAX record as it is
    dev: tuple = (0, 0)
    xattrs: dict = field(default_factory=dict)
    form: str = "pax"
    pax: list = field(default_factory=list)  # more records, in order
    regions: list = None
    size: int = 0  # the logical one, of a sparse member

    def encode(self):
        return encode(self)


@dataclass
class Raw:
    """Bytes put into the tar as they are, holding `entries` members."""
    data: bytes
    entries: int = 0

    def encode(self):
        return self.data


def f(name, data=b"", **more):
    return Item(raw(name), b"0", raw(data), **more)


def d(name, mode=0o755, **more):
    return Item(raw(name), b"5", mode=mode, **more)


def l(name, target, **more):
    return Item(raw(name), b"2", target=raw(target), mode=0o777, **more)


def h(name, target, **more):
    return Item(raw(name), b"1", target=raw(target), **more)


def c(name, major, minor, **more):
    return Item(raw(name), b"3", dev=(major, minor), **more)


def b(name, major, minor, **more):
    return Item(raw(name), b"4", dev=(major, minor), **more)


def p(name, **more):
    return Item(raw(name), b"6", **more)


def wh(name, **more):
    """The whiteout of a path: dir/.wh.name."""
    head, slash, tail = raw(name).rpartition(b"/")
    return Item(head + slash + b".wh." + tail, b"0", **more)


def opq(directory, **more):
    """The opaque marker of a directory; "" is the root."""
    head = raw(directory)
    return Item(head + (b"/" if head else b"") + b".wh..wh..opq", b"0",
                **more)


def pax_record(key, value):
    body = b" " + raw(key) + b"=" + raw(value) + b"\n"
    length = len(body)
    while length != len(body) + len(str(length)):
        length = len(body) + len(str(length))
    return str(length).encode() + body


def octal(value, width):
    return b"%0*o\0" % (width - 1, value)


def base256(value, width):
    lead = 0xFF if value < 0 else 0x80
    body = (value % (1 << 8 * (width - 1))).to_bytes(width - 1, "big")
    return bytes([lead]) + body


def num(value, width):
    """Octal where it fits, else base-256."""
    fits = 0 <= value < 8 ** (width - 1)
    return octal(value, width) if fits else base256(value, width)


def header(name, flag, size=0, mode=0o644, uid=0, gid=0, mtime=0, target=b"",
           dev=(0, 0), form="ustar", tail=b""):
    """One header block; names are cut to their fields."""
    magic = {"gnu": b"ustar  \0", "v7": b""}.get(form, b"ustar\x0000")
    devices = octal(dev[0], 8) + octal(dev[1], 8) if flag in (b"3", b"4") \
        else bytes(16)
    block = (name[:100].ljust(100, b"\0") + octal(mode, 8) + num(uid, 8)
             + num(gid, 8) + num(size, 12) + num(mtime, 12) + b" " * 8 + flag
             + target[:100].ljust(100, b"\0") + magic.ljust(8, b"\0")
             + bytes(64) + devices + tail)
    block = block.ljust(BLOCK, b"\0")
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]


def extension(flag, data):
    name = b"././@LongLink" if flag in b"LK" else b"PaxHeaders/x"
    return header(name, flag, len(data), form="gnu") + pad(data)


def global_pax(records):
    """A g header: no member of its own."""
    return Raw(extension(b"g", b"".join(pax_record(*r) for r in records)))


def long_names(item, records):
    """What must stand in front of a header whose fields are too short."""
    front = b""
    for key, flag, text in ((b"path", b"L", item.name),
                            (b"linkpath", b"K", item.target)):
        if len(text) > 100:
            if item.form == "gnu":
                front += extension(flag, text + b"\0")
            else:
                records.append((key, text))
    return front


def sparse_pax(item, records):
    """The 1.0 form: the map stands in front of the data."""
    numbers = [len(item.regions)] + [n for r in item.regions for n in r]
    smap = pad(b"".join(b"%d\n" % n for n in numbers))
    records += [("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"),
                ("GNU.sparse.name", item.name),
                ("GNU.sparse.realsize", str(item.size))]
    return smap + item.data


def sparse_gnu(item):
    """(tail of the header block from byte 345 on, extension blocks)."""
    def pairs(regions, room):
        return b"".join(octal(o, 12) + octal(n, 12)
                        for o, n in regions).ljust(24 * room, b"\0")

    rest, blocks = item.regions[4:], b""
    tail = bytes(41) + pairs(item.regions[:4], 4) + bytes([bool(rest)]) \
        + octal(item.size, 12)
    while rest:
        more, rest = rest[:21], rest[21:]
        blocks += (pairs(more, 21) + bytes([bool(rest)])).ljust(BLOCK, b"\0")
    return tail, blocks


def encode(item):
    records = list(item.pax)
    front = long_names(item, records)
    data, flag, blocks, tail, name = item.data, item.flag, b"", b"", item.name
    if item.regions is not None and item.form == "gnu":
        flag = b"S"
        tail, blocks = sparse_gnu(item)
    elif item.regions is not None:
        data, name = sparse_pax(item, records), b"GNUSparseFile.0/x"
    mtime = item.mtime
    if isinstance(mtime, str) or (mtime < 0 and item.form == "pax"):
        records.append(("mtime", str(mtime)))
        mtime = 0
    records += [(b"SCHILY.xattr." + raw(k), v)
                for k, v in item.xattrs.items()]
    if records:
        front += extension(b"x", b"".join(pax_record(*r) for r in records))
    if flag == b"S":
        block = header(name, flag, len(data), item.mode, item.uid, item.gid,
                       mtime, b"", form="gnu")[:345] + tail
        block = block.ljust(BLOCK, b"\0")
        blank = block[:148] + b" " * 8 + block[156:]
        block = block[:148] + b"%06o\0 " % sum(blank) + block[156:]
    else:
        block = header(name, flag, len(data), item.mode, item.uid, item.gid,
                       mtime, item.target, item.dev, item.form)
    return front + block + blocks + pad(data)


def layer_tar(items, end=END):
    return b"".join(item.encode() for item in items) + end


# Images

def sha(data):
    return hashlib.sha256(data).hexdigest()


def compress(tar, codec):
    if codec == "gzip":
        return gzip.compress(tar, 6, mtime=0)
    if codec == "zstd":
        done = subprocess.run(["zstd", "-qc", "-3"], input=tar, check=True,
                              stdout=subprocess.PIPE)
        return done.stdout
    return tar


def make_config(tars, more=None):
    """A config with a history of one entry a layer and an empty one."""
    history = [{"created": "2020-01-01T00:00:00Z",
                "created_by": f"RUN step {i}"} for i in range(len(tars))]
    history.insert(1, {"created": "2020-01-01T00:00:00Z",
                       "created_by": "ENV A=b", "empty_layer": True})
    config = {"architecture": "amd64", "config": {"Env": ["A=b"],
                                                  "Cmd": ["/bin/sh"]},
              "created": "2020-01-01T00:00:00Z", "history": history,
              "os": "linux",
              "rootfs": {"type": "layers",
                         "diff_ids": ["sha256:" + sha(t) for t in tars]},
              "x-unknown": [1, {"k": "v"}]}
    config.update(more or {})
    return json.dumps(config).encode()


SUFFIX = {"raw": "", "gzip": "+gzip", "zstd": "+zstd"}


def oci_files(tars, codecs=None, config=None, tag="t"):
    """{name in the layout: bytes}"""
    codecs = codecs or ["raw"] * len(tars)
    config = config or make_config(tars)
    files = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}'}
    kind = "application/vnd.oci.image."

    def put(data, media_type):
        files["blobs/sha256/" + sha(data)] = data
        return {"mediaType": kind + media_type, "size": len(data),
                "digest": "sha256:" + sha(data)}

    layers = [put(compress(t, k), "layer.v1.tar" + SUFFIX[k])
              for t, k in zip(tars, codecs)]
    manifest = {"schemaVersion": 2, "mediaType": kind + "manifest.v1+json",
                "config": put(config, "config.v1+json"), "layers": layers}
    top = put(json.dumps(manifest).encode(), "manifest.v1+json")
    top["annotations"] = {"org.opencontainers.image.ref.name": tag}
    files["index.json"] = json.dumps(
        {"schemaVersion": 2, "manifests": [top]}).encode()
    return files


def docker_files(tars, config=None, tag="t:t", legacy=True):
    """legacy: as docker save before 25; else with an index.json beside."""
    config = config or make_config(tars)
    if legacy:
        names = [f"{i:064x}/layer.tar" for i in range(len(tars))]
        where, files = sha(config) + ".json", dict(zip(names, tars))
    else:
        names = ["blobs/sha256/" + sha(t) for t in tars]
        where, files = "blobs/sha256/" + sha(config), \
            oci_files(tars, None, config)
    files[where] = config
    files["manifest.json"] = json.dumps(
        [{"Config": where, "RepoTags": [tag], "Layers": names}]).encode()
    return files


def archive(files):
    out = io.BytesIO()
    for name, data in files.items():
        out.write(header(name.encode(), b"0", len(data)) + pad(data))
    return out.getvalue() + END


def write_dir(path, files):
    for name, data in files.items():
        where = os.path.join(path, name)
        os.makedirs(os.path.dirname(where), exist_ok=True)
        with open(where, "wb") as out:
            out.write(data)
