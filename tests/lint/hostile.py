# SPDX-License-Identifier: Apache-2.0
"""Dockerfiles and directories that nobody sane would write.

CASES: name -> function(root) that makes them below root and returns the
arguments for pare lint and the exit statuses that are right."""
import os
import random
import socket

CASES = {}
NAMES = [b"Dockerfile", b"a b.Dockerfile", b"100%,:.Dockerfile",
         b"-x.Dockerfile", b"x\n::error::y.Dockerfile", b"\xff\xfe.Dockerfile",
         b"]]><b>&'\".Dockerfile", b"\x1b[2J.Dockerfile", b"\\.Dockerfile",
         "\u202eelif.Dockerfile".encode(), b"#.Dockerfile", b"\t.Dockerfile"]
WASTE = (b"FROM debian\nRUN apt-get update && apt-get install -y curl $x\n"
         b"RUN cd /tmp && sudo ls | wc\nMAINTAINER me\n")


def case(f):
    CASES[f.__name__.replace("_", "-")] = f
    return f


def put(root, name, data):
    path = os.path.join(os.fsencode(root), name if isinstance(name, bytes)
                        else name.encode())
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(data)
    return os.fsdecode(path)


def files(root, contents):
    """One file each; all are given by name."""
    return [os.path.relpath(put(root, f"{n}/Dockerfile", data), root)
            for n, data in enumerate(contents)]


@case
def names(root):
    for name in NAMES:
        put(root, name, WASTE)
    return ["."], {1}


@case
def names_given(root):
    paths = [os.path.relpath(put(root, n, WASTE), root) for n in NAMES]
    return ["--"] + paths, {1}


@case
def bytes_of_all_kinds(root):
    return files(root, [
        b"", b"\n", b"\0", b"\0" * 5000, b"\xef\xbb\xbf", b"\xef\xbb\xbf\n",
        b"\xff\xfeF\0R\0O\0M\0", b"\x7fELF\2\1\1" + bytes(range(256)) * 9,
        b"FROM x", b"\r", b"FROM x\rRUN y\r", b"\\", b"\\\n", b"RUN \\",
        b"FROM x\nRUN a\\", b"#", b"# escape=", b"# escape=`", b"FROM",
        b"FROM \0\nRUN \0 $\0\n", b"RUN [", b"RUN [\"", b"RUN [\"\\ud800\"]",
        b"ENV", b"ENV =", b"ENV =x", b"ENV a", b"COPY", b"COPY <<", b"COPY a",
        b"RUN <<E", b"RUN <<E\n", b"RUN <<E\nE", b"RUN <<''\n\n", b"ONBUILD",
        b"ONBUILD RUN", b"ONBUILD ONBUILD RUN x", b"HEALTHCHECK", b"SHELL []",
        b"SHELL [\"\"]\nRUN x", b"FROM x\nSHELL [\"\\u0000\"]\nRUN x",
        b"RUN --mount", b"RUN --mount=", b"RUN --mount=type=", b"RUN --",
        b"RUN '", b"RUN \"", b"RUN `", b"RUN $(", b"RUN ${", b"RUN $((", b"RUN (",
        b"FROM ${x:-${y:-z}}", b"FROM $", b"FROM ${}", b"FROM a AS", b"FROM a b c",
        b"EXPOSE 99999999999999999999", b"USER", b"LABEL \"", b"ARG", b"ARG =",
    ]), {0, 1}


@case
def mixed_line_ends(root):
    return files(root, [
        b"FROM debian\r\nRUN apt-get install curl\r\n",
        b"FROM debian\r\nRUN a \\\r\n  # b\r\n\r\n  && sudo c\r\n",
        b"\xef\xbb\xbfFROM debian\r\nRUN sudo \xc3\xa9\xf0\x9f\x90\xb3 $x\r\n",
        b"FROM debian\nRUN sudo \xff\xed\xa0\x80\xf4\x90\x80\x80 $x \xc0\xaf $y",
        b"FROM x\r\nRUN <<E\r\nsudo a\r\ncd $b\r\nE\r\n",
        b"# escape=`\r\nFROM x\r\nRUN a `\r\n sudo b\r\n",
        b"FROM debian\t\nRUN\tsudo\ta\t$x\t\n",
    ]), {1}


@case
def long_lines(root):
    words = b" ".join(b"p%d" % i for i in range(9000))
    return files(root, [
        b"FROM x\nRUN apt-get install " + words + b"\n",
        b"FROM x\nRUN apt-get install " + words.replace(b" ", b" \\\n ") + b"\n",
        b"FROM x\nENV " + b" ".join(b"a%d=1" % i for i in range(7000)) + b"\n",
        b"FROM x\nRUN echo " + b"$x" * 9000 + b"\n",
        b"FROM x\n# " + b"\xe6\x97\xa5" * 20000 + b"\n",
        b"FROM " + b"a" * 65000 + b"\n",
        b"RUN " + b"a" * 70000 + b"\n",
    ]), {1}


