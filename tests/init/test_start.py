# SPDX-License-Identifier: Apache-2.0
"""What an entrypoint script would do: secrets, ${VAR}, --pre; and probe."""
import socket, threading
import harness as h
from harness import *


def put(text, mode=0o600):
    path = tmp("f")
    with open(path, "wb") as f:
        f.write(text)
    os.chmod(path, mode)
    return path


def env(**kw):
    return dict({"PATH": os.environ["PATH"]}, **kw)


@test
def secrets():
    path = put(b"s3cret\n\n")
    args = ["--secret", "PW", "sh", "-c", "echo [$PW][$PW_FILE]"]
    eq(init(*args, env=env(PW_FILE=path))[1], "[s3cret][]\n")
    eq(init(*args, env=env())[1], "[][]\n", "neither: nothing happens")
    eq(init(*args, env=env(PW="x"))[1], "[x][]\n")
    code, out, err = init(*args, env=env(PW="x", PW_FILE=path))
    eq(code, 125)
    has(err, "both PW and PW_FILE")
    eq(init("--user", "daemon", *args, env=env(PW_FILE=path))[1],
       "[s3cret][]\n", "read as root")
    for bad in ("/nope", "/", put(b"a\0b"), put(b"x" * 140000)):
        code, out, err = init(*args, env=env(PW_FILE=bad))
        eq(code, 125, bad)
        has(err, "PW_FILE")
    for empty in (b"", b"\n\n"):
        code, out, err = init(*args, env=env(PW_FILE=put(empty)))
        eq(code, 125)
        has(err, "is empty; --secret-empty allows it")
        eq(init("--secret-empty", *args, env=env(PW_FILE=put(empty)))[1],
           "[][]\n")
    eq(init(*args, env=env(PW="", PW_FILE=path))[1], "[s3cret][]\n",
       "an empty one counts as unset")
    code, out, err = init("--secret", "", "true")
    eq(code, 125)
    has(err, "not a name")
    eq(init("--secret", "A", "--secret=B", "sh", "-c", "echo $A$B",
            env=env(A_FILE=put(b"1"), B_FILE=put(b"2\n")))[1], "12\n")
    big = put(b"y" * 100000)
    eq(init("--secret", "A", "sh", "-c", "echo ${#A}",
            env=env(A_FILE=big))[1], "100000\n")


@test
def as_many_secrets_as_may_be_given():
    names = [f"S{i}" for i in range(48)]
    path = put(b"x")
    eq(init("--user", "daemon", *(f"--secret={n}" for n in names), "sh", "-c",
            "echo $S0$S47", env=env(**{f"{n}_FILE": path for n in names}))[1],
       "xx\n")


@test
def secrets_from_pipes_are_whole():
    path = tmp("fifo")
    os.mkfifo(path)
    args = [INIT, "--secret", "PW", "sh", "-c", "echo [$PW]"]
    for target, keep in ((path, None), ("/dev/stdin", subprocess.PIPE)):
        p = subprocess.Popen(args, env=env(PW_FILE=target), stdin=keep,
                             stdout=subprocess.PIPE)
        time.sleep(0.2)
        with (open(path, "wb", 0) if keep is None else p.stdin) as f:
            f.write(b"long ")
            f.flush()
            time.sleep(0.3)
            f.write(b"word\n")
            f.flush()
        eq(p.stdout.read(), b"[long word]\n", target)
        eq(p.wait(HANG), 0)
    code, out, err = init("--secret", "PW", "true", env=env(PW_FILE=path))
    eq((code, out), (125, ""))
    has(err, "no end of file within 10 s")


@test
def secrets_are_not_kept():
    path = put(b"hunter2hunter2")
    with Running(INIT, "--secret", "PW", "sleep", "20",
                 env=env(PW_FILE=path)) as r:
        time.sleep(0.3)
        with open(f"/proc/{r.pid1}/maps") as maps, \
                open(f"/proc/{r.pid1}/mem", "rb") as mem:
            for line in maps:
                if "[v" in line:
                    continue
                a, b = (int(x, 16) for x in line.split()[0].split("-"))
                mem.seek(a)
                try:
                    if b"hunter2" in mem.read(b - a):
                        raise AssertionError(line)
                except OSError:
                    pass


