# SPDX-License-Identifier: Apache-2.0
"""Real containers. The image is made here from the helper alone, so nothing is
pulled; what is started is removed by its id."""
import io, json, tarfile
import harness as h
from harness import *

IMAGE = f"pare-init-test-{os.getpid()}"


def rootfs():
    d = tmp("root")
    for sub in ("etc", "tmp", "proc", "dev", "sys", "data", "sbin"):
        os.makedirs(f"{d}/{sub}")
    with open(f"{d}/etc/passwd", "w") as f:
        f.write("root:x:0:0::/root:/bin/sh\napp:x:1000:1000::/app:/bin/sh\n")
    with open(f"{d}/etc/group", "w") as f:
        f.write("app:x:1000:\nlog:x:50:app\n")
    shutil.copy(INIT, f"{d}/sbin/pare-init")
    subprocess.run(["cc", "-static", "-O1", "-o", f"{d}/helper",
                    os.path.join(os.path.dirname(__file__), "helper.c")],
                   check=True)
    return d


class Engine:
    ready = {}

    def __init__(self, name):
        need(name)
        self.name = name
        # The most modest way that works also inside another container.
        self.cmd = [name] if name == "docker" else [
            name, "--cgroup-manager", "cgroupfs", "--runtime", "runc"]
        if name in Engine.ready:
            if Engine.ready[name]:
                raise Skip(Engine.ready[name])
            return
        Engine.ready[name] = f"{name} does not run here"
        d = rootfs()
        tar = tmp("root.tar")
        subprocess.run(["tar", "-C", d, "-cf", tar, "."], check=True)
        if run(*self.cmd, "import", tar, IMAGE, timeout=60)[0]:
            raise Skip(Engine.ready[name])
        code, out, err = run(*self.cmd, "run", "--rm", *self.flags(), IMAGE,
                             "/helper", "raise", "0", timeout=60)
        if code:
            raise Skip(f"{name} run: {err.strip()[-90:]}")
        Engine.ready[name] = None

    def flags(self):
        return ["--network", "none"] + \
            (["--ulimit", "nofile=1024:1024", "--ulimit", "nproc=1024:1024"]
             if self.name == "podman" else [])

    def run(self, *args):
        return run(*self.cmd, "run", "--rm", *self.flags(), *args, timeout=60)

    def start(self, *args):
        code, out, err = run(*self.cmd, "run", "-d", *self.flags(), *args,
                             timeout=60)
        eq(code, 0, err)
        return out.strip()

    def call(self, *args):
        return run(*self.cmd, *args, timeout=60)


def engines(body):
    done = []
    for name in ("docker", "podman"):
        try:
            e = Engine(name)
        except Skip as s:
            done.append(str(s))
            continue
        body(e)
        done.append(name)
    if "docker" not in done and "podman" not in done:
        raise Skip("; ".join(done))
    print("#", "; ".join(done))


@test
def container_codes_and_user():
    def body(e):
        def got(*args):
            return e.run("--entrypoint", "/sbin/pare-init", IMAGE, *args)
        eq(got("/helper", "raise", "0")[0], 0)
        eq(got("/nope")[0], 127)
        eq(got("/etc/passwd")[0], 126)
        eq(got("--exit-code=143=0", "/helper", "raise", "15")[0], 0)
        out = got("--user", "app", "--drop-caps", "--no-new-privs", "/helper",
                  "state")[1]
        has(out, "Uid:\t1000\t1000\t1000\t1000")
        has(out, "Groups:\t50 1000")
        has(out, "CapBnd:\t0000000000000000")
        out = e.run("--user", "12345", "--entrypoint", "/sbin/pare-init",
                    IMAGE, "--user", "app", "--chown", "/data", "/helper",
                    "state")[1]
        has(out, "Uid:\t12345")
        out = e.run("--user", "app", "--cap-drop", "ALL", "--read-only",
                    "--entrypoint", "/sbin/pare-init", IMAGE, "--user", "app",
                    "--chown", "/data", "/helper", "state")[1]
        has(out, "Uid:\t1000")
        got_ro = e.run("--read-only", "--entrypoint", "/sbin/pare-init",
                       IMAGE, "--user", "app", "--chown", "/data", "/helper",
                       "state")
        eq(got_ro[0], 125, got_ro)
        out = e.run("--read-only", "--entrypoint", "/sbin/pare-init", IMAGE,
                    "--user", "app", "--chown-try", "/data", "/helper",
                    "state")
        eq(out[0], 0, out)
        has(out[2], "Read-only")
    engines(body)


