# SPDX-License-Identifier: Apache-2.0
"""One shape of input: what makes it at a size, and who is given it."""


class Shape:
    """make(dir, n) leaves files in dir; commands: name -> arguments, run
    there, in their order. small is the n of counted instructions, large that
    of processor time. clocked: valgrind has no openat2(2), which directories
    are read with, so the shape is measured by processor time alone."""

    def __init__(self, make, commands, small=150, large=20000, clocked=False):
        self.make = make
        self.commands = commands
        self.small = small
        self.large = large
        self.clocked = clocked
