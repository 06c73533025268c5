# SPDX-License-Identifier: Apache-2.0
"""disks - full ones, and those that are seen to be too small beforehand."""
import errno
import os
import re
import subprocess
import sys

from stage import CASES, KINDS, size

here = os.path.dirname(os.path.abspath(__file__))
FULL = "No space left on device"


def says(done, *words):
    status, said = done
    if status != 3:
        yield f"exit {status}, expected 3: {said!r}"
    for word in words:
        if word not in said:
            yield f"said {said!r}, without {word!r}"


def destination(stage, case):
    return KINDS[case.kind].replace("PLACE", stage.place)


def disk(stage, tally, args):
    """A full disk: status 3, the file and the reason named, nothing left."""
    for case in CASES[:-1 if args.all else 10]:
        stage.learn(case)
        was = stage.reset(case)
        done = stage.run(case, LD_PRELOAD=stage.shim, FAULT_CALL="write",
                         FAULT_AT="20", FAULT_STAYS="1",
                         FAULT_ERRNO=str(errno.ENOSPC))
        tally(f"disk full at the 20th write ({case})",
              [*says(done, f"writing {destination(stage, case)}: {FULL}"),
               *stage.judge(case, was)])
    case = CASES[-1]
    stage.learn(case)
    was = stage.reset(case)
    done = stage.run(case, LD_PRELOAD=stage.shim, FAULT_CALL="write",
                     FAULT_AT="2", FAULT_ERRNO=str(errno.ENOSPC))
    tally("disk full while an archive is inflated",
          [*says(done, f"writing a temporary file in {stage.tmp}: {FULL}"),
           *stage.judge(case, was)])
    mounted_apart(stage, tally, args)


def mounted_apart(stage, tally, args):
    """A small tmpfs in a namespace of its own, which needs no root."""
    # In a chroot mounts cannot be made private; each is unmounted anyhow.
    ways = [["unshare", "-m"], ["unshare", "-m", "--propagation=unchanged"]] \
        if os.geteuid() == 0 else [["unshare", "-Urm"]]
    apart = next((way for way in ways if not subprocess.run(
        [*way, "true"], check=False, stderr=subprocess.DEVNULL).returncode),
        None)
    if apart is None:
        return tally.skip("disk of 6 MiB", "no mount namespace can be had")
    words = ["--all"] if args.all else []
    done = subprocess.run([*apart, sys.executable, here + "/run", "--tap",
                           "--pare", stage.pare, *words, "mounted"],
                          stdout=subprocess.PIPE, encoding="utf-8",
                          check=False)
    for line in done.stdout.splitlines():
        if found := re.match(r"(not )?ok \d+ - (.*)", line):
            tally(found[2], ["see above"] if found[1] else [])
        elif line.startswith("# "):  # of the test before
            print(line)
    tally("disks of 6 MiB", [f"ended with {done.returncode}"]
          if done.returncode else [])


def mounted(stage, tally, args):
    """How much gzip will need is not known beforehand."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", stage.place]
    for case in CASES[:None if args.all else 10]:
        stage.learn(case)
        was = stage.reset(case)
        kept = stage.path("moved")
        os.rename(stage.place, kept)
        os.mkdir(stage.place)
        subprocess.run(mount, check=True)
        try:
            subprocess.run(["cp", "-a", kept + "/.", stage.place], check=True)
            done = stage.run(case, "--compression", "gzip")
            tally(f"disk of 6 MiB ({case})",
                  [*says(done, f"writing {destination(stage, case)}: {FULL}"),
                   *stage.judge(case, was)])
        finally:
            subprocess.run(["umount", stage.place], check=True)
            subprocess.run(["rm", "-rf", kept], check=True)


def needed(said):
    found = re.search(r": (\d+) bytes or more are needed, but its file "
                      r"system has only (\d+) left", said)
    return tuple(map(int, found.groups())) if found else (None, None)


def refused(stage, case, place, left, where, most):
    """Refused before anything is written, with both numbers."""
    was = stage.reset(case)
    status, said = stage.run(case, LD_PRELOAD=stage.shim, FAULT_PLACE=place,
                             FAULT_FREE=str(left), FAULT_CALL="write",
                             FAULT_AT="1", FAULT_ERRNO=str(errno.EIO))
    need, told = needed(said)
    if status != 3 or f"{where}: " not in said or told != left:
        yield f"exit {status}: {said!r}"
    elif not most * 0.98 <= need <= most:
        yield f"{need} bytes are needed, but it has {most}"
    yield from stage.judge(case, was)


def space(stage, tally, args):
    """What cannot fit is told before the first write; what fits is done."""
    for case in CASES[:-1]:
        stage.learn(case)
        result = stage.sizes[case]
        if case.old and case.kind == "oci":
            result -= size(stage.path("kept/oci/out"))
        tally(f"no room ({case})", refused(
            stage, case, stage.place, 1000, destination(stage, case), result))
    case = CASES[0]
    stage.reset(case)
    status, said = stage.run(case, LD_PRELOAD=stage.shim,
                             FAULT_PLACE=stage.place,
                             FAULT_FREE=str(size(stage.sources[0])))
    tally("just enough room", [f"exit {status}: {said}"] if status else [])
    temporary = f"temporary files in {stage.tmp} (TMPDIR)"
    tally("no room to put contents aside", refused(
        stage, case, stage.tmp, 1000, temporary, stage.aside_size))
    stage.learn(CASES[-1])
    tally("no room to inflate an archive", refused(
        stage, CASES[-1], stage.tmp, 1000, temporary,
        size(stage.sources[1])))
