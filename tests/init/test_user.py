# SPDX-License-Identifier: Apache-2.0
"""The change of user, --chown, the standard descriptors."""
import struct
import harness as h
from harness import *


def ids(*argv, **kw):
    """(uid, gid, groups) of the program, or the code and the message."""
    code, out, err = init(*argv, HELPER, "state", **kw)
    if code:
        return code, err
    s = dict(l.split(":", 1) for l in out.splitlines() if ":" in l)
    eq(len(set(s["Uid"].split())), 1, "all four uids")
    eq(len(set(s["Gid"].split())), 1, "all four gids")
    return int(s["Uid"].split()[0]), int(s["Gid"].split()[0]), \
        sorted(int(g) for g in s["Groups"].split())


def image(passwd="", group="", setup=None):
    """A root directory with nothing but what is given, the program and the
    shared libraries of what runs in it: no /proc."""
    d = tmp()
    os.makedirs(f"{d}/etc")
    if passwd is not None:
        open(f"{d}/etc/passwd", "w").write(passwd)
        open(f"{d}/etc/group", "w").write(group)
    shutil.copy(INIT, f"{d}/pare-init")
    subprocess.run(["cc", "-static", "-O1", "-o", f"{d}/show", "-xc", "-"],
                   input=SHOW.encode(), check=True)
    return d


SHOW = r"""
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
int main(void)
{
	gid_t g[64];
	int n = getgroups(64, g);
	printf("%d %d", getuid(), getgid());
	for (int i = 0; i < n; i++)
		printf(" %d", g[i]);
	char *names[] = { "HOME", "USER", "LOGNAME", "SHELL" };
	for (int i = 0; i < 4; i++) {
		char *v = getenv(names[i]);
		printf(" %s", v ? v : "-");
	}
	printf("\n");
}
"""
PASSWD = """root:x:0:0:root:/root:/bin/bash
broken line
app:x:1000:1000:App:/home/app:/bin/ash
app:x:6:6:second:/nope:/bin/nope
num:x:x:5::/:
nohome:x:1001:1001:::
7:x:1007:1007::/seven:
"""
GROUP = """root:x:0:
app:x:1000:
wheel:x:10:root,app
short
last:x:11:other,app
app2:x:12:app2,xapp,appx
"""


def show(d, *argv, env=None):
    code, out, err = run(shutil.which("chroot"), d, "/pare-init", *argv, "/show",
                         env=env or {})
    return out.strip() if not code else (code, err.strip())


@test
def users_of_the_image():
    d = image(PASSWD, GROUP)
    eq(show(d, "--user", "app"), "1000 1000 10 11 1000 /home/app - - -")
    eq(show(d, "--user", "1000"), "1000 1000 10 11 1000 /home/app - - -")
    eq(show(d, "--user", "app:wheel"), "1000 10 10 /home/app - - -")
    eq(show(d, "--user", "app:77"), "1000 77 77 /home/app - - -")
    eq(show(d, "--user=5:6"), "5 6 6 / - - -")
    eq(show(d, "--user", "4294967294:4294967294"), "-2 -2 -2 / - - -")
    eq(show(d, "--user", "app", "--user-env"),
       "1000 1000 10 11 1000 /home/app app app /bin/ash")
    eq(show(d, "--user", "nohome", "--user-env"),
       "1001 1001 1001 / nohome nohome /bin/sh")
    eq(show(d, "--user", "7:1"), "7 1 1 / - - -", "a number is an id")
    eq(show(d, "--exec", "--user", "app"),
       "1000 1000 10 11 1000 /home/app - - -")
    eq(show(d, "--user", "app", env={"HOME": "/root", "USER": "root"}),
       "1000 1000 10 11 1000 /home/app root - -")


