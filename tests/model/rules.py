# SPDX-License-Identifier: Apache-2.0
"""rules - what no written layer may hold, and what no rewrite may change.

Each function returns complaints, an empty list where all is well. The rules
are those of DESIGN section 3, "What pare writes", "History and times" and "A
config keeps its bytes".
"""
import json
import re

import overlay
from layer import OVERLAY, split
from tarwalk import members


def layer_faults(tar, by_path=True):
    """Cases on which engines differ, and other things never written."""
    faults, entries, markers = [], {}, set()
    siblings = {}  # (directory, is a marker) -> the last name seen
    for m in members(tar):
        path = split(m.name)
        show = b"/".join(path).decode(errors="backslashreplace")
        for n in range(1, len(path)):
            parent = entries.get(path[:n])
            if parent is None or parent.type != "d":
                faults.append(f"{show}: no directory entry before it")
                break
        if not path:
            if m.type != "d":
                faults.append("the root is not a directory")
            continue
        marker = path[-1].startswith(b".wh.")
        if path in entries or path in markers:
            faults.append(f"{show}: twice")
        if (by_path or marker) and \
                path[-1] <= siblings.get((path[:-1], marker), b""):
            faults.append(f"{show}: not in byte order")
        if marker and (path[:-1], False) in siblings:
            faults.append(f"{show}: a marker behind its siblings")
        siblings[path[:-1], marker] = path[-1]
        if marker:
            markers.add(path)
            faults += marker_faults(m, path, show)
            continue
        entries[path] = m
        faults += entry_faults(m, entries, show)
    return faults + whiteout_faults(entries, markers)


def marker_faults(m, path, show):
    if path == (b".wh..wh..opq",):
        return ["an opaque root"]
    if path[-1].startswith(b".wh..wh.") and path[-1] != b".wh..wh..opq":
        return [f"{show}: what AUFS left"]
    return [f"{show}: a marker with payload"] if m.payload else []


def entry_faults(m, entries, show):
    faults = []
    if m.type == "?" or (m.type == "c" and m.dev == (0, 0)):
        faults.append(f"{show}: a type that is never written")
    if any(k.startswith(OVERLAY) for k in m.xattrs):
        faults.append(f"{show}: an xattr of overlay's own")
    if m.type == "h":
        target = entries.get(split(m.target))
        if target is None or target.type in ("h", "d"):
            faults.append(f"{show}: its target is no file of this layer")
        elif (m.mode, m.uid, m.gid, m.mtime_ns, m.xattrs) != (
                target.mode, target.uid, target.gid, target.mtime_ns,
                target.xattrs):
            faults.append(f"{show}: metadata unlike its target's")
    return faults


def whiteout_faults(entries, markers):
    faults = []
    hidden = {p[:-1] + (p[-1][4:],) for p in markers
              if p[-1] != b".wh..wh..opq"}
    for path in sorted(hidden | set(entries) | markers):
        over = [path[:n] for n in range(1, len(path)) if path[:n] in hidden]
        if over:
            faults.append(f"{path!r}: below a whiteout of its layer")
        if path in hidden and path in entries:
            faults.append(f"{path!r}: beside its own whiteout")
    return faults


def stale_markers(model, index):
    """Markers of a layer that hide nothing of the layers below it."""
    layer, below = model.layers[index], model.layers[index].below
    parents = {p[:-1] for p in below if p}
    return [f"{overlay.show(p)}: a whiteout of nothing" for p in
            sorted(layer.whiteouts - set(below))] + \
        [f"{overlay.show(p)}: opaque, and nothing is below" for p in
         sorted(p for p in layer.opaques if p not in parents)]


def stack_faults(model, written, source):
    """Markers of the layers that were written, by their numbers, and what an
    overlay engine lists of the whole that it does not list of the source."""
    faults = [f"layer {i}: {fault}" for i in written
              for fault in stale_markers(model, i)]
    shown = overlay.phantoms(model) - overlay.phantoms(source)
    return faults + [f"{overlay.show(p)}: listed, and not there"
                     for p in sorted(shown)]


def without(config, keys):
    """The config's bytes with the values of some top-level keys cut out."""
    text = config.decode()
    decoder, cuts = json.JSONDecoder(), []
    at = text.index("{") + 1
    skip = re.compile(r"[\s,:]*")
    while True:
        at = skip.match(text, at).end()
        if text[at] == "}":
            break
        key, at = decoder.raw_decode(text, at)
        begin = skip.match(text, at).end()
        _, at = decoder.raw_decode(text, begin)
        if key in keys:
            cuts.append((begin, at))
    for begin, end in reversed(cuts):
        text = text[:begin] + text[end:]
    return text


def image_faults(before, after, longer=False):
    """Config and history of an image against those of its source; longer: it
    may have entries of its own behind them."""
    faults = []
    keys = ("rootfs", "history")
    if without(before.config_bytes, keys) != without(after.config_bytes,
                                                     keys):
        faults.append("config bytes beside rootfs and history changed")
    old, new = before.config.get("history"), after.config.get("history")
    if bool(old) != bool(new):
        return faults + ["history came or went"]
    if not old:
        return faults

    def bare(history):
        return [{k: v for k, v in entry.items() if k != "empty_layer"}
                for entry in history]

    def full(history):
        return sum(not entry.get("empty_layer") for entry in history)

    if bare(old) != bare(new)[:len(old) if longer else None]:
        faults.append("history entries changed")
    if full(old) == len(before.blobs) and full(new) != len(after.blobs):
        faults.append(f"{full(new)} history entries for {len(after.blobs)} "
                      "layers")
    return faults
