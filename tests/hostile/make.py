# SPDX-License-Identifier: Apache-2.0
"""make - the hostile images. What pare says of each stands in expected.txt.

good-X is read, bad-X breaks its format or a limit, unsupported-X is sound but
of a kind that pare does not read. make.py DIR writes them all to look at."""
import os
import sys
from dataclasses import dataclass

import cases_archive
import cases_blob
import cases_document
import cases_layer
import cases_write


@dataclass
class Case:
    name: str
    proves: str
    image: object  # bytes of a file, or {name: bytes} of a directory
    status: int = None
    argv: list = None
    check: object = None  # (stdout, place) -> a problem, or None
    peak_kib: int = 0
    fix_up: object = None  # (directory) makes what bytes cannot say

    def __post_init__(self):
        kind = self.name.split("-")[0]
        assert kind in ("good", "bad", "unsupported"), self.name
        if self.status is None:
            self.status = 0 if kind == "good" else 3
        self.argv = self.argv or ["analyze", "-q", "--format", "json",
                                  "IMAGE"]

    def write(self, where):
        """Writes it below a directory; returns how pare is to call it."""
        if isinstance(self.image, bytes):
            with open(os.path.join(where, "image.tar"), "wb") as out:
                out.write(self.image)
            return "image.tar"
        for name, data in self.image.items():
            path = os.path.join(where, "image", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as out:
                out.write(data)
        if self.fix_up:
            self.fix_up(os.path.join(where, "image"))
        return "image"


def cases():
    seen = set()
    for module in (cases_layer, cases_blob, cases_document, cases_archive,
                   cases_write):
        for row in module.rows():
            case = Case(**row)
            assert case.name not in seen, case.name
            seen.add(case.name)
            yield case


if __name__ == "__main__":
    for one in cases():
        place = os.path.join(sys.argv[1], one.name)
        os.makedirs(place, exist_ok=True)
        print(os.path.join(place, one.write(place)))
