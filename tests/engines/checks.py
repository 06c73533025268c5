# SPDX-License-Identifier: Apache-2.0
"""checks - one image before and after pare, in every engine.

The model reads the image; its tree digest must be pare's own. What an engine
shows is then held against the model's tree: of the source but for what
known.py tells, of what pare wrote without exception but for what no image can
tell the engine.
"""
import json
import os
import shutil

import images
import known
import seen
from imageread import read_image
from loaders import Refusal, run
from model import Model

# What `docker create` puts into a container, in place of the image's own.
MADE = {tuple(p.split(b"/")) for p in (
    b".dockerenv", b"dev/console", b"dev/pts", b"dev/shm", b"etc/hostname",
    b"etc/hosts", b"etc/mtab", b"etc/resolv.conf", b"proc", b"sys")}
CHANGED = {(b"dev",), (b"etc",)}  # their times move, or they are made


class Place:
    """A worker's directory, engines and the program."""

    def __init__(self, pare, work, engines, skopeo, report):
        self.pare_path, self.work, self.report = pare, work, report
        self.engines, self.skopeo = engines, skopeo  # name -> it, or why not
        self.env = dict(os.environ, PARE_CACHE_DIR=work + "/cache",
                        TMPDIR=work)

    def path(self, name):
        return os.path.join(self.work, name)

    def tag(self, what):
        """Workers share one docker."""
        return f"pare-test/{what}:{os.path.basename(self.work)}"

    def pare(self, *words):
        try:
            return json.loads(run(self.pare_path, *words, env=self.env))
        except Refusal as error:
            raise Refusal(f"pare {words[0]}: {error}") from None


class Wanted:
    """The tree that engines must show of an image."""

    def __init__(self, tars):
        model = Model(tars)
        self.tree, self.digest = model.tree, model.digest()
        self.implied = {p for la in model.layers for p, n in la.own.items()
                        if n.implied} | {()}
        # No implied directories, and nothing that known.always tells.
        self.plain = self.implied == {()} and not any(
            n.mtime_ns < 0 or b"" in n.xattrs.values()
            for n in self.tree.values())
        self.top_root = model.layers and not model.layers[-1].own[()].implied


def made_by_docker(wanted, path, field):
    if path in MADE:
        return True
    return path in CHANGED and (field == "mtime" or path not in wanted.tree)


def look(place, engine, wanted, view, lenient):
    """Differences between an engine's view and the tree wanted.

    An engine gives directories that no entry declares the time of now.
    lenient: nothing is asked of their other metadata, either.
    """
    def skip(path, field):
        if not path and (not view.root or not wanted.top_root):
            return True
        if path in wanted.implied and (
                field == "mtime" or lenient and field in ("mode", "owner",
                                                          "xattrs")):
            return True
        return view.name.startswith("docker") and made_by_docker(
            wanted, path, field)

    place.report.compared(wanted.tree, view.tree)
    lines = seen.compare(wanted.tree, view.tree, view.xattrs,
                         view.whole_seconds, skip)
    return {key: pair for key, pair in lines.items()
            if not known.always(engine.name, key, *pair)}


def notes(lines, expected=()):
    told = [f"{key}: wanted {a!r}, found {b!r}"
            for key, (a, b) in sorted(lines.items()) if key not in expected]
    return told + [f"{key}: expected to differ, but does not"
                   for key in sorted(expected) if key not in lines]


def source_check(place, engine, wanted, name, source, lenient):
    """An engine's tree of the source; known differences, no others."""
    refused, expected = known.of_source(engine.name, name)
    try:
        view = next(iter(engine.trees(source, place.work, place.skopeo)))
    except Refusal as error:
        if refused and refused in str(error):
            return []
        return [f"refused: {error}"]
    if refused:
        return [f"not refused, though known for: {refused}"]
    return notes(look(place, engine, wanted, view, lenient), expected)


