#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""standin - a slow program with pare's analyze and optimize, on the model.

It exists to test the checker: with it every case must pass, and with one of
the DEFECTS (environment STANDIN_DEFECT) some case must fail.
"""
import json
import os
import sys

import images as im
from model import Model, Refused, read_image
from tarwalk import members

DEFECTS = ("count", "digest", "kind", "keep-dead", "lose-xattr", "no-parents",
           "order", "history", "config", "jobs", "base", "lower-link",
           "stale")
DEFECT = os.environ.get("STANDIN_DEFECT", "")


def analyze(image, base):
    model = Model(image.tars())
    found = model.figures(base)
    packed = [b[:2] == b"\x1f\x8b" or b[:4] == b"\x28\xb5\x2f\xfd"
              for b in image.blobs]
    for blob, gz, row in zip(image.blobs, packed, found["layers"]):
        row["compressed"] = len(blob) if gz else None
    history = [e for e in image.config.get("history") or []
               if not e.get("empty_layer")]
    for entry, row in zip(history, found["layers"]):
        row["created_by"] = entry["created_by"]
    found["totals"]["compressed"] = sum(map(len, image.blobs)) \
        if all(packed) else None
    if DEFECT == "count":
        found["totals"]["files"] += 1
    if DEFECT == "digest":
        found["tree_digest"] = "sha256:" + "0" * 64
    if DEFECT == "kind":
        found["dead"]["hidden"], found["dead"]["removed"] = \
            found["dead"]["removed"], found["dead"]["hidden"]
    return found


def item(path, node, content, first):
    """The member for a name; `first` is another name of its group or None."""
    name = b"/".join(path)
    ns = node.mtime_ns
    sign = "-" if ns < 0 else ""
    meta = {"uid": node.uid, "gid": node.gid, "xattrs": node.xattrs,
            "mtime": f"{sign}{abs(ns) // 10**9}.{abs(ns) % 10**9:09d}"}
    if DEFECT == "lose-xattr":
        meta["xattrs"] = {}
    if first is not None:
        return im.h(name, b"/".join(first), mode=node.mode, **meta)
    make = {"f": lambda: im.f(name, content[node.sha], **meta),
            "d": lambda: im.d(name or b"./", **meta),
            "l": lambda: im.l(name, node.target, **meta),
            "c": lambda: im.c(name, *node.dev, **meta),
            "b": lambda: im.b(name, *node.dev, **meta),
            "p": lambda: im.p(name, **meta)}[node.type]
    made = make()
    made.mode = node.mode
    return made


def upper_layer(below, above, content):
    """Members that turn one tree into the other."""
    old, new = dict(below.records()), dict(above.records())
    write = {p for p in new if new[p] != old.get(p)}
    for node in {above.tree[p] for p in write}:
        if node.type != "d":
            write |= {p for p in new if above.tree[p] is node}
    gone = {p for p in old if p not in new and p[:-1] in new
            and above.tree[p[:-1]].type == "d"}
    for p in list(write) + list(gone):
        write |= {p[:n] for n in range(1, len(p))}
    if DEFECT == "no-parents":
        write = {p for p in write if new[p] != old.get(p)}
    rows = [(p, (p[:-1], 1, p[-1:]), None) for p in write] + \
        [(p, (p[:-1], 0, p[-1:]), b"wh") for p in gone]
    out, first = [], {}
    # Parents first, then whiteouts, byte order.
    for path, _, marker in sorted(rows, key=lambda r: r[1]):
        if marker:
            out.append(im.wh(b"/".join(path)))
            continue
        node = above.tree[path]
        out.append(item(path, node, content, first.get(node)
                        if node.type != "d" else None))
        first.setdefault(node, path)
    return list(reversed(out)) if DEFECT == "order" else out


def optimize(image, base, jobs, where):
    tars = image.tars()
    content = {m.sha(): m.content for t in tars for m in members(t)}
    above = Model(tars)
    below = Model(tars[:base])
    items = upper_layer(below, above, content)
    if DEFECT == "keep-dead":
        items[:0] = [im.f("dead", "dead"), im.f("dead", "x"), im.wh("dead")]
    if DEFECT == "lower-link":
        items = [im.h(i.name, i.name) if i.flag == b"0" and
                 b".wh." not in i.name else i for i in items]
    if DEFECT == "stale":
        items[:0] = [im.wh("never-there")]
    end = im.END + (bytes(512) if DEFECT == "jobs" and jobs > 1 else b"")
    new = tars[:base] + ([im.layer_tar(items, end)] if items else [])
    if DEFECT == "base" and base:
        new[0] += bytes(512)
    config = json.loads(image.config_bytes)
    config["rootfs"]["diff_ids"] = ["sha256:" + im.sha(t) for t in new]
    left = len(new) if DEFECT != "history" else 0
    for entry in reversed(config.get("history") or []):
        full = not entry.get("empty_layer") and left > 0
        left -= full
        entry.pop("empty_layer", None)
        if not full:
            entry["empty_layer"] = True
    if DEFECT == "config":
        config["os"] = "linux "
    files = im.oci_files(new, ["gzip"] * len(new), json.dumps(config).encode())
    if where.endswith("/"):
        im.write_dir(where, files)
        return
    with open(where, "wb") as out:
        out.write(im.archive(files))


def main(args):
    image = read_image(args[0] if args[0][0] != "-" else args[-1])
    value = args[args.index("--base") + 1]
    base = int(value) if value.isdigit() else 0
    if sys.argv[1] == "analyze":
        print(json.dumps(analyze(image, base)))
        return
    jobs = int([a for a in args if a.startswith("-j")][0][2:])
    optimize(image, base, jobs, args[args.index("-o") + 1])
    print('{"proof": "equal"}')


if __name__ == "__main__":
    rest = sys.argv[2:]
    if "--base" not in rest:
        rest += ["--base", "none", "-j1"]
        rest = rest if rest[0][0] != "-" else rest[2:3] + rest
    try:
        main(rest)
    except Refused as error:
        print(f"standin: {error}", file=sys.stderr)
        sys.exit(3)