@test
def expand():
    def got(*args, **kw):
        return init("--expand", "printf", "[%s]", *args, env=env(**kw))
    eq(got("${A}", "x${A}y${B}", "$A", "$$", "${C:-d e}", "$${A}", "${E:-}",
           A="1 2", B="", C="")[1],
       "[1 2][x1 2y][$A][$$][d e][${A}][]")
    eq(got("${A}${A}", A="x")[1], "[xx]")
    eq(got("${A:-no}", A="yes")[1], "[yes]")
    eq(got("${A}", A="${B}", B="x")[1], "[${B}]", "only once")
    for bad in ("${NOPE}", "${", "${}", "${A", "${A-x}", "${A b}", "${A:-x",
                "${:-x}"):
        code, out, err = got(bad, A="x")
        eq(code, 125, bad)
        eq(err.count("\n"), 1, bad)
    eq(init("printf", "%s", "${A}", env=env(A="1"))[1], "${A}", "on request")
    code, out, err = got("${A:-${B}}")
    eq((code, out), (125, ""))
    has(err, "one in another: ${A")
    eq(got("${HOME}", "--", HOME="/x")[1], "[/x][--]")
    eq(init("--expand", "--user", "daemon", "echo", "${HOME}")[1],
       "/usr/sbin\n")
    big = "z" * 100000
    eq(len(got(*["${A}"] * 15, A=big)[1]), 15 * 100002)
    code, out, err = got(*["${A}${A}"] * 60, A=big)
    eq((code, err), (125, "pare-init: arguments too long\n"))
    eq(init("--expand", "${P}", "x", env=env(P="echo"))[1], "x\n")


@test
def pre():
    d = tmp()
    eq(init("--pre", f"touch {d}/1", "--pre", f"sh -c 'ls {d} > {d}/2'", "cat",
            f"{d}/2")[1], "1\n2\n")
    code, out, err = init("--pre", "sh -c 'exit 9'", "touch", f"{d}/main")
    eq(code, 9)
    eq(os.path.exists(f"{d}/main"), False)
    eq(init("--pre", "nope-x", "true")[0], 127)
    eq(init("--pre", "  sh -c  \"exit  4\" ", "true")[0], 4)
    eq(init("--pre", "printf '%s|' a\"b c\"d '' x", "true")[1], "ab cd||x|")
    eq(init("--user", "daemon", "--pre", "id -u", "true")[1], "1\n")
    eq(init("--exit-code", "9=0", "--pre", "sh -c 'exit 9'", "true")[0], 0)


@test
def pre_and_signals():
    d = tmp()
    with Running(INIT, "--pre", f"{HELPER} slow 10 0 {d}/pre", "touch",
                 f"{d}/main") as r:
        r.read_until("ready")
        eq(r.kill(15).end(), 143, "asked to end: the program is not started")
    eq(os.listdir(d), ["pre"])
    with Running(INIT, "--pre", "sleep 20", "touch", f"{d}/main") as r:
        eq(r.listening().kill(15).end(), 143)
    with Running(INIT, "--grace", "200ms", "--pre",
                 "sh -c 'trap \"\" TERM; echo ready; "
                 "while :; do sleep 1; done'",
                 "touch", f"{d}/main") as r:
        eq(r.read_until("ready").kill(15).end(), 137)
    eq(os.listdir(d), ["pre"])
    # A daemon that a step leaves behind stays.
    eq(init("--grace", "2s", "--pre", f"sh -c '{HELPER} slow 0 0 {d}/bg &'",
            "sh", "-c", "sleep 0.2; echo main")[1], "ready\nmain\n")
    eq(sorted(os.listdir(d)), ["bg", "pre"])


@test
def exec_replaces():
    out = run("sh", "-c", f"echo $$; exec {INIT} --exec sh -c 'echo $$'")[1]
    eq(*out.split())
    eq(init("--exec", "nope-x")[0], 127)


# --- probe ------------------------------------------------------------------

class Server:
    def __init__(self, answer, family=socket.AF_INET, addr=("127.0.0.1", 0)):
        self.s = socket.socket(family)
        self.s.bind(addr)
        self.s.listen(8)
        self.port = self.s.getsockname()[1] if family != socket.AF_UNIX else 0
        self.answer, self.seen = answer, b""
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                c, _ = self.s.accept()
            except OSError:
                return
            if self.answer is None:  # takes the connection and is silent
                self.held = c
                continue
            self.seen = c.recv(4096)
            try:
                for part in self.answer:
                    c.sendall(part)
                    time.sleep(0.05)
            except OSError:
                pass  # the probe has had enough
            c.close()


def probe(*args, **kw):
    return init("probe", *args, **kw)[0]


