# SPDX-License-Identifier: Apache-2.0
"""report - counts checks; a skip is never a pass.

Failures and skips are printed, with --tap every check. The last line is
"N passed, N failed, N skipped".
"""
import sys
import threading


class Report:
    def __init__(self, tap):
        self.tap, self.lock = tap, threading.Lock()
        self.passed = self.failed = self.skipped = 0
        self.entries = 0
        self.reasons = {}

    def line(self, mark, name, more=""):
        count = self.passed + self.failed + self.skipped
        if self.tap:
            print(f"{mark} {count} - {name}{more}", flush=True)

    def ok(self, name):
        with self.lock:
            self.passed += 1
            self.line("ok", name)

    def fail(self, name, notes):
        with self.lock:
            self.failed += 1
            self.line("not ok", name)
            head = "" if self.tap else f"FAILED {name}\n"
            notes = [n for note in notes for n in str(note).split("\n")]
            sys.stdout.write(head + "".join(f"#   {n}\n" for n in notes[:12]))
            sys.stdout.flush()

    def check(self, name, faults):
        """A check passes when there is no fault."""
        if faults:
            self.fail(name, faults)
        else:
            self.ok(name)
        return not faults

    def skip(self, name, reason):
        with self.lock:
            self.skipped += 1
            self.line("ok", name, f" # SKIP {reason}")
            self.reasons[reason] = self.reasons.get(reason, 0) + 1

    def compared(self, want, have):
        """Two trees were held against each other."""
        with self.lock:
            self.entries += len(set(want) | set(have))

    def end(self):
        """The exit status: 77 when nothing ran."""
        if self.tap:
            print(f"1..{self.passed + self.failed + self.skipped}")
        for reason, count in sorted(self.reasons.items()):
            if not self.tap:
                print(f"skipped: {reason}: {count} checks")
        print(f"# {self.entries:,} entries of engines compared")
        print(f"{self.passed} passed, {self.failed} failed, "
              f"{self.skipped} skipped")
        if self.failed:
            return 1
        return 0 if self.passed else 77
