# SPDX-License-Identifier: Apache-2.0
"""Signals, reaping, the stop sequence and the terminal."""
import random, re
import harness as h
from harness import *

ALL = [s for s in range(1, 65) if s not in (9, 19, 17)]
TINI, DUMB = ["tini", "--"], ["dumb-init"]


def forwarded(who, skip=()):
    with Running(INIT, *who, HELPER, "signals", 500) as r:
        r.read_until("ready\n")
        for sig in [s for s in ALL if s not in skip and s != 15]:
            r.kill(sig).read_until(f"\n{sig} ")
        eq(r.kill(15).end(), 3)


@test
def every_signal_is_forwarded():
    for who in ([], ["--to", "group"], ["--to", "session"], ["tini", "-g"],
                TINI, ["dumb-init", "-c"]):
        forwarded(who)
    forwarded(["dumb-init"], skip=(20, 21, 22))
    forwarded(["catatonit"], skip=(20, 21, 22))


@test
def also_as_subreaper():
    with Running(INIT, HELPER, "signals", 500, own_ns=False) as r:
        r.read_until("ready\n")
        for sig in (1, 2, 10, 32, 33, 34, 64):
            r.kill(sig).read_until(f"\n{sig} ")
        eq(r.kill(15).end(), 3)


@test
def queued_values_and_storms():
    with Running(INIT, HELPER, "signals", 100000) as r:
        r.read_until("ready\n")
        eq(run(HELPER, "queue", r.pid1, 40, 1, 5000, timeout=60)[0], 0)
        eq(run(HELPER, "queue", r.pid1, 34, 1, 1000, timeout=60)[0], 0)
        time.sleep(0.5)
        eq(r.kill(15).end(), 3)
        lines = r.text.split("\n")
        eq(sum(l.startswith("40 ") for l in lines), 5000, "none lost")
        eq(sum(l.startswith("34 ") for l in lines), 1000, "none lost")
        eq([l for l in lines if l.startswith("40 ")],
           [f"40 {i}" for i in range(1, 5001)], "values, in order")


@test
def storm_of_all_signals_and_orphans():
    with Running(INIT, HELPER, "orphans", 300) as r:
        stop = time.time() + 1
        while time.time() < stop:
            for sig in (18, 28, 23):  # ignored by the helper
                r.kill(sig)
        r.p.stdin.close()
        r.p.stdin = None
        eq(r.end(), 7)


@test
def ten_thousand_orphans():
    with Running(INIT, HELPER, "orphans", 10000) as r:
        r.read_until("status 0")
        wait_for(lambda: len(children(r.pid1)) == 1)
        r.p.stdin.close()
        r.p.stdin = None
        eq(r.end(), 7)


def command_lines():
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{pid}/cmdline", "rb") as f:
                yield f.read().rstrip(b"\0").replace(b"\0", b" ").decode(
                    errors="replace")
        except OSError:
            pass  # it has ended


def children(pid):
    with open(f"/proc/{pid}/task/{pid}/children") as f:
        return f.read().split()


@test
def subreaper_by_itself():
    code = "(sh -c 'sleep 0.3; exit 0' &) ; sleep 0.1; exec sleep 0.6"
    with Running(INIT, "--verbose", "sh", "-c", code, own_ns=False) as r:
        eq(r.end(), 0)
        has(r.err, "Reaped zombie")


@test
def no_wake_ups_when_idle():
    with Running(INIT, "sleep", "30") as r:
        time.sleep(0.3)
        before = status(r.pid1)["voluntary_ctxt_switches"]
        time.sleep(3)
        eq(status(r.pid1)["voluntary_ctxt_switches"], before)


@test
def mask_and_dispositions_are_inherited():
    for who in ([], TINI, DUMB, ["catatonit"], ["--exec"], ["gosu", "root"],
                ["--to", "session"]):
        plain = run(HELPER, "with", "+10", "+64", "-1", "-13", "-17", "f",
                    "--", HELPER, "state")[1]
        ours = run(HELPER, "with", "+10", "+64", "-1", "-13", "-17", "f",
                   "--", INIT, *who, HELPER, "state")[1]
        pick = lambda t: [l for l in t.splitlines() if l[:6] in
                          ("SigBlk", "SigIgn", "SigPnd")]
        eq(pick(ours), pick(plain), who)


@test
def sigchld_ignored_is_no_hang():
    for who in ([], TINI, DUMB, ["catatonit"]):
        for argv, code in ((["sleep", "0.2"], 0), (["sh", "-c", "exit 4"], 4)):
            eq(run(*NS, HELPER, "with", "-17", "--", INIT, *who, *argv)[0],
               code, who)


