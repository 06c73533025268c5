# SPDX-License-Identifier: Apache-2.0
"""listed - what docker and podman list of twenty results of pare, with their
overlay and their vfs drivers.

Whatever readdir gives in a container must be there, and the names and their
types must be the tree that pare proved.
"""
import os
import shutil

from checks import Wanted, made_by_docker, optimize, put
from daemon import CannotStart, Daemon
from imageread import read_image
from loaders import Docker, Podman, Refusal
from seen import show

COUNT = 20
# (name, class of engine, storage driver)
ENGINES = [("docker-overlay2", Docker, "overlay2"), ("docker-vfs", Docker,
                                                     "vfs"),
           ("podman-overlay", Podman, "overlay"), ("podman-vfs", Podman,
                                                   "vfs")]


class Engine:
    """One engine with one driver, or why there is none."""

    def __init__(self, name, make, driver, work):
        self.name, self.engine, self.daemon = name, None, None
        place = os.path.join(work, driver[0])
        os.makedirs(place, exist_ok=True)
        try:
            if make is Docker:
                self.daemon = Daemon(place, (driver,))
                self.engine = Docker(self.daemon)
            else:
                self.engine = Podman(place, (driver,))
        except CannotStart as error:
            self.reason = str(error)

    def close(self):
        if self.daemon:
            self.daemon.stop()
        elif self.engine:
            self.engine.close()


def faults(engine, wanted, path, work):
    try:
        found = engine.names(path, work)
    except Refusal as error:
        return [f"refused: {error}"]
    want = {p: n.type for p, n in wanted.tree.items() if p}
    docker = isinstance(engine, Docker)
    lines = []
    for p in sorted(set(want) | {p for p in found if p}):
        if docker and made_by_docker(wanted, p, "type"):
            continue
        if p in found and found[p] is None:
            lines.append(f"{show(p)}: listed, and not there")
        elif want.get(p) != found.get(p):
            lines.append(f"{show(p)}: {want.get(p)}, not {found.get(p)}")
    return lines


def results(place, sources):
    """Each source, optimized, in each engine."""
    work, made = place.path("l"), []
    for n, tars in enumerate(sources):
        path = place.path(f"listed-{n}.tar")
        optimize(place, put(place, f"listed-{n}", tars), path,
                 "--tag", f"pare-test/listed:{n}")
        made.append((path, Wanted(read_image(path).tars())))
    for row in ENGINES:
        engine = Engine(*row, work)
        for n, (path, wanted) in enumerate(made):
            step = f"listed: result {n}: {engine.name}"
            if engine.engine is None:
                place.report.skip(step, engine.reason)
            else:
                place.report.check(step, faults(engine.engine, wanted, path,
                                                work))
        engine.close()
    shutil.rmtree(work, ignore_errors=True)
    for path, _ in made:
        os.remove(path)
