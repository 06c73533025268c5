# SPDX-License-Identifier: Apache-2.0
"""faults - calls that fail, or do half of what they were asked for."""
import errno
import os
import random
import re

from stage import Case

HALVES = ("short", "EINTR")
ERRORS = {
    "fsync": ["EIO"], "rename": ["EIO"], "open": ["EMFILE"],
    "ftruncate": ["ENOSPC"], "mkdir": ["ENOSPC"],
    "read": ["EIO", *HALVES], "pread": ["EIO", *HALVES],
    "write": ["EIO", *HALVES], "pwrite": ["ENOSPC", *HALVES],
}
CASES = [Case("optimize", "archive", False), Case("optimize", "oci", True),
         Case("optimize", "dir", True),
         Case("optimize", "docker-archive", True),
         Case("squash", "archive", True),
         Case("optimize", "archive", False, packed=True)]


# What only pare calls so: a message names what the user knows.
OWN_NAMES = re.compile(r"\.pare-|\.undo|\.new\b|: archive:|: temporary file")


def sample(n, most, rng):
    """Numbers of calls: the first and last ones, and some between."""
    every = list(range(1, n + 1))
    if n <= most:
        return every
    if most < 3:
        return rng.sample(every, most)
    edge = max(1, most // 5)
    middle = rng.sample(every[edge:-edge], most - 2 * edge)
    return every[:edge] + sorted(middle) + every[-edge:]


def failed_well(error, status, said, call):
    """Status 3 and the reason; what may be done without may go on: the cache,
    a second document beside the one that is believed."""
    if error in HALVES:
        if status:
            yield f"exit {status}: {said}"
    elif status not in (0, 3):
        yield f"exit {status}: {said}"
    elif status == 3 and os.strerror(getattr(errno, error)) not in said:
        yield f"does not say why: {said!r}"
    elif status == 0 and call not in ("open", "read", "pread"):
        yield "exit 0, expected 3"
    if OWN_NAMES.search(said):
        yield f"names what the user does not know: {said!r}"


def fault(stage, tally, case, call, at, error):
    was = stage.reset(case)
    number = error if error == "short" else str(getattr(errno, error))
    status, said = stage.run(case, LD_PRELOAD=stage.shim, FAULT_CALL=call,
                             FAULT_AT=str(at), FAULT_ERRNO=number)
    wrong = list(failed_well(error, status, said, call))
    # What cannot be opened cannot be emptied and removed either.
    if status == 0:
        was = stage.complete[case]
    tally(f"{error} of {call} {at} ({case})",
          wrong + list(stage.judge(case, was, litter=call == "open")))


def faults(stage, tally, args):
    """Every kind of call, at its first, its last and some other times."""
    rng = random.Random(args.seed + 2)
    for case in CASES:
        stage.learn(case)
        for call, n in stage.counts(case).items():
            for error in ERRORS[call]:
                most = args.samples // (3 if error in HALVES else 1)
                for at in sample(n, max(most, 1), rng):
                    fault(stage, tally, case, call, at, error)