@test
def probe_http():
    for line, code in ((b"HTTP/1.1 200 OK", 0), (b"HTTP/1.0 204 x", 0),
                       (b"HTTP/1.1 301 x", 0), (b"HTTP/1.1 404 x", 1),
                       (b"HTTP/1.1 500 x", 1), (b"HTTP/1.1 100 x", 1),
                       (b"SSH-2.0-OpenSSH_9 xxxxxx", 1), (b"", 1),
                       (b"HTTP/1.1 2", 1)):
        s = Server([line + b"\r\n\r\n" if len(line) > 12 else line])
        eq(probe(f"http://127.0.0.1:{s.port}/a/b?c=d"), code, line)
        eq(s.seen.split(b"\r\n")[0], b"GET /a/b?c=d HTTP/1.1")
        has(s.seen.decode(), "\r\nHost: ")
        eq(s.seen[-4:], b"\r\n\r\n")
    s = Server([b"HT", b"TP/1.1 ", b"200 OK\r\n"])
    eq(probe(f"http://localhost:{s.port}"), 0, "in pieces")
    eq(s.seen.split(b"\r\n")[0], b"GET / HTTP/1.1")
    eq(s.seen.split(b"\r\n")[1:],
       [f"Host: localhost:{s.port}".encode(), b"User-Agent: pare-init",
        b"Connection: close", b"", b""])
    s = Server([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                b"zz"])
    eq(probe(f"http://127.0.0.1:{s.port}/"), 0, "the status alone is read")


@test
def probe_waits_for_a_full_backlog():
    path = tmp("s")
    s = socket.socket(socket.AF_UNIX)
    s.bind(path)
    s.listen(0)
    waiting = socket.socket(socket.AF_UNIX)
    waiting.connect(path)
    eq(probe("--timeout", "300ms", f"unix://{path}"), 1)
    p = subprocess.Popen([INIT, "probe", f"unix://{path}"])
    time.sleep(0.2)
    s.accept()
    eq(p.wait(HANG), 0)


@test
def probe_addresses():
    s = Server([b"HTTP/1.1 200 OK\r\n\r\n"])
    for host in ("127.0.0.1", "localhost"):
        eq(probe(f"tcp://{host}:{s.port}"), 0, host)
    for bad in ("example.org:80", "127.0.0.1", "127.0.0.1:0", "127.0.0:80",
                "127.0.0.1.1:80", "127.0.0.256:80", ":80", "127.0.0.1:65536",
                "127.0.0.1:x", "[::1", "[::1]", "[::1]x:80", "[:::1]:80",
                "[1::2::3]:80", "[12345::]:80", "[1:2:3:4:5:6:7]:80",
                "[1:2:3:4:5:6:7:8:9]:80", "[]:80", "[:1]:80", "[1:]:80",
                "127.0.0.1:80/x", ""):
        eq(probe("tcp://" + bad), 1, bad)
    try:
        six = Server([b"HTTP/1.1 200 OK\r\n\r\n"], socket.AF_INET6,
                     ("::1", 0))
    except OSError:
        raise Skip("no IPv6")
    for host in ("[::1]", "[0:0:0:0:0:0:0:1]", "[0::1]", "[0:0::0:1]",
                 "localhost"):
        eq(probe(f"tcp://{host}:{six.port}"), 0, host)
        eq(probe(f"http://{host}:{six.port}/"), 0, host)
    eq(probe(f"tcp://[::ffff:7f00:1]:{s.port}"), 0, "mapped")


@test
def probe_refused_and_silent():
    s = socket.socket()
    s.bind(("127.0.0.1", 0))
    code, out, err = init("probe", f"tcp://127.0.0.1:{s.getsockname()[1]}")
    eq(code, 1)
    has(err, "Connection refused")
    silent = Server(None)
    start = time.time()
    code, out, err = init("probe", "--timeout", "400ms",
                          f"http://127.0.0.1:{silent.port}/")
    eq(code, 1)
    has(err, "Timed out")
    if not 0.35 <= time.time() - start < 15:
        raise AssertionError(time.time() - start)
    drip = Server([b"H"] * 1000)  # a byte now and then is no answer either
    start = time.time()
    eq(probe("--timeout=300ms", f"http://127.0.0.1:{drip.port}/"), 1)
    if time.time() - start > 15:
        raise AssertionError("held up by drops")


@test
def probe_unix_and_file():
    path = tmp("s")
    s = Server([b""], socket.AF_UNIX, path)
    eq(probe("unix://" + path), 0)
    eq(probe("unix:///nope"), 1)
    eq(probe("unix://" + "/x" * 100), 1)
    eq(probe("unix://"), 1)
    eq(probe("file:" + path), 0)
    eq(probe("file:/nope"), 1)
    eq(probe("file:"), 1)


@test
def probe_bad_use_is_1():
    for args in ([], ["x"], ["https://localhost"], ["http:/x"], ["--timeout"],
                 ["--timeout", "x", "file:/"], ["--timeout=1", ""],
                 ["--nope", "file:/"], ["file:/", "file:/"], ["ftp://x"],
                 ["http://localhost:1/a b"], ["http://localhost:1/a\nb"],
                 ["http://127.0.0.1:1/" + "x" * 2000]):
        code, out, err = init("probe", *args)
        eq(code, 1, args)
        eq(out, "")