@test
def leaders():
    def got(*who):
        out = init(*who, HELPER, "state")[1]
        return [l.split()[1] for l in out.splitlines()
                if l.startswith(("leader", "session"))]
    eq(got(), ["0", "0"])
    eq(got("--to", "group"), ["1", "0"])
    eq(got("--to", "session"), ["1", "1"])
    eq(got(*TINI), ["1", "0"])
    eq(got(*DUMB), ["1", "1"])
    eq(got("dumb-init", "-c"), ["0", "0"])
    eq(got("catatonit"), ["1", "0"])
    eq(init(HELPER, "setsid")[0], 0, "setsid(2) of the child works")


@test
def leaders_as_the_peers():
    for peer in (["tini", "--"], ["dumb-init"], ["dumb-init", "-c"],
                 ["catatonit"]):
        if not shutil.which(peer[0]):
            continue
        pick = lambda t: [l for l in t.splitlines()
                          if l.startswith(("leader", "session"))]
        eq(pick(init(*peer, HELPER, "state")[1]),
           pick(run(*peer, HELPER, "state")[1]), peer)


@test
def extra_descriptors_and_directory_are_let_go():
    for who in ([], TINI, DUMB, ["catatonit"]):
        out = run(HELPER, "with", "f", "--", INIT, *who, HELPER, "fds")[1]
        eq(out, "1\n", "the child keeps them")
        r, w = os.pipe()
        with Running(INIT, *who, "sleep", "20", pass_fds=[w]) as p:
            os.close(w)
            wait_for(lambda: sorted(os.listdir(f"/proc/{p.pid1}/fd"))
                     == ["0", "1", "2"])
            # By what it is: of another mount namespace a chroot reads
            # another name.
            eq(os.path.samefile(f"/proc/{p.pid1}/cwd", "/"), True)
        os.close(r)


@test
def rewrite_ignore_and_names():
    with Running(INIT, "--rewrite", "HUP=SIGUSR2", "--rewrite=RTMIN+1=RTMAX",
                 "--ignore", "USR1",
                 HELPER, "signals") as r:
        r.read_until("ready\n")
        r.kill(1).read_until("\n12 ").kill(35).read_until("\n64 ")
        r.kill(10)
        time.sleep(0.1)
        eq(r.kill(15).end(), 3)
        if "\n10 " in r.text:
            raise AssertionError("USR1 came through")
    with Running(INIT, "dumb-init", "-c", "-r", "15:3", "-r", "1:0",
                 "--rewrite", "10:12", HELPER, "signals") as r:
        r.read_until("ready\n").kill(1).kill(15).read_until("\n3 ")
        r.kill(10).read_until("\n12 ")
        if "\n1 " in r.out.decode():
            raise AssertionError("HUP came through")


@test
def delay():
    with Running(INIT, "--delay", "TERM=3s", HELPER, "signals") as r:
        r.read_until("ready\n")
        start = time.time()
        r.kill(15).kill(10).read_until("\n10 ").kill(15)
        if time.time() - start > 2.5:
            raise AssertionError("others are held back too")
        eq(r.end(), 3)
        took = time.time() - start
        if took < 2.9:
            raise AssertionError(f"took {took}")
    with Running(INIT, "--delay=TERM=20s", "sleep", "0.3") as r:
        eq(r.kill(15).end(timeout=15), 0, "the end does not wait for it")


@test
def parent_death():
    with Running(INIT, "tini", "-p", "SIGTERM", "-g", "--", HELPER,
                 "signals") as r:
        r.read_until("ready\n")
    d = tmp("x")
    p = subprocess.Popen(["sh", "-c", f"{INIT} --parent-death USR1 {HELPER} "
                          f"signals > {d} & echo $!; sleep 20"],
                         stdout=subprocess.PIPE)
    pid = int(p.stdout.readline())
    wait_for(lambda: os.path.exists(d) and "ready" in open(d).read())
    p.kill()
    p.wait()
    wait_for(lambda: "\n10 " in open(d).read())
    os.kill(pid, 15)
    wait_for(lambda: not os.path.exists(f"/proc/{pid}"))


# --- none is lost -----------------------------------------------------------