@test
def specs_that_are_refused():
    d = image(PASSWD, GROUP)
    for spec in ("", ":", ":wheel", "app:", "nosuch", "app:nosuch", "1234",
                 "4294967295:1", "4294967296:1", "1:4294967296", "-1:1",
                 "99999999999999999999999:1", " 5:1", "+5:1", "0x1:1", "num",
                 "app:wheel:x", "18446744073709551616:0"):
        got = show(d, "--user", spec)
        eq(got[0], 125, spec)
        has(got[1], "pare-init: failed switching to")
    for spec in ("", ":", ":wheel", "nosuch", "app:nosuch", "2147483648",
                 "4294967296", "-1"):
        for who in ("gosu", "su-exec"):
            got = show(d, who, spec)
            eq(got[0], 1, (who, spec))


@test
def gosu_as_it_is():
    d = image(PASSWD, GROUP)
    eq(show(d, "gosu", "app"), "1000 1000 10 11 /home/app - - -")
    eq(show(d, "gosu", "app:wheel"), "1000 10 /home/app - - -")
    eq(show(d, "gosu", "5"), "5 0 / - - -", "docker's parity")
    eq(show(d, "gosu", "5:7:9"), "5 7 / - - -")
    eq(show(d, "gosu", "5:"), "5 0 / - - -")
    eq(show(d, "su-exec", "app"), "1000 1000 10 11 1000 /home/app - - -")
    eq(show(d, "su-exec", "app:wheel"), "1000 10 10 /home/app - - -")


@test
def gosu_as_the_peer():
    need("gosu")
    for spec in ("daemon", "daemon:adm", "5", "5:6", "nobody", "12345",
                 "12345:6", "root", "007:3:7", "0", "man:"):
        for argv in (["sh", "-c", "id -u; id -g; id -G; echo $HOME"],
                     ["grep", "Groups", "/proc/self/status"]):
            eq(init("gosu", spec, *argv), run("gosu", spec, *argv), spec)
    pid = init("gosu", "daemon", "sh", "-c", "echo $PPID")[1]
    eq(int(pid), os.getpid(), "no process stays in between")


@test
def no_passwd_at_all():
    d = image(None)
    eq(show(d, "--user", "5:6"), "5 6 6 / - - -")
    eq(show(d, "--user", "app")[0], 125)
    eq(show(d, "gosu", "5"), "5 0 / - - -")


@test
def big_and_odd_databases():
    lines = "".join(f"u{i}:x:{i + 2000}:{i + 2000}::/:\n" for i in range(20000))
    members = ",".join(f"u{i}" for i in range(20000))
    groups = f"big:x:3000:{members}\n" + "".join(
        f"g{i}:x:{i + 5000}:u19999\n" for i in range(40))
    d = image(lines.rstrip("\n"), groups.rstrip("\n"))
    got = show(d, "--user", "u19999").split()
    eq(got[:2], ["21999", "21999"])
    has(got[2:-4], "21999"), has(got[2:-4], "3000")
    eq(len(got), 2 + 42 + 4)


@test
def no_op_where_we_are():
    plain = ["setpriv", "--reuid", "1", "--regid", "1", "--clear-groups",
             "--inh-caps=-all"]
    need("setpriv")
    for spec in (["--user", "daemon"], ["--user", "1:1"], ["gosu", "daemon"],
                 ["su-exec", "1:1"], ["--user", "nobody"], ["gosu", "1"]):
        eq(run(*plain, INIT, *spec, "id", "-u")[:2], (0, "1\n"), spec)
    eq(run(*plain, INIT, "gosu", "nobody", "true")[0], 1, "gosu cannot")
    code, out, err = run("setpriv", "--reuid", "1000650000", "--regid", "0",
                         "--clear-groups", INIT, "--user", "daemon",
                         "--chown", "/etc", "--drop-caps", "--no-new-privs",
                         "id", "-u")
    eq((code, out), (0, "1000650000\n"), err)


