# SPDX-License-Identifier: Apache-2.0
"""signals - killed at random moments and at each step of the commit;
interrupted."""
import random
import signal
import time

from stage import CASES

STEPS = ("rename", "fsync", "mkdir")


def disturbed(stage, case, pause, number):
    """A run that gets a signal after a while; its exit status."""
    child = stage.start(case)
    time.sleep(pause)
    child.send_signal(number)
    child.communicate()
    return child.returncode


def duration(stage, case, known={}):
    if case not in known:
        stage.learn(case)
        stage.reset(case)
        start = time.monotonic()
        stage.run(case)
        known[case] = time.monotonic() - start
    return known[case]


def then_whole(stage, tally, name, case):
    """The next run clears what the killed one left."""
    status, said = stage.run(case)
    wrong = [f"exit {status}: {said}"] if status else []
    tally(name + ", then a whole run",
          wrong + list(stage.judge_whole(case)))


def kill(stage, tally, args):
    """SIGKILL at random moments."""
    rng = random.Random(args.seed)
    for i in range(args.kills):
        case = CASES[i % len(CASES)]
        pause = rng.uniform(0, 1.1 * duration(stage, case))
        was = stage.reset(case)
        status = disturbed(stage, case, pause, signal.SIGKILL)
        name = f"kill {i} ({case}) after {pause:.3f} s"
        wrong = [] if status in (-signal.SIGKILL, 0) else [f"exit {status}"]
        tally(name, wrong + list(stage.judge(case, was, killed=True)))
        then_whole(stage, tally, name, case)


def steps(stage, tally, args):
    """SIGKILL before each rename, fsync and mkdir: moments that chance finds
    too rarely."""
    for case in CASES[:None if args.all else 10]:
        stage.learn(case)
        counts = stage.counts(case)
        for call in STEPS[:None if args.all else 1]:
            for at in range(1, counts[call] + 1):
                was = stage.reset(case)
                status, _ = stage.run(case, LD_PRELOAD=stage.shim,
                                      FAULT_CALL=call, FAULT_AT=str(at),
                                      FAULT_ERRNO="kill")
                name = f"kill before {call} {at} ({case})"
                wrong = [] if status == -signal.SIGKILL \
                    else [f"exit {status}"]
                tally(name, wrong + list(stage.judge(case, was, killed=True)))
                then_whole(stage, tally, name, case)


def interrupt(stage, tally, args):
    """SIGHUP, SIGINT and SIGTERM: status 129, 130 and 143, nothing left."""
    rng = random.Random(args.seed + 1)
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    for i, case in enumerate(CASES):
        for number in numbers if args.all else [numbers[i % 3]]:
            pause = rng.uniform(0.05, 1.1) * duration(stage, case)
            was = stage.reset(case)
            status = disturbed(stage, case, pause, number)
            # Before main() has asked for it a signal just kills.
            early = -number if pause < 0.1 else 0
            wrong = [] if status in (128 + number, 0, early) \
                else [f"exit {status}"]
            tally(f"{number.name} ({case}) after {pause:.3f} s",
                  wrong + list(stage.judge(case, was)))