@test
def group_signal_between_fork_and_setpgid():
    need("strace")
    for who, call in ((["tini", "-g", "--"], "setpgid"), (DUMB, "setsid"),
                      (["--to", "session"], "setsid"),
                      (["catatonit", "-g"], "setpgid")):
        log = tmp("log")
        p = subprocess.Popen(["strace", "-f", "-qq", "-o", log, "-e",
                              f"inject={call}:delay_enter=400000",
                              INIT, *who, "sleep", "3"])
        def ours():
            for c in children(p.pid):
                try:
                    if runs_init(c):
                        return int(c)
                except OSError:
                    pass
        pid = wait_for(ours)
        time.sleep(0.15)
        os.kill(pid, 15)
        eq(p.wait(timeout=HANG), 143, who)


def lost(argv, delays):
    n = 0
    for d in delays:
        with Running(*argv, "/bin/sleep", "0.5") as r:
            time.sleep(d)
            try:
                os.kill(r.pid1, 15)
            except ProcessLookupError:
                pass
            n += r.end() == 0
    return n


@test
def term_at_random_moments_of_start():
    """As process 1 under load: no worse than the smallest init there is."""
    load = [subprocess.Popen(["sh", "-c", "while :; do :; done"])
            for _ in range(2)]
    try:
        rnd = random.Random(7)
        delays = [rnd.uniform(0, 0.02) for _ in range(100)]
        floor = lost([FLOOR], delays)
        results = {"floor": floor}
        for who in ((), ("tini", "-g", "--"), ("dumb-init",),
                    ("--to", "session", "--user", "root", "--")):
            results[who] = lost([INIT, *who], delays)
        # What else the machine does changes meanwhile.
        floor = max(floor, lost([FLOOR], delays))
    finally:
        for p in load:
            p.kill()
            p.wait()
    print("#", results)
    for who, n in results.items():
        if n > floor * 1.5 + 8:
            raise AssertionError(results)


# --- stop sequence ----------------------------------------------------------

def left(d):
    return sorted(os.listdir(d))


@test
def grace_waits_for_all():
    d = tmp()
    # The main program is done at once, its daemon needs 0.6 s.
    with Running(INIT, "--grace", "3s", HELPER, "daemon", 600, f"{d}/daemon",
                 0, 11, f"{d}/main") as r:
        r.read_until("ready\n").read_until("ready\nready\n")
        eq(r.kill(15).end(), 11, "the main program's code")
    eq(left(d), ["daemon", "main"])


@test
def grace_after_main_ends_by_itself():
    d = tmp()
    code = f"({HELPER} slow 400 0 {d}/bg & ) ; sleep 0.3; exit 6"
    with Running(INIT, "--grace", "3s", "sh", "-c", code) as r:
        eq(r.end(), 6)
    eq(left(d), ["bg"])
    with Running(INIT, "--grace", "3s", "sh", "-c", code, own_ns=False) as r:
        eq(r.end(), 6)


@test
def grace_as_subreaper():
    d = tmp()
    with Running(INIT, "--grace", "2s", HELPER, "daemon", 400, f"{d}/daemon",
                 0, 11, f"{d}/main", own_ns=False) as r:
        r.read_until("ready\nready\n")
        other = subprocess.Popen(["sleep", "20"])  # not a descendant
        eq(r.kill(15).end(), 11)
        eq(other.poll(), None, "others live on")
        other.kill()
        other.wait()
    eq(left(d), ["daemon", "main"])


@test
def grace_begins_at_the_terminals_keys():
    d = tmp()
    code = (f"trap 'echo int; exit 4' INT; {HELPER} slow 400 0 {d}/bg & "
            "echo up; while :; do sleep 0.05; done")
    p = Pty(*NS_TTY, INIT, "--grace", "5s", "bash", "-c", code)
    try:
        p.until("up").until("ready").type("\x03")
        p.until("int")
        wait_for(lambda: left(d) == ["bg"])
    finally:
        p.close()
    p = Pty(*NS_TTY, INIT, "--grace", "200ms", "sh", "-c",
            "trap '' INT TERM; echo up; while :; do sleep 0.05; done")
    try:
        p.until("up").type("\x03")
        wait_for(lambda: os.waitid(os.P_PID, p.pid, os.WEXITED | os.WNOHANG
                                   | os.WNOWAIT))
    finally:
        p.close()