@test
def file_capabilities_are_refused():
    """As setcap cap_net_bind_service=ep makes them."""
    need("setpriv")
    d = tmp()
    shutil.copy(INIT, f"{d}/i")
    os.setxattr(f"{d}/i", "security.capability",
                struct.pack("<5I", 0x02000001, 1 << 10, 0, 0, 0))
    code, out, err = run("setpriv", "--reuid", "1", "--regid", "1",
                         "--clear-groups", f"{d}/i", "echo", "ran")
    eq((code, out), (1, ""))
    has(err, "must not have file capabilities")


@test
def drop_caps_of_an_empty_bounding_set():
    need("setpriv")
    code, out, err = run("setpriv", "--bounding-set", "-all", INIT,
                         "--drop-caps", HELPER, "state")
    eq((code, err), (0, ""))
    has(out, "CapBnd:\t0000000000000000")


@test
def nothing_changes_where_we_are_somebody_else():
    need("setpriv")
    env = {"PATH": os.environ["PATH"], "HOME": "/h", "USER": "u",
           "LOGNAME": "l"}
    eq(run("setpriv", "--reuid", "1000650000", "--regid", "0",
           "--clear-groups", INIT, "--user", "daemon", "--user-env", "sh",
           "-c", "echo $HOME $USER $LOGNAME", env=env)[1], "/h u l\n")


@test
def groups_of_files_from_windows_and_of_large_ones():
    crlf = image("u:x:7:7::/:/bin/sh\r\n",
                 "a:x:71:u\r\nb:x:72:x,u\r\nc:x:73:\r\n")
    eq(show(crlf, "--user", "u").split()[:5], ["7", "7", "7", "71", "72"])
    large = image("u:x:7:7::/:/bin/sh\n",
                  "a:x:71:u\n" + "g:x:9:\n" * (300 << 10))
    code, said = show(large, "--user", "u")
    eq(code, 125)
    has(said, "/etc/group: File too large")


@test
def one_home_is_left():
    twice = r"""
#include <unistd.h>
int main(int n, char **v)
{
	char *e[] = { "HOME=/a", "X=1", "HOME=/b", "PATH=/usr/bin:/bin", 0 };
	return n > 1 ? execve(v[1], v + 1, e) : 1;
}
"""
    d = tmp("twice")
    subprocess.run(["cc", "-o", d, "-xc", "-"], input=twice.encode(),
                   check=True)
    code, out, err = run(d, INIT, "--user", "daemon", "cat",
                         "/proc/self/environ")
    eq(sorted(out.strip("\0").split("\0")),
       ["HOME=/usr/sbin", "PATH=/usr/bin:/bin", "X=1"])


@test
def no_op_in_a_user_namespace():
    deny = ["unshare", "-Ur"]  # setgroups is denied, only id 0 is mapped
    if run(*deny, "true")[0]:
        raise Skip("no user namespace can be had (in a chroot: never)")
    plain = ["setpriv", "--reuid", "1", "--regid", "1", "--clear-groups"]
    for spec in (["--user", "root"], ["--user", "0:0"], ["gosu", "root"]):
        code, out, err = run(*plain, *deny, INIT, *spec, "id", "-u")
        eq((code, out), (0, "0\n"), (spec, err))
    got = run(*plain, *deny, INIT, "--user", "daemon", "id", "-u")
    eq(got[0], 125, "root is never left standing")


@test
def root_without_capabilities():
    need("setpriv")
    bare = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    got = run(*bare, "--reset-env", INIT, "--user", "daemon", "true")
    # Without CAP_SETUID root cannot become another user: an error, not root.
    if "Operation not permitted" in got[2]:
        eq(got[0], 125)


