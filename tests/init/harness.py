# SPDX-License-Identifier: Apache-2.0
"""What the tests of pare-init share.

Everything that signals or ends as process 1 runs in a PID namespace of its
own, which dies with its unshare (--kill-child). Every wait has an end: it is
there for what hangs, a busy machine takes its time."""
import os, pty, select, shutil, signal, subprocess, sys, tempfile, time

HANG = 60  # seconds
INIT = HELPER = FLOOR = INIT_AARCH64 = None
TMP = tempfile.mkdtemp(prefix="pare-init-test-")


def apart(*words):
    """unshare with these words. In a chroot that is no mount point it cannot
    make the mounts private: there what a test mounts, it unmounts."""
    plain = ["unshare", *words]
    if not subprocess.run([*plain, "true"], stderr=subprocess.DEVNULL,
                          check=False).returncode:
        return plain
    return ["unshare", "--propagation=unchanged", *words]


NS = apart("-pf", "--mount-proc", "--kill-child")
# Process 1 leads a session that has the terminal, as engines start it.
NS_TTY = NS + ["setsid", "-c"]
tests = []


class Skip(Exception):
    pass


def test(fn):
    tests.append(fn)
    return fn


def signals_as_usual():
    """A script's background has SIGINT and SIGQUIT ignored, nohup SIGHUP, and
    children inherit that. They do not inherit a handler, and it leaves us as
    deaf as we were."""
    for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT,
                   signal.SIGTERM):
        if signal.getsignal(number) == signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


def eq(got, want, what=""):
    if got != want:
        raise AssertionError(f"{what}: got {got!r}, want {want!r}")


def has(text, part):
    if part not in text:
        raise AssertionError(f"{part!r} is not in {text!r}")


def need(*programs):
    for p in programs:
        if not shutil.which(p):
            raise Skip(f"{p} is not installed")


def tmp(name=""):
    d = tempfile.mkdtemp(dir=TMP)
    os.chmod(d, 0o755)
    return os.path.join(d, name) if name else d


def run(*argv, timeout=HANG, **kw):
    """Runs to the end: (code, stdout, stderr)."""
    kw.setdefault("stdin", subprocess.DEVNULL)
    p = subprocess.run([str(a) for a in argv], capture_output=True,
                       timeout=timeout, **kw)
    return (p.returncode, p.stdout.decode(errors="replace"),
            p.stderr.decode(errors="replace"))


def init(*argv, **kw):
    return run(INIT, *argv, **kw)


def ns(*argv, **kw):
    return run(*NS, *argv, **kw)


class Running:
    """A process in a namespace; .pid1 is its process 1 as seen from here."""

    def __init__(self, *argv, own_ns=True, **kw):
        kw.setdefault("stdin", subprocess.PIPE)
        cmd = [str(a) for a in argv]
        self.p = subprocess.Popen((NS if own_ns else []) + cmd,
                                  stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE, **kw)
        self.pid1 = self.child_of(self.p.pid) if own_ns else self.p.pid
        self.out = b""

    @staticmethod
    def child_of(pid):
        end = time.time() + HANG
        while time.time() < end:
            with open(f"/proc/{pid}/task/{pid}/children") as f:
                c = f.read().split()
            if c:
                return int(c[0])
            if status(pid)["State"].startswith("Z"):
                break
            time.sleep(0.005)
        raise AssertionError(f"{pid} has no child")

    def listening(self):
        """Waits until the init sleeps, which it does for signals alone."""
        wait_for(lambda: runs_init(self.pid1)
                 and status(self.pid1)["State"].startswith("S"))
        return self

    def read_until(self, text, timeout=HANG):
        end = time.time() + timeout
        while text.encode() not in self.out:
            left = end - time.time()
            if left <= 0 or not select.select([self.p.stdout], [], [], left)[0]:
                raise AssertionError(f"no {text!r} in {self.out!r}")
            part = os.read(self.p.stdout.fileno(), 65536)
            if not part:
                raise AssertionError(f"end, and no {text!r} in {self.out!r}")
            self.out += part
        return self

    def kill(self, sig):
        os.kill(self.pid1, sig)
        return self

    def end(self, timeout=HANG):
        try:
            out, err = self.p.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            self.p.kill()
            self.p.communicate()
            raise AssertionError("does not end")
        self.err = err.decode()
        self.text = (self.out + out).decode()
        return self.p.returncode

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.p.poll() is None:
            self.p.kill()
            self.p.communicate(timeout=HANG)


def wait_for(fn, timeout=HANG, step=0.02):
    end = time.time() + timeout
    while time.time() < end:
        r = fn()
        if r:
            return r
        time.sleep(step)
    raise AssertionError(f"{fn} stays false")


def status(pid):
    with open(f"/proc/{pid}/status") as f:
        return dict(l.rstrip("\n").split(":\t", 1) for l in f if ":\t" in l)


def runs_init(pid):
    """By what the file is: seen from a chroot it has another name in another
    mount namespace."""
    return os.path.samefile(f"/proc/{pid}/exe", INIT)


class Pty:
    """A program as session leader of a terminal."""

    def __init__(self, *argv, env=None):
        self.pid, self.fd = pty.fork()
        if not self.pid:
            try:
                os.execvpe(argv[0], [str(a) for a in argv],
                           env or dict(os.environ, PS1="$ "))
            finally:
                os._exit(120)
        self.out = b""

    def read(self, seconds):
        end = time.time() + seconds
        new = b""
        while (left := end - time.time()) > 0:
            if not select.select([self.fd], [], [], left)[0]:
                break
            try:
                part = os.read(self.fd, 65536)
            except OSError:
                break
            if not part:
                break
            new += part
        self.out += new
        return new.decode(errors="replace")

    def until(self, text, timeout=HANG):
        end = time.time() + timeout
        while text.encode() not in self.out:
            if time.time() > end:
                raise AssertionError(f"no {text!r} in {self.out!r}")
            self.read(0.05)
        return self

    def type(self, s):
        os.write(self.fd, s.encode())

    def close(self):
        os.close(self.fd)
        for _ in range(100):
            if os.waitpid(self.pid, os.WNOHANG)[0]:
                return
            time.sleep(0.02)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def main():
    names = sys.argv[1:]
    passed = failed = skipped = 0
    for fn in tests:
        if names and fn.__name__ not in names:
            continue
        start = time.time()
        try:
            fn()
            passed += 1
            print(f"ok - {fn.__name__} ({time.time() - start:.2f} s)")
        except Skip as e:
            skipped += 1
            print(f"skip - {fn.__name__}: {e}")
        except Exception as e:
            failed += 1
            print(f"not ok - {fn.__name__}: {type(e).__name__}: {e}")
        sys.stdout.flush()
    shutil.rmtree(TMP, ignore_errors=True)
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0