@test
def pre_that_handled_the_terminals_key_ends_the_start():
    p = Pty(*NS_TTY, INIT, "--pre",
            f"bash -c 'trap \"exit 0\" INT; echo up; "
            "while :; do sleep 0.05; done'", "sh", "-c", "echo started")
    try:
        p.until("up").type("\x03")
        wait_for(lambda: os.waitid(os.P_PID, p.pid, os.WEXITED | os.WNOHANG
                                   | os.WNOWAIT))
        p.read(0.2)
        if b"started" in p.out:
            raise AssertionError(p.out)
    finally:
        p.close()


# Root as a hardened container has it.
NO_KILL = ["setpriv", "--bounding-set", "-kill"]
TRAPS = ["sh", "-c", "trap 'exit 9' TERM; echo ready; "
         "while :; do sleep 0.05; done"]


@test
def signals_reach_the_user_without_cap_kill():
    need("setpriv")
    for own_ns in (True, False):
        for words in (["--user", "daemon"],
                      ["--user", "daemon", "--to", "group"],
                      ["--user", "daemon", "--to", "session"],
                      ["tini", "--", INIT, "gosu", "daemon"],
                      ["tini", "-g", "--", INIT, "gosu", "daemon"],
                      ["dumb-init", INIT, "su-exec", "daemon"],
                      ["catatonit", "--", INIT, "gosu", "daemon"]):
            with Running(*NO_KILL, INIT, *words, *TRAPS, own_ns=own_ns) as r:
                r.read_until("ready\n")
                eq(r.kill(15).end(), 9, (words, own_ns))


@test
def dumb_init_tells_what_it_does():
    with Running(INIT, "dumb-init", "-v", *TRAPS) as r:
        r.read_until("ready\n")
        eq(r.kill(15).end(), 9)
    eq(r.text, "ready\n", "standard output is the program's")
    for part in ("Started pid ", "Received signal 15.",
                 "Forwarded signal 15.", "ended with 9."):
        has(r.err, part)


@test
def grace_asks_what_came_by_docker_exec():
    need("nsenter")
    for keeps, most in ((0.5, 8), (0, 4)):
        d = tmp()
        with Running(INIT, "--grace", "10s", "sh", "-c",
                     "echo up; read x; exit 6") as r:
            r.read_until("up")
            other = subprocess.Popen(
                ["nsenter", "-t", str(r.pid1), "-p", "-m", "sh", "-c",
                 f"trap 'sleep {keeps}; touch {d}/asked; exit 0' TERM; "
                 f"touch {d}/up; while :; do sleep 0.05; done"])
            wait_for(lambda: os.path.exists(f"{d}/up"))
            start = time.time()
            r.p.stdin.write(b"\n")
            r.p.stdin.close()
            r.p.stdin = None
            eq(r.end(), 6)
            if time.time() - start > most:
                raise AssertionError("waited for nobody")
            eq(other.wait(HANG), 0)
        eq(left(d), ["asked", "up"])


@test
def grace_without_cap_kill():
    need("setpriv", "nsenter")
    for own_ns in (True, False):
        d = tmp()
        os.chmod(d, 0o777)
        with Running(*NO_KILL, INIT, "--user", "daemon", "--grace", "3s",
                     HELPER, "daemon", 400, f"{d}/daemon", 0, 11,
                     f"{d}/main", own_ns=own_ns) as r:
            r.read_until("ready\nready\n")
            other = subprocess.Popen(
                ["nsenter", "-t", str(r.pid1), "-p", "-m", "setpriv",
                 "--reuid", "2", "--clear-groups", "sleep", "40"]
            ) if own_ns else None
            if other:
                wait_for(lambda: Running.child_of(other.pid))
                time.sleep(0.1)
            eq(r.kill(15).end(), 11, own_ns)
            if other:
                eq(other.wait(HANG), -15, "what came by docker exec")
        eq(left(d), ["daemon", "main"])


@test
def grace_with_the_proc_of_another_namespace():
    """Its numbers are those of others: none of them may be signalled."""
    code = f"{INIT} --grace 300ms sh -c 'sleep 30 & exit 6'; echo code $?"
    got = run("unshare", "-pf", "--kill-child", "sh", "-c", code, timeout=25)
    has(got[1], "code 6")


@test
def grace_kills():
    start = time.time()
    code = "trap '' TERM INT QUIT; (trap '' TERM; sleep 21 & sleep 22) & "\
           "echo ready; while :; do sleep 23; done"
    for own_ns in (True, False):
        start = time.time()
        with Running(INIT, "--grace", "300ms", "sh", "-c", code,
                     own_ns=own_ns) as r:
            r.read_until("ready")
            eq(r.kill(15).end(), 137)
        took = time.time() - start
        if not 0.6 <= took <= 15:
            raise AssertionError(took)
    eq([c for c in command_lines() if re.fullmatch("sleep 2[123]", c)], [],
       "nothing stays behind")