@test
def capabilities():
    def caps(*argv):
        out = init(*argv, HELPER, "state")[1]
        return {l.split(":")[0]: l.split()[1] for l in out.splitlines()
                if l.startswith(("Cap", "NoNew"))}
    zero = "0" * 16
    c = caps("--user", "daemon")
    eq([c[k] for k in ("CapPrm", "CapEff", "CapAmb")], [zero] * 3)
    c = caps("--user", "daemon", "--drop-caps", "--no-new-privs")
    eq([c[k] for k in ("CapPrm", "CapEff", "CapAmb", "CapBnd", "CapInh")],
       [zero] * 5)
    eq(c["NoNewPrivs"], "1")
    need("setpriv")
    out = run("setpriv", "--inh-caps=+chown,+kill", "--ambient-caps=+chown",
              INIT, "--user", "daemon", "--drop-caps", HELPER, "state")[1]
    for line in out.splitlines():
        if line.startswith(("CapInh", "CapAmb", "CapPrm", "CapEff")):
            eq(line.split()[1], zero, line)
    # Securebits that would keep root's capabilities over setuid.
    out = run("setpriv", "--securebits=+no_setuid_fixup", INIT, "--user",
              "daemon", HELPER, "state")
    for line in out[1].splitlines():
        if line.startswith(("CapPrm", "CapEff")):
            eq(line.split()[1], zero, line)
    eq(caps("--drop-caps")["CapBnd"], zero, "also for root")


@test
def set_user_id_is_refused():
    d = tmp()
    shutil.copy(INIT, f"{d}/gosu")
    os.chmod(f"{d}/gosu", 0o4755)
    need("setpriv")
    got = run("setpriv", "--reuid", "1", "--regid", "1", "--clear-groups",
              f"{d}/gosu", "root", "id", "-u")
    if not got[1].startswith("0"):
        eq(got[0], 1)
        has(got[2], "set-user-ID")


@test
def init_stays_root_and_child_does_not():
    with Running(INIT, "--user", "daemon", "sleep", "20") as r:
        child = wait_for(lambda: [c for c in open(
            f"/proc/{r.pid1}/task/{r.pid1}/children").read().split()])[0]
        wait_for(lambda: status(child)["Uid"].split()[0] == "1")
        eq(status(r.pid1)["Uid"].split()[0], "0")
        eq(r.kill(15).end(), 143)


# --- chown ------------------------------------------------------------------

def owner(path):
    s = os.lstat(path)
    return s.st_uid, s.st_gid


@test
def chown_tree():
    d = tmp()
    os.makedirs(f"{d}/v/a/b/c")
    for name in ("v/f", "v/a/b/g", "v/two"):
        open(f"{d}/{name}", "w").close()
    for i in range(300):
        open(f"{d}/v/a/{'n' * 60}{i}", "w").close()
    open(f"{d}/outside", "w").close()
    os.mkdir(f"{d}/odir")
    open(f"{d}/odir/in", "w").close()
    os.symlink(f"{d}/outside", f"{d}/v/link")
    os.symlink(f"{d}/odir", f"{d}/v/dlink")
    os.link(f"{d}/outside", f"{d}/v/hard")
    os.mkfifo(f"{d}/v/fifo")
    code, out, err = init("--user", "daemon", "--chown", f"{d}/v", "true")
    eq(code, 125, "one with several names is not given")
    has(err, "hard: has several names")
    code, out, err = init("--user", "daemon", "--chown-try", f"{d}/v", "true")
    eq(code, 0, err)
    for name in ("v", "v/a", "v/a/b/c", "v/f", "v/a/b/g", "v/fifo", "v/link",
                 "v/a/" + "n" * 60 + "299"):
        eq(owner(f"{d}/{name}"), (1, 1), name)
    for name in ("outside", "odir", "odir/in", "v/hard"):
        eq(owner(f"{d}/{name}"), (0, 0), name)
    eq(err.count("\n"), 1, "told once")
    has(err, "several names")


@test
def chown_follows_no_link():
    d = tmp()
    os.makedirs(f"{d}/real/sub")
    os.symlink(f"{d}/real", f"{d}/link")
    for path in (f"{d}/link", f"{d}/link/sub", f"{d}/link/"):
        code, out, err = init("--user", "daemon", "--chown", path, "true")
        eq(code, 125, path)
        has(err, f"link is a symbolic link to {d}/real")
        eq(owner(f"{d}/real/sub"), (0, 0))
    eq(init("--user", "daemon", "--chown", f"{d}/nope", "true")[0], 125)
    eq(init("--user", "daemon", "--chown", "x" * 300, "true", cwd=d)[0], 125)
    eq(init("--user", "daemon", "--chown", "real", "true", cwd=d)[0], 0)
    eq(owner(f"{d}/real/sub"), (1, 1), "relative")


