# SPDX-License-Identifier: Apache-2.0
"""Codes, messages and options: what stands before and after the program."""
import harness as h
from harness import *


def files():
    """Programs that cannot be run, one a reason."""
    d = tmp()
    def put(name, data, mode=0o755):
        with open(f"{d}/{name}", "wb") as f:
            f.write(data)
        os.chmod(f"{d}/{name}", mode)
    put("plain", b"exit 0\n", 0o644)
    put("script", b"exit 6\n")
    put("lost", b"#!/nope/sh\n")
    put("broken", b"\x7fELF\x02\x01\x01" + b"\0" * 60)
    put("file", b"", 0o644)
    os.symlink("loop", f"{d}/loop")
    return d


# 1.5: native as a shell, the personas as the programs that they stand for.
CASES = [  # what, native, tini, dumb-init, catatonit, gosu
    ("not-in-path-at-all", 127, 127, 2, 1, 1),
    ("/", 126, 126, 2, 1, 1),
    ("{d}/plain", 126, 126, 2, 1, 1),
    ("{d}/lost", 127, 127, 2, 1, 1),
    ("{d}/loop", 126, 1, 2, 1, 1),
    ("{d}/file/x", 126, 1, 2, 1, 1),
    ("{d}/script", 6, 6, 6, 6, 1),
    ("{d}/broken", 126, 1, 2, 1, 1),
    ("", 127, 127, 2, 1, 1),
]


@test
def exec_codes():
    d = files()
    for what, *codes in CASES:
        what = what.format(d=d)
        for who, code in zip(([], ["tini", "--"], ["dumb-init"],
                              ["catatonit"], ["gosu", "root"]), codes):
            got, out, err = init(*who, what)
            eq(got, code, f"{who} {what!r}")
            if code != 6:
                eq(err.count("\n"), 1, f"one line of {who} {what!r}: {err!r}")


@test
def exec_codes_as_the_peers():
    need("tini", "dumb-init", "catatonit", "gosu")
    d = files()
    for what, *_ in CASES:
        if "broken" in what or not what:  # glibc's exec hands these to sh
            continue
        what = what.format(d=d)
        for peer, args in (("tini", ["--"]), ("dumb-init", []),
                           ("catatonit", []), ("gosu", ["root"])):
            eq(init(peer, *args, what)[0], run(peer, *args, what)[0],
               f"{peer} {what}")


@test
def exec_messages():
    eq(init("nope-x")[2], "pare-init: nope-x: No such file or directory\n")
    eq(init("dumb-init", "nope-x")[2],
       "[dumb-init] nope-x: No such file or directory\n")
    has(init("tini", "nope-x")[2], "[FATAL tini (")
    eq(init("gosu", "root", "nope-x")[2],
       "error: nope-x: No such file or directory\n")
    has(init("catatonit", "nope-x")[2], "ERROR (catatonit:")


@test
def path_search():
    d = tmp()
    os.mkdir(f"{d}/a"), os.mkdir(f"{d}/b")
    for where, mode in (("a", 0o644), ("b", 0o755)):
        with open(f"{d}/{where}/prog", "w") as f:
            f.write("#!/bin/sh\nexit 9\n")
        os.chmod(f"{d}/{where}/prog", mode)
    eq(init("prog", env={"PATH": f"{d}/a:{d}/b"})[0], 9, "next after EACCES")
    eq(init("prog", env={"PATH": f"{d}/a"})[0], 126, "only EACCES")
    eq(init("prog", env={"PATH": ":/nope"}, cwd=f"{d}/b")[0], 9, "empty part")
    eq(init("true", env={})[0], 0, "no PATH")
    eq(init("prog", env={"PATH": "/" + "x" * 5000 + f":{d}/b"})[0], 9, "long")


@test
def exit_codes():
    for code in (0, 1, 7, 125, 126, 127, 128, 200, 255):
        eq(ns(INIT, "sh", "-c", f"exit {code}")[0], code)
    for sig in (1, 2, 9, 15, 34, 64):
        eq(ns(INIT, HELPER, "raise", sig)[0], 128 + sig, f"signal {sig}")
    eq(init("--exit-code", "143=0", HELPER, "raise", 15)[0], 0)
    eq(init("--exit-code=3=4", "--exit-code=4=5", "sh", "-c", "exit 3")[0], 4)
    eq(init("tini", "-e", "143", "-e9", "--", HELPER, "raise", 15)[0], 0)
    eq(init("tini", "-e9", "sh", "-c", "exit 9")[0], 0)
    for peer in ("tini", "dumb-init", "catatonit"):
        if shutil.which(peer):
            for argv in (["sh", "-c", "exit 77"], [HELPER, "raise", "15"]):
                eq(init(peer, "--", *argv)[0],
                   run(peer, "--", *argv)[0], peer)


