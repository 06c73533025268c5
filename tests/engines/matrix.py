# SPDX-License-Identifier: Apache-2.0
"""matrix - one image to every destination, in every compression, into every
engine.

docker 20.10 reads archives of its own kind alone, umoci 0.4.7 layouts, both
no zstd, and skopeo makes no docker archive of zstd layers. What an engine does
not read itself, skopeo copies for it; that zstd is refused is checked, too.
Engines skip layers that they have, so each of them forgets all in between.
"""
import json
import os
import shutil

from checks import (Wanted, each_engine, look, notes, optimize,
                    result_check)
from imageread import read_image
from loaders import Refusal

FORMS = ["", "docker-archive:", "oci-archive:", "oci:"]
CODECS = ["none", "gzip", "zstd"]


def destination(place, form):
    """The path, and how pare and skopeo name it."""
    path = place.path("small" if form == "oci:" else "small.tar")
    tag = {"docker-archive:": ":" + place.tag("small"), "oci:": ":small"}
    return path, form + path + tag.get(form, "")


def remove(path):
    if os.path.isdir(path):
        shutil.rmtree(path)
    elif os.path.exists(path):
        os.remove(path)


def sources(form, out):
    """How skopeo names it: the bare file is two things at once."""
    if form == "":
        return ["docker-archive:" + out, "oci-archive:" + out]
    return [out]


def no_zstd(place, layout, back):
    try:
        place.skopeo.copy(f"oci:{layout}:t", f"docker-archive:{back}:a/b:t")
    except Refusal as error:
        return [] if "zstd" in str(error) else [f"refused: {error}"]
    return ["skopeo makes a docker archive of zstd layers after all"]


def skopeo_check(place, source, diff_ids, codec):
    """Inspected, copied to a layout and back: the layers stay what they are."""
    layout, back = place.path("copied"), place.path("back.tar")
    faults = []

    def same(what, config):
        if config["rootfs"]["diff_ids"] != diff_ids:
            faults.append(f"{what}: other diff_ids")

    try:
        same("inspect", json.loads(place.skopeo.call(
            "inspect", "--config", source)))
        place.skopeo.call("inspect", source)
        place.skopeo.copy(source, f"oci:{layout}:t")
        image = read_image(layout)
        image.check()
        same("copy to oci", image.config)
        if codec == "zstd" and source.startswith("oci"):
            return faults + no_zstd(place, layout, back)
        place.skopeo.copy(f"oci:{layout}:t", f"docker-archive:{back}:a/b:t")
        image = read_image(back)
        image.check()
        same("copy back", image.config)
    except Refusal as error:
        faults.append(f"refused: {error}")
    finally:
        remove(layout)
        remove(back)
    return faults


def engine_check(place, engine, wanted, out, codec):
    # Skopeo inflates what a docker archive holds before umoci sees it.
    if codec != "zstd" or engine.name == "podman" or (
            engine.name == "umoci" and out.startswith("docker-archive:")):
        return result_check(place, engine, wanted, out)[0]
    try:
        for view in engine.trees(out, place.work, place.skopeo):
            return [f"{view.name}: zstd is read after all"]
    except Refusal:
        return []


def one(place, name, source, wanted, form, codec):
    path, out = destination(place, form)
    title = f"{name}: {form or 'one file'} {codec}"
    more = [] if form in ("docker-archive:", "oci:") else [
        "--tag", place.tag("small")]
    try:
        optimize(place, source, out, "--compression", codec, *more)
        image = read_image(path)
        image.check()
    except Refusal as error:
        return place.report.fail(title, [error])
    written = Wanted(image.tars())
    place.report.check(f"{title}: optimize", ["the tree changed"] * (
        written.digest != wanted.digest))
    for engine_name, engine in each_engine(place, title):
        place.report.check(f"{title}: {engine_name}", engine_check(
            place, engine, written, out, codec))
        engine.forget()
    for transport in sources(form, out):
        step = f"{title}: skopeo {transport.split(':')[0]}"
        if isinstance(place.skopeo, str):
            place.report.skip(step, place.skopeo)
        else:
            place.report.check(step, skopeo_check(
                place, transport, image.config["rootfs"]["diff_ids"], codec))
    remove(path)


def source_views(place, name, source, wanted, lenient):
    """All views of the source; a real image leaves parents out."""
    for engine_name, engine in each_engine(place, f"{name}: source"):
        try:
            views = list(engine.trees(source, place.work, place.skopeo))
            faults = [f"{view.name}: {n}" for view in views for n in notes(
                look(place, engine, wanted, view, lenient))]
        except Refusal as error:
            faults = [f"refused: {error}"]
        engine.forget()
        place.report.check(f"{name}: source: {engine_name}", faults)


def whole(place, name, source, lenient, pairs, look_at_source=True):
    told = place.pare("analyze", "--format", "json", source)["tree_digest"]
    wanted = Wanted(read_image(source).tars())
    place.report.check(f"{name}: pare's tree is the model's",
                       [f"{told}, not {wanted.digest}"]
                       * (told != wanted.digest))
    if look_at_source:
        source_views(place, name, source, wanted, lenient)
    for form, codec in pairs:
        one(place, name, source, wanted, form, codec)