def result_check(place, engine, wanted, source):
    """All views of what pare wrote; returns (faults, first view).

    Where an engine shows every field, its tree has pare's own tree digest,
    but for the root: it belongs to the engine's own top layer.
    """
    faults, first = [], None
    try:
        for view in engine.trees(source, place.work, place.skopeo):
            first = first or view
            lines = look(place, engine, wanted, view, False)
            faults += [f"{view.name}: {n}" for n in notes(lines)]
            if view.xattrs == "all" and not lines and wanted.plain:
                tree = view.tree | {(): wanted.tree[()]}
                if seen.digest(tree) != wanted.digest:
                    faults.append(f"{view.name}: another tree digest")
    except Refusal as error:
        faults.append(f"refused: {error}")
    return faults, first


def each_engine(place, step):
    for name, engine in place.engines.items():
        if isinstance(engine, str):
            place.report.skip(f"{step}: {name}", engine)
        else:
            yield name, engine


def between(place, name, wanted, views):
    """The exports of docker and podman are one tree."""
    step = f"{name}: docker and podman agree on the result"
    if "docker" not in views or "podman" not in views:
        reasons = [e for e in place.engines.values() if isinstance(e, str)]
        return place.report.skip(step, reasons[0] if reasons
                                 else "an engine failed above")
    docker, podman = views["docker"], views["podman"]

    def skip(path, field):
        # Neither has an entry for the root or tells when it made what an
        # image does not declare.
        return not path or path in wanted.implied and field == "mtime" or \
            made_by_docker(wanted, path, field)

    lines = seen.compare(podman.tree, docker.tree, "capability", True, skip)
    place.report.check(step, notes(lines))


def optimize(place, source, out, *more):
    told = place.pare("optimize", source, "-o", out, "--base", "none",
                      "--min-gain", "0", "--format", "json", *more)
    if told["proof"] != "equal":
        raise Refusal(f"pare optimize: proof {told['proof']}")


def put(place, name, tars):
    """The image as one file that all engines read; its path."""
    config = images.make_config(tars, {"x-name": name})
    path = place.path("source.tar")
    with open(path, "wb") as out:
        out.write(images.archive(images.docker_files(
            tars, config, place.tag("source"), legacy=False)))
    return path


def before(place, name, tars, lenient):
    """The model's tree is pare's and every engine's."""
    report, source, wanted = place.report, put(place, name, tars), Wanted(tars)
    told = place.pare("analyze", "--format", "json", source)["tree_digest"]
    report.check(f"{name}: pare's tree is the model's",
                 [f"{told}, not {wanted.digest}"] * (told != wanted.digest))
    for engine_name, engine in each_engine(place, f"{name}: source"):
        report.check(f"{name}: source: {engine_name}", source_check(
            place, engine, wanted, name, "docker-archive:" + source
            if engine_name == "podman" else source, lenient))


def padded(tars):
    """The same with something to lose in each layer, so that pare writes all
    of them anew: what it keeps bit for bit keeps its engine cases as well."""
    made = [images.layer_tar([images.f("zz-pad", b"%d" % i * 600)], tar)
            for i, tar in enumerate(tars)]
    return made + [images.layer_tar([images.wh("zz-pad")])]


def after(place, name, tars):
    """What pare makes of it shows that tree in every engine."""
    report, padded_tars = place.report, padded(tars)
    source = put(place, name, padded_tars)
    wanted, result = Wanted(padded_tars), place.path("result.tar")
    optimize(place, source, result, "--tag", place.tag("result"))
    layers = read_image(result).tars()
    written = Wanted(layers)
    faults = ["the tree changed"] * (written.digest != wanted.digest)
    faults += ["a layer was kept"] * bool(set(layers) & set(padded_tars[:-1]))
    report.check(f"{name}: optimize", faults)
    views = {}
    for engine_name, engine in each_engine(place, f"{name}: result"):
        faults, view = result_check(place, engine, written, result)
        if report.check(f"{name}: result: {engine_name}", faults):
            views[engine_name] = view
    between(place, name, written, views)
    os.remove(result)
    shutil.rmtree(place.path("cache"), ignore_errors=True)
