# SPDX-License-Identifier: Apache-2.0
"""All trap images, by name."""
import os
import sys

sys.path.insert(0, os.path.dirname(__file__))

import engine  # noqa: E402
import ghosts  # noqa: E402
import kinds  # noqa: E402
import links  # noqa: E402
import peers  # noqa: E402
import refused  # noqa: E402
import tarforms  # noqa: E402

TRAPS = [t for group in (peers, kinds, engine, ghosts, links, tarforms)
         for t in group.TRAPS]
REFUSED = refused.REFUSED
assert len({t.name for t in TRAPS + REFUSED}) == len(TRAPS) + len(REFUSED)
