# SPDX-License-Identifier: Apache-2.0
"""overlay - what the kernel's overlay lists of an image's layers.

Engines unpack each layer into a directory of its own: a whiteout becomes a
0:0 character device, an opaque marker an attribute of its directory. Then the
directories are laid over one another, and the kernel's rules hold, not the
image's:

- A name is looked up from the top. A device ends the search, a file or link
  is found or, below a directory, ends it; directories are merged down to the
  first one that is opaque. The root is merged whatever its attributes say.
- Where two directories or more are merged, readdir leaves out devices. One
  directory alone is passed through as it is: its devices are listed, and
  lstat says that they are not there.
"""


class Stored:
    """One layer's directory: path -> "d", "w" or another type; opaque ones."""

    def __init__(self, layer):
        self.names = {p: n.type for p, n in layer.own.items()}
        for directory, name in layer.standing:
            if name is not None:
                self.names.setdefault(directory + (name,), "w")
        self.opaques = {p for p, name in layer.standing
                        if name is None and p and self.names.get(p) == "d"}
        self.children = {}
        for path in self.names:
            if path:
                self.children.setdefault(path[:-1], []).append(path)


def lookup(stack, path):
    """(its type or None, the layers that it is merged of, from the top)"""
    found = []
    for layer in stack:
        kind = layer.names.get(path)
        if kind == "d":
            found.append(layer)
            if path in layer.opaques:
                break
        elif kind == "w" or kind and found:
            break
        elif kind:
            return kind, []
    return ("d" if found else None), found


def listing(model):
    """{path: its type, or None where readdir lists what is not there}"""
    stack = [Stored(layer) for layer in reversed(model.layers)]
    shown, todo = {(): "d"}, [((), stack)]
    while todo:
        directory, merged = todo.pop()
        for path in {p for layer in merged
                     for p in layer.children.get(directory, [])}:
            kind, below = lookup(merged, path)
            if kind is None and (len(merged) > 1 or not directory):
                continue
            shown[path] = kind
            if kind == "d":
                todo.append((path, below))
    return shown


def phantoms(model):
    return {p for p, kind in listing(model).items() if kind is None}


def show(path):
    return "/" + b"/".join(path).decode(errors="backslashreplace")