@test
def chown_changes_only_what_differs():
    d = tmp()
    open(f"{d}/f", "w").close()
    os.chown(f"{d}/f", 1, 1)
    before = os.lstat(f"{d}/f").st_ctime_ns
    eq(init("--user", "daemon", "--chown", d, "true")[0], 0)
    eq(os.lstat(f"{d}/f").st_ctime_ns, before)


@test
def chown_of_no_name_is_refused():
    d = tmp()
    os.mkdir(f"{d}/...")
    for path in ("", "/", "//", ".", "./", "..", "./..", "../../..", "/.."):
        code, out, err = init("--user", "daemon", "--chown", path, "true",
                              cwd=d)
        eq((code, out), (125, ""), path)
        has(err, "names no file")
    eq(owner(d), (0, 0))
    eq(init("--user", "daemon", "--chown", "...", "true", cwd=d)[0], 0)
    eq(owner(f"{d}/..."), (1, 1))


@test
def chown_gives_no_place_of_what_runs_as_root():
    d = tmp()
    os.makedirs(f"{d}/app/bin"), os.makedirs(f"{d}/app/data")
    os.makedirs(f"{d}/links")
    os.symlink("/bin/true", f"{d}/app/bin/linked")
    shutil.copy("/bin/true", f"{d}/app/bin/own")
    os.symlink(f"{d}/app/bin/own", f"{d}/links/own")

    def refused(path, *program, **more):
        code, out, err = init("--user", "daemon", "--chown", path, *program,
                              **more)
        eq((code, out), (125, ""), (path, program))
        has(err, "--chown-anything")
        return err

    has(refused("/etc", "true"), "gives away /etc/")
    refused("/etc/passwd", "true")
    refused("/../etc/", "true")
    refused(os.path.dirname(INIT), "true")
    for program in (f"{d}/app/bin/own", f"{d}/app/bin/linked",
                    f"{d}/links/own", "bin/own"):
        refused(f"{d}/app", program, cwd=f"{d}/app")
    refused(f"{d}/app/bin", f"{d}/app/bin/own")
    refused(f"{d}/app/bin/own", f"{d}/app/bin/own")
    path = {"PATH": f"/nowhere:{d}/app/bin:/bin:/usr/bin"}
    refused(f"{d}/app", "own", env=path)
    for top in ("app", "app/bin", "app/data"):
        eq(owner(f"{d}/{top}"), (0, 0), top)
    eq(init("--user", "daemon", "--chown", f"{d}/app/data",
            f"{d}/app/bin/own")[0], 0)
    eq(owner(f"{d}/app/data"), (1, 1))
    eq(init("--user", "daemon", "--chown-anything", "--chown", f"{d}/app",
            f"{d}/app/bin/own")[0], 0)
    eq(owner(f"{d}/app/bin"), (1, 1))


@test
def chown_of_etc_without_a_passwd_file():
    d = image(None)
    chroot = shutil.which("chroot")
    spec = ("/pare-init", "--user", "7:7", "--chown")
    code, out, err = run(chroot, d, *spec, "/etc", "/show")
    eq((code, out), (125, ""))
    has(err, "gives away /etc/passwd")
    os.mkdir(f"{d}/v")
    eq(run(chroot, d, *spec, "/v", "/show")[0], 0)
    eq(owner(f"{d}/v"), (7, 7))