@test
def grace_wakes_the_stopped():
    with Running(INIT, "--grace", "400ms", "sleep", "30") as r:
        child = int(wait_for(lambda: children(r.pid1))[0])
        wait_for(lambda: not runs_init(child))
        os.kill(child, signal.SIGSTOP)
        wait_for(lambda: status(child)["State"].startswith("T"))
        eq(r.kill(15).end(), 143, "woken, not killed")


@test
def delay_then_grace():
    with Running(INIT, "--delay", "TERM=400ms", "--grace", "500ms", "sh", "-c",
                 "trap '' TERM; echo ready; while :; do sleep 1; done") as r:
        r.read_until("ready")
        start = time.time()
        eq(r.kill(15).end(), 137)
        took = time.time() - start
        if took < 1.3:
            raise AssertionError(took)


@test
def dumb_init_asks_the_group_at_the_end():
    d = tmp()
    code = f"trap 'touch {d}/got; exit' TERM; while :; do sleep 0.05; done"
    with Running(INIT, "dumb-init", "sh", "-c", f"({code}) & sleep 0.2",
                 own_ns=False) as r:
        eq(r.end(), 0)
    wait_for(lambda: left(d) == ["got"])


@test
def pause():
    for sig in (2, 15):
        with Running(INIT, "catatonit", "-P") as r:
            r.listening().kill(10).kill(34)
            time.sleep(0.1)
            eq(r.kill(sig).end(), 0)


@test
def dumb_init_stops():
    with Running(INIT, "dumb-init", HELPER, "tick", 400, own_ns=False) as r:
        r.read_until(".")
        child = int(children(r.pid1)[0])
        for sig in (20, 21, 22):
            r.kill(sig)
            for pid in (r.pid1, child):
                wait_for(lambda: status(pid)["State"].startswith("T"))
            r.kill(18)
            for pid in (r.pid1, child):
                wait_for(lambda: not status(pid)["State"].startswith("T"))
        eq(r.kill(15).end(), 143)


@test
def verbose_is_on_stderr():
    for who in (["--verbose"], ["tini", "-vvv", "--"], ["dumb-init", "-v"],
                ["tini", "-w", "--"]):
        code, out, err = init(*who, "echo", "x")
        eq(out, "x\n", who)
    eq(init("echo", env={"TINI_VERBOSITY": "3"})[2], "")
    with Running(INIT, "dumb-init", HELPER, "signals",
                 env={"DUMB_INIT_DEBUG": "1"}) as r:
        r.read_until("ready\n").kill(10).read_until("\n10 ")
        eq(r.kill(15).end(), 3)
        has(r.err, "[dumb-init] Received signal 10.\n")
        has(r.err, "[dumb-init] Forwarded signal 15")


@test
def environment_of_the_personas():
    with Running(INIT, "tini", "--", "sh", "-c",
                 "sleep 20 & echo ready; wait; exit 3",
                 env=dict(os.environ, TINI_KILL_PROCESS_GROUP="")) as r:
        r.read_until("ready")
        eq(r.kill(15).end(), 143)
    out = init("dumb-init", HELPER, "state",
               env={"DUMB_INIT_SETSID": "0"})[1]
    has(out, "leader 0")
    out = init("dumb-init", HELPER, "state",
               env={"DUMB_INIT_SETSID": "1"})[1]
    has(out, "session 1")
    eq(init("catatonit", "true", env={"CATATONIT_LOG": ""})[0], 1)


@test
def listen_pid_is_rewritten():
    for who in ([], ["catatonit"]):
        out = run("sh", "-c", f"LISTEN_PID=$$ exec {INIT} {' '.join(who)} "
                  "sh -c 'echo $LISTEN_PID $$'")[1].split()
        eq(out[0], out[1], who)
    out = run("sh", "-c", f"LISTEN_PID=1 exec {INIT} "
              "sh -c 'echo $LISTEN_PID'")[1]
    eq(out, "1\n", "of another process: kept")


# --- terminals --------------------------------------------------------------

def ints(*argv):
    p = Pty(*argv)
    p.until("ready")
    p.type("\x03")
    p.until("ints")
    n = p.out.decode().split("ints ")[1][0]
    p.close()
    return n


