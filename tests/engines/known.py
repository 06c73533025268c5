# SPDX-License-Identifier: Apache-2.0
"""known - where real engines disagree with DESIGN section 3."""


def of_source(engine, name):
    return "", set()


def of_result(engine, name):
    return set()


def always(engine, key, want, have):
    """What no image can tell an engine."""
    if engine in ("docker", "podman") and key.endswith(" mtime"):
        return want < 0 and have == 0
    return False