@test
def chown_gives_children_first():
    need("setpriv")
    d = tmp()
    os.makedirs(f"{d}/v/a/b", 0o700)
    os.chmod(f"{d}/v", 0o700)
    code, out, err = run(
        "setpriv", "--bounding-set", "-dac_override,-dac_read_search",
        INIT, "--user", "daemon", "--chown", f"{d}/v", "true")
    eq((code, err), (0, ""))
    for name in ("v", "v/a", "v/a/b"):
        eq(owner(f"{d}/{name}"), (1, 1), name)


@test
def chown_enters_no_bind_mount():
    d = tmp()
    os.makedirs(f"{d}/v/bound"), os.makedirs(f"{d}/other")
    for name in ("other/f", "v/file", "outside"):
        open(f"{d}/{name}", "w").close()
    script = (f"mount --bind {d}/other {d}/v/bound && "
              f"mount --bind {d}/outside {d}/v/file && "
              f"{INIT} --user daemon --chown {d}/v true")
    code, out, err = run(*apart("-m"), "sh", "-c", script)
    eq((code, err), (0, ""))
    eq(owner(f"{d}/v"), (1, 1))
    for name in ("other", "other/f", "outside"):
        eq(owner(f"{d}/{name}"), (0, 0), name)


@test
def chown_read_only_and_other_file_systems():
    d = tmp()
    os.makedirs(f"{d}/v/ro"), os.makedirs(f"{d}/v/other")
    script = (f"trap 'umount {d}/v/ro {d}/v/other' EXIT; "
              f"mount -t tmpfs x {d}/v/ro && touch {d}/v/ro/f && "
              f"mount -o remount,ro {d}/v/ro && "
              f"mount -t tmpfs x {d}/v/other && touch {d}/v/other/f && "
              f"! {INIT} --user daemon --chown {d}/v/ro true 2>{d}/said && "
              f"{INIT} --user daemon --chown {d}/v --chown-try {d}/v/ro "
              f"stat -c %u {d}/v {d}/v/ro/f {d}/v/other/f")
    code, out, err = run(*apart("-m"), "sh", "-c", script)
    eq((code, out), (0, "1\n0\n0\n"), err)
    eq(err.count("\n"), 1, err)
    has(err, "Read-only file system")
    has(open(f"{d}/said").read(), f"{d}/v/ro: f: Read-only file system")


@test
def chown_deep_trees():
    d = tmp()
    path = d
    for _ in range(80):
        path += "/d"
        os.mkdir(path)
    eq(init("--user", "daemon", "--chown", d, "true")[0], 125)
    code, out, err = init("--user", "daemon", "--chown-try", d, "true")
    eq(code, 0)
    has(err, "too deep")
    eq(owner(d + "/d" * 60), (1, 1))


# --- standard descriptors ---------------------------------------------------

@test
def a_callers_terminal_comes_back():
    p = h.Pty("sh", "-c", f"chown 2 $(tty); {INIT} --user daemon sh -c "
              "'echo is $(stat -c %u $(tty))'; echo was $(stat -c %u $(tty))")
    try:
        p.until("was ").read(0.1)
        has(p.out.decode(), "is 1\r\nwas 2")
    finally:
        p.close()
    p = h.Pty("sh", "-c", f"chown 2 $(tty); {INIT} --user daemon --pre "
              "false true; echo $? was $(stat -c %u $(tty))")
    try:
        p.until("was ").read(0.1)
        has(p.out.decode(), "1 was 2")
    finally:
        p.close()


@test
def stdout_can_be_opened_again():
    code, out, err = init("--user", "daemon", "sh", "-c",
                          "echo a > /dev/stdout; echo b > /dev/stderr")
    eq((code, out, err), (0, "a\n", "b\n"))


@test
def terminal_can_be_opened_again():
    p = Pty(*NS_TTY, INIT, "--user", "daemon", "sh", "-c",
            "echo o''ne > /dev/stdout; echo t''wo > $(tty)")
    p.until("one").until("two")
    p.close()


@test
def dev_null_stays_roots():
    before = owner("/dev/null")
    eq(init("--user", "daemon", "true")[0], 0)
    eq(owner("/dev/null"), before)
