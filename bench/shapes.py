# SPDX-License-Identifier: Apache-2.0
"""shapes - one table over the images of make_shapes: what each costs to look
at and to shrink, and what it becomes, skopeo's plain copy beside it."""
import json
import os
import subprocess

from timing import Run, size_of

HERE = os.path.dirname(os.path.abspath(__file__))
NAMES = ("minimal", "python", "node", "java", "static", "huge")
COLUMNS = ("image", "MB", "live", "entries", "look", "again", "as it is",
           "gzip", "zstd:3", "skopeo gzip", "skopeo zstd:3",
           "MB skopeo gzip", "pare gzip", "skopeo zstd:3", "pare zstd:3")


def made(folder, names):
    """(name, path) of the images, made when they are not there."""
    subprocess.run([os.path.join(HERE, "make_shapes"), folder, *names],
                   check=True, stdout=subprocess.DEVNULL)
    return [(n, os.path.join(folder, n + ".tar")) for n in names]


def totals(bench, path):
    told = subprocess.run([bench.pare, "analyze", "--no-cache", "--format",
                           "json", path], check=True, stdout=subprocess.PIPE)
    return json.loads(told.stdout)["totals"]


def is_sparse(path):
    found = os.stat(path)
    return found.st_blocks * 512 < found.st_size / 2


def dry(bench, path):
    return Run("dry run", [bench.pare, "optimize", "--no-cache", path,
                           "--compression", "gzip"])


def commands(bench, path):
    named = "docker-archive:" + path
    skopeo = bench.skopeo(named, "gzip") + bench.skopeo(
        named, "zstd:3", "--dest-compress-format", "zstd",
        "--dest-compress-level", "3")
    # Raw layers of what is a hole here would fill the disk.
    return [bench.look(path), bench.again(path),
            None if is_sparse(path) else bench.optimize(path, "as it is"),
            bench.optimize(path, "gzip", "--compression", "gzip"),
            bench.optimize(path, "zstd:3", "--compression", "zstd:3")
            ], skopeo or [None, None]


def row(bench, name, path):
    ours, skopeo = commands(bench, path)
    bench.rounds_of([run for run in ours + skopeo if run])
    found = totals(bench, path)
    sizes = [skopeo[0], ours[3], skopeo[1], ours[4]]
    cells = [name, f"{size_of(path) / 1e6:.1f}", f"{found['live'] / 1e6:.1f}",
             f"{found['entries']:,}"]
    cells += [run.cost() if run else "" for run in ours + skopeo]
    cells += [f"{run.size / 1e6:.1f}" if run else "" for run in sizes]
    print("| " + " | ".join(cells) + " |", flush=True)


def table(bench, folder, names):
    print("Costs are CPU seconds and MiB of memory.\n")
    print("| " + " | ".join(COLUMNS) + " |")
    print("| --- |" + " ---: |" * (len(COLUMNS) - 1))
    for name, path in made(folder, names or NAMES):
        row(bench, name, path)
    print("\nWithout a destination, to gzip:\n")
    print("| image | CPU s, MiB |\n| --- | ---: |")
    for name, path in made(folder, names or NAMES):
        run = dry(bench, path)
        bench.rounds_of([run])
        print(f"| {name} | {run.cost()} |", flush=True)