@test
def options_are_never_permuted():
    for who in ([], ["tini"], ["dumb-init"], ["catatonit"]):
        eq(init(*who, "echo", "-l", "-z", "--help", "--")[1],
           "-l -z --help --\n", who)
        eq(init(*who, "--", "echo", "-h")[1], "-h\n", who)


@test
def bad_use_is_one_clear_line():
    for args, code in (
            ([], 125), (["--"], 125), (["--nope"], 125), (["-x", "true"], 125),
            (["--user"], 125), (["--grace=x", "true"], 125),
            (["--grace=0", "true"], 125), (["--grace=9999m", "true"], 125),
            (["--delay", "TERM", "true"], 125),
            (["--delay", "TERMX=1", "true"], 125),
            (["--rewrite", "1=99", "true"], 125),
            (["--ignore", "0", "true"], 125),
            (["--ignore", "RTMIN+31", "true"], 125),
            (["--exit-code", "256=0", "true"], 125),
            (["--exit-code", "1", "true"], 125),
            (["--to", "world", "true"], 125),
            (["--expand=1", "true"], 125),
            (["--exec", "--grace", "1", "true"], 125),
            (["--chown", "/etc", "true"], 125),
            (["--pre", " ", "true"], 125), (["--pre", "'x", "true"], 125),
            (["--chown", "/nope", "true"], 125),
            (["tini"], 1), (["tini", "-z", "true"], 1),
            (["tini", "-e", "300", "true"], 1), (["tini", "-e"], 1),
            (["tini", "-e", "x", "true"], 1), (["tini", "-p", "X", "true"], 1),
            (["tini", "--version", "--"], 1),
            (["dumb-init"], 1), (["dumb-init", "-x"], 1),
            (["dumb-init", "-r", "a:b", "true"], 1),
            (["dumb-init", "-r", "65:1", "true"], 1),
            (["dumb-init", "-r", "1", "true"], 1),
            (["dumb-init", "-r", "1:32", "true"], 1),
            (["dumb-init", "-r", "34:1", "true"], 1),
            (["dumb-init", "-r", "1:TERM", "true"], 1),
            (["dumb-init", "--ver"], 1), (["dumb-init", "--nope"], 1),
            (["catatonit"], 1), (["catatonit", "-z"], 1),
            (["gosu"], 1), (["gosu", "root"], 1), (["su-exec", "root"], 1)):
        if args[:2] == ["--chown", "/nope"]:
            args = ["--user", "daemon"] + args
        got, out, err = init(*args)
        eq(got, code, args)
        eq((out + err).count("\n"), 1, f"{args}: {out + err!r}")


@test
def bad_use_as_the_peers():
    for peer, *args in (
            ("tini",), ("tini", "-z", "true"), ("tini", "-e", "300", "true"),
            ("tini", "-p", "X", "true"), ("tini", "--version", "--"),
            ("dumb-init",), ("dumb-init", "-x"), ("dumb-init", "-r", "a:b", "x"),
            ("dumb-init", "--ver"), ("catatonit",), ("catatonit", "-z"),
            ("gosu",), ("gosu", "root"), ("gosu", "nosuch", "true"),
            ("gosu", "4294967296", "true"), ("gosu", "-1", "true"),
            ("gosu", "daemon:nogrp", "true"), ("gosu", "--help"),
            ("gosu", "--version"), ("tini", "-h"), ("dumb-init", "-h"),
            ("dumb-init", "--version"), ("dumb-init", "--he"),
            ("catatonit", "-V"), ("tini", "-l"), ("tini", "--version")):
        if shutil.which(peer):
            eq(init(peer, *args)[0], run(peer, *args)[0], (peer, *args))