@test
def ctrl_c_comes_once():
    for who in ([], ["--to", "group"], ["--to", "session"], TINI, DUMB,
                ["dumb-init", "-c"], ["catatonit"]):
        eq(ints(INIT, *who, HELPER, "ints"), "1", who)
        eq(ints(*NS_TTY, INIT, *who, HELPER, "ints"), "1", f"process 1 {who}")


@test
def ctrl_z_without_a_shell_freezes_nothing():
    for who in ([], ["--to", "group"], ["--to", "session"], TINI,
                ["dumb-init", "-c"], ["catatonit"]):
        for ns_ in ([], NS_TTY):
            p = Pty(*ns_, INIT, *who, HELPER, "tick", 30)
            p.until("...")
            p.type("\x1a")
            p.read(0.3)
            before = p.out.count(b".")
            p.read(0.4)
            if p.out.count(b".") <= before:
                p.close()
                raise AssertionError(f"frozen: {ns_[:1]} {who}: {p.out!r}")
            p.close()


@test
def a_child_in_a_group_of_its_own_gets_the_terminal():
    code = ("import os; os.setpgid(0, 0); print('up', flush=True); "
            "print('got', input(), flush=True)")
    for ns_ in ([], NS_TTY):
        p = Pty(*ns_, INIT, sys.executable, "-c", code)
        try:
            p.until("up")
            p.read(0.3)
            one = Running.child_of(p.pid) if ns_ else p.pid

            def switches():
                return int(status(one)["voluntary_ctxt_switches"])
            before = switches()
            p.read(0.5)
            eq(switches() - before, 0, "it sleeps")
            p.type("abc\n")
            p.until("got abc")
        finally:
            p.close()


@test
def ctrl_z_below_a_shell():
    for who in ([], ["--to", "group"], TINI, ["dumb-init", "-c"]):
        p = Pty("bash", "--norc", "-i")
        p.until("$ ")
        p.type(f"{INIT} {' '.join(who)} {HELPER} tick 400\n")
        p.until("....")
        p.type("\x1a")
        p.until("Stopped")
        p.read(0.2)
        n = p.out.count(b".")
        p.read(0.4)
        eq(p.out.count(b"."), n, f"stopped {who}")
        p.type("fg\n")
        p.read(0.3)
        n = p.out.count(b".")
        p.read(0.4)
        if p.out.count(b".") <= n:
            raise AssertionError(f"fg does not go on {who}")
        p.type("\x03")
        p.read(0.3)
        p.out = b""
        p.type("echo code $?\n")
        p.until("code 130")
        p.close()


@test
def ctrl_z_at_random_moments_of_start():
    """It stops the job, or is lost: then the program goes on."""
    rnd = random.Random(5)
    for _ in range(60):
        p = Pty("bash", "--norc", "-i")
        p.until("$ ")
        p.out = b""
        p.type(f"{INIT} --to group {HELPER} tick 400\n")
        wait_for(lambda: p.read(0.0002) is None or b"tick 400\r\n" in p.out,
                 step=0)
        time.sleep(rnd.uniform(0, 0.006))
        p.type("\x1a")
        try:
            wait_for(lambda: p.read(0.05) and False or b"Stopped" in p.out
                     or p.out.count(b".") > 6, timeout=10)
        finally:
            p.close()


@test
def job_control_inside():
    """A shell below the init keeps its job control."""
    for who in ([], TINI, DUMB, ["catatonit"]):
        p = Pty(*NS_TTY, INIT, *who, "bash", "--norc", "-i")
        p.until("$ ")
        p.type(f"{HELPER} tick 400\n")
        p.until("....")
        p.type("\x1a")
        p.until("Stopped")
        p.type("echo o''k\n")
        p.until("ok")
        out = p.out.decode()
        if "no job control" in out:
            raise AssertionError(f"{who}: {out}")
        p.close()


@test
def terminal_goes_back():
    """A program behind us in a script still has the terminal."""
    p = Pty("sh", "-c", f"{INIT} --to group true; read x; echo got $x")
    p.read(0.3)
    p.type("abc\n")
    p.until("got abc")
    p.close()


@test
def hangup_reaches_the_child():
    d = tmp("x")
    p = Pty(*NS_TTY, INIT, "sh", "-c",
            f"trap 'touch {d}; exit' HUP; echo ready; "
            "while :; do sleep 0.05; done")
    p.until("ready")
    # The helper's own session leader is unshare; tell the init itself.
    os.kill(Running.child_of(p.pid), signal.SIGHUP)
    wait_for(lambda: os.path.exists(d))
    p.close()