@test
def container_stop():
    def body(e):
        for persona in ([], ["tini", "-g", "--"], ["dumb-init"]):
            cid = e.start("--entrypoint", "/sbin/pare-init", IMAGE, *persona,
                          "/helper", "signals")
            try:
                wait_for(lambda: "ready" in e.call("logs", cid)[1])
                start = time.time()
                eq(e.call("stop", "-t", "8", cid)[0], 0)
                if time.time() - start > 6:
                    raise AssertionError("had to be killed")
                out = e.call("inspect", "-f", "{{.State.ExitCode}}", cid)[1]
                eq(out.strip(), "3", persona)
            finally:
                e.call("rm", "-f", cid)
    engines(body)


@test
def container_grace():
    def body(e):
        cid = e.start("--entrypoint", "/sbin/pare-init", IMAGE, "--grace",
                      "4s", "/helper", "daemon", "700", "/tmp/d", "0", "11",
                      "/tmp/m")
        try:
            wait_for(lambda: e.call("logs", cid)[1].count("ready") == 2)
            eq(e.call("stop", "-t", "8", cid)[0], 0)
            out = e.call("inspect", "-f", "{{.State.ExitCode}}", cid)[1]
            eq(out.strip(), "11")
            out = e.call("diff", cid)[1]
            has(out, "/tmp/d")
            has(out, "/tmp/m")
        finally:
            e.call("rm", "-f", cid)
    engines(body)


@test
def container_health():
    def body(e):
        cid = e.start("--entrypoint", "/sbin/pare-init", IMAGE, "/helper",
                      "signals")
        try:
            eq(e.call("exec", cid, "/sbin/pare-init", "probe",
                      "file:/etc/passwd")[0], 0)
            eq(e.call("exec", cid, "/sbin/pare-init", "probe",
                      "tcp://127.0.0.1:9")[0], 1)
        finally:
            e.call("rm", "-f", cid)
    engines(body)


@test
def podman_init_path():
    e = Engine("podman")
    out = e.run("--init", "--init-path", INIT, IMAGE, "/helper", "state")
    eq(out[0], 0, out[2])
    has(out[1], "leader 1")
    eq(e.run("--init", "--init-path", INIT, IMAGE, "/helper", "raise",
             "15")[0], 143)


@test
def docker_init_path():
    """A daemon of our own would be needed; the call that it makes is not."""
    d = tmp()
    os.symlink(INIT, f"{d}/docker-init")
    out = run(f"{d}/docker-init", "--version")[1]
    parts = out.strip().split(" - ")
    eq(parts[0].startswith("tini version "), True)
    eq(len(parts[1].split(".")), 2)
    e = Engine("docker")
    eq(e.run("-v", f"{INIT}:/sbin/docker-init:ro", "--entrypoint",
             "/sbin/docker-init", IMAGE, "--", "/helper", "raise", "15")[0],
       143)


@test
def runtimes_alone():
    done = []
    for runtime in ("runc", "crun"):
        if not shutil.which(runtime):
            continue
        d = tmp()
        os.rename(rootfs(), f"{d}/rootfs")
        subprocess.run([runtime, "spec"], cwd=d, check=True)
        spec = json.load(open(f"{d}/config.json"))
        spec["process"].update(terminal=False, args=[
            "/sbin/pare-init", "--user", "app", "/helper", "state"])
        spec["process"]["capabilities"] = {
            k: ["CAP_SETUID", "CAP_SETGID", "CAP_KILL", "CAP_CHOWN"]
            for k in ("bounding", "effective", "permitted")}
        spec["linux"]["namespaces"] = [n for n in spec["linux"]["namespaces"]
                                       if n["type"] != "cgroup"]
        json.dump(spec, open(f"{d}/config.json", "w"))
        cid = f"{IMAGE}-{runtime}"
        code, out, err = run(runtime, "run", cid, cwd=d, timeout=30)
        run(runtime, "delete", "-f", cid)
        if code:
            done.append(f"{runtime} does not run here: {err.strip()[-90:]}")
            continue
        has(out, "Uid:\t1000\t1000\t1000\t1000")
        done.append(runtime)
    if not set(done) & {"runc", "crun"}:
        raise Skip("; ".join(done) or "neither runc nor crun is installed")
    print("#", "; ".join(done))


@test
def zz_images_are_removed():
    for name in Engine.ready:
        run(name, "rmi", "-f", IMAGE, timeout=60)