@test
def versions_that_programs_read():
    import re
    out = init("tini", "--version")[1]
    if not re.fullmatch(r"tini version [0-9.]+ - git\.[^.]+\n", out):
        raise AssertionError(out)
    eq(init("dumb-init", "--version")[1:], ("", "dumb-init v1.2.5\n"))
    has(init("catatonit", "--version")[1], "tini version")
    has(init("gosu", "--version")[1], "1.19 (")
    has(init("--version")[1], "pare-init ")
    eq(init("dumb-init", "-h")[1], "", "help of dumb-init is on stderr")


@test
def personas_by_name():
    d = tmp()
    for name in ("tini", "docker-init", "dumb-init", "catatonit", "gosu",
                 "su-exec", "podman-init", "init"):
        os.symlink(INIT, f"{d}/{name}")
    has(run(f"{d}/docker-init", "--version")[1], "tini version")
    eq(run(f"{d}/docker-init", "--", "sh", "-c", "exit 5")[0], 5)
    eq(run(f"{d}/podman-init", "--", "sh", "-c", "exit 5")[0], 5)
    eq(run(f"{d}/init", "--", "sh", "-c", "exit 5")[0], 5)
    eq(run(f"{d}/dumb-init", "nope-x")[0], 2)
    has(run(f"{d}/gosu", "daemon", "id", "-u")[1], "1")
    has(run(f"{d}/su-exec", "daemon", "id", "-u")[1], "1")


@test
def help_and_man_agree():
    text = init("--help")[1]
    names = [l.split()[0].split("=")[0] for l in text.splitlines()
             if l.startswith("  --")]
    man = os.environ.get("PARE_INIT_MAN")
    if len(names) < 15:
        raise AssertionError(names)
    if man:
        with open(man) as f:
            page = f.read().replace("\\-", "-")
        for n in names:
            has(page, n)


@test
def the_threat_model_names_tests_that_are_there():
    here = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(here, "../../docs/pare-init.md")) as f:
        part = f.read().split("## Who may do what")[1].split("\n## ")[0]
    named = [l.split("`")[-2] for l in part.splitlines() if "` |" in l]
    have = {fn.__name__ for fn in h.tests}
    eq(len(named), 13)
    eq([n for n in named if n not in have], [])


@test
def a_path_is_a_program_whatever_its_name():
    d = tmp()
    for name in ("probe", "gosu", "tini", "dumb-init", "catatonit"):
        shutil.copy("/bin/echo", f"{d}/{name}")
        eq(init(f"{d}/{name}", "-x", "root")[:2], (0, "-x root\n"), name)
        eq(init(f"./{name}", "hello", cwd=d)[:2], (0, "hello\n"), name)


@test
def no_writable_segment_and_small():
    size = os.path.getsize(INIT)
    if size > int(os.environ.get("PARE_INIT_SIZE_MAX", "24576")):
        raise AssertionError(f"{size} bytes")
    need("readelf")
    out = run("readelf", "-lW", INIT)[1]
    loads = [l for l in out.splitlines() if l.split()[:1] == ["LOAD"]]
    eq(len(loads), 1)
    has(loads[0], "R E")
    stack = [l for l in out.splitlines() if "GNU_STACK" in l][0]
    if "RWE" in stack:
        raise AssertionError("executable stack")


@test
def aarch64_runs():
    if not h.INIT_AARCH64:
        raise Skip("no compiler for aarch64")
    need("qemu-aarch64-static")
    q = ["qemu-aarch64-static", h.INIT_AARCH64]
    eq(run(*q, "sh", "-c", "exit 5")[0], 5)
    eq(run(*q, "nope-x")[0], 127)
    eq(run(*q, "--user", "daemon", "id", "-un")[1], "daemon\n")
    eq(run(*q, "gosu", "1:2", "id", "-u")[1], "1\n")
    eq(run(*q, "--expand", "echo", "${A}", env={"A": "b"})[1], "b\n")
    eq(run(*q, "probe", "file:/etc/passwd")[0], 0)
    eq(run(*q, "probe", "file:/nope")[0], 1)
    eq(run(*q, "tini", "-e", "3", "sh", "-c", "exit 3")[0], 0)
    with Running(*q, HELPER, "signals", own_ns=False) as r:
        r.read_until("ready\n").kill(10).read_until("10 0\n")
        r.kill(15)
        eq(r.end(), 3)