@case
def many_of_everything(root):
    n = 1000
    stages = b"".join(b"FROM x AS s%d\nCOPY --from=s%d a b\n" % (i, i - 1)
                      for i in range(1, n))
    return files(root, [
        b"FROM x\n" + b"RUN sudo a\n" * 4000,
        stages,
        b"FROM x\n" + b"".join(b"ENV v%d=$v%d\n" % (i, i - 1)
                               for i in range(1, n)),
        b"FROM x\n" + b"# hadolint ignore=DL3004\nRUN sudo a\n" * n,
        b"# hadolint global ignore=" + b",".join(
            b"DL%d" % i for i in range(3000, 9000)) + b"\nFROM x\n",
        b"FROM x\nRUN <<E\n" + b"sudo a\n" * n + b"E\n",
        b"FROM x\nRUN cat " + b" ".join(b"<<E%d" % i for i in range(n)) + b"\n" +
        b"".join(b"E%d\n" % i for i in range(n)),
        b"FROM x\n" + b"LABEL a=b\n" * n + b"\n" * 200000,
    ]), {0, 1}


@case
def deep_nesting(root):
    n = 3000
    return files(root, [
        b"FROM x\nRUN " + b"$(" * n + b"a" + b")" * n + b"\n",
        b"FROM x\nRUN " + b"(" * n + b"a" + b")" * n + b"\n",
        b"FROM x\nRUN " + b"{ " * n + b"a" + b";}" * n + b"\n",
        b"FROM x\nRUN " + b"if a; then " * n + b"a" + b"; fi" * n + b"\n",
        b"FROM x\nRUN " + b"${a:-" * n + b"a" + b"}" * n + b"\n",
        b"FROM x\nENV a=" + b"${a:-" * n + b"a" + b"}" * n + b"\n",
        b"FROM x\nRUN " + b"\"$(" * n + b"a" + b")\"" * n + b"\n",
        b"FROM x\nRUN " + b"$((" * n + b"1" + b"))" * n + b"\n",
        b"FROM x\nRUN " + b"a | " * n + b"a\n",
        b"FROM x\nRUN " + b"a && " * n + b"a\n",
        b"FROM x\nRUN " + b"! " * n + b"a\n",
        b"FROM x\nRUN " + b"`" * n + b"\n",
        b"ONBUILD " * n + b"RUN a\n",
        b"FROM x\nRUN [" + b"[" * n + b"\n",
        b"FROM x\nRUN bash -c '" + b"sh -c \"" * n + b"\n",
    ]), {0, 1, 3}


@case
def too_large(root):
    """At the ceiling of the parser, and a byte over it."""
    full = WASTE + b"# a note\n" * 500000
    full = full[:(4 << 20) - 1] + b"\n"
    return files(root, [full, full + b"\n", WASTE]), {3}


@case
def what_is_no_file(root):
    put(root, "ok/Dockerfile", WASTE)
    os.mkdir(os.path.join(root, "Dockerfile"))
    put(root, "Dockerfile/inner.Dockerfile", WASTE)
    os.mkfifo(os.path.join(root, "fifo.Dockerfile"))
    s = socket.socket(socket.AF_UNIX)
    here = os.getcwd()
    os.chdir(root)
    s.bind("socket.Dockerfile")
    os.chdir(here)
    s.close()
    os.symlink("/dev/zero", os.path.join(root, "zero.Dockerfile"))
    os.symlink("nowhere", os.path.join(root, "dangling.Dockerfile"))
    os.symlink("loop.Dockerfile", os.path.join(root, "loop.Dockerfile"))
    os.symlink("..", os.path.join(root, "ok", "up"))
    os.symlink("ok/Dockerfile", os.path.join(root, "link.Dockerfile"))
    return ["."], {1, 3}


@case
def one_that_is_not_there(root):
    put(root, "b/Dockerfile", WASTE)
    return ["a/Dockerfile", "b/Dockerfile", "c"], {3}


@case
def deep_directories(root):
    here = os.getcwd()
    os.chdir(root)
    for _ in range(1100):
        os.mkdir("dddd")
        os.chdir("dddd")
    with open("Dockerfile", "wb") as f:
        f.write(WASTE)
    os.chdir(here)
    put(root, "Dockerfile", WASTE)
    return ["."], {1, 3}


def mutate(rng, data):
    data = bytearray(data)
    for _ in range(rng.randrange(1, 8)):
        at = rng.randrange(len(data) + 1)
        what = rng.randrange(5)
        if what == 0:
            data[at:at] = bytes([rng.randrange(256)])
        elif what == 1:
            del data[at:at + rng.randrange(1, 20)]
        elif what == 2:
            data[at:at] = rng.choice([
                b"\\\n", b"\r\n", b"<<E", b"$(", b"\"", b"'", b"`", b"[",
                b"&& sudo rm -rf /x", b" | ", b"\xc3", b"\0", b"\n\n", b"#",
                b"ONBUILD ", b"RUN ", b"FROM ", b"--mount=", b"${", b"}"])
        elif what == 3:
            b = rng.randrange(len(data) + 1)
            data[at:at] = data[min(at, b):max(at, b)][:300]
        else:
            data[at:at] = b"\nRUN apt-get update && apt-get install x\n"
    return bytes(data)


def mutants(root, seeds, count, sources):
    out = []
    for seed in seeds:
        rng = random.Random(seed)
        for n in range(count):
            out.append(mutate(rng, rng.choice(sources)))
    return files(root, out), {0, 1}
