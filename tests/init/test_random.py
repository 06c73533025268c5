# SPDX-License-Identifier: Apache-2.0
"""Random command lines and databases: any answer is right but a crash."""
import random, re
import harness as h
from harness import *
from test_user import image, show

WORDS = ["--", "-", "", "--user", "--user=", "--user=daemon", "--exec", "-h",
         "--to=group", "--to", "session", "--grace", "1ms", "--grace=9m",
         "--delay", "TERM=1", "=", "TERM=", "--rewrite=HUP=0", "--ignore=1",
         "RTMIN+1", "RTMAX-30", "RTMIN+31", "SIG", "--exit-code=1=2", "--pre",
         "true", "'", "\"a b\" ''", "--secret=A", "--secret", "B", "--expand",
         "${A}", "${B:-}", "$${", "${", "--chown", "/nope/x", "--verbose",
         "--no-new-privs", "-vvv", "-e", "3", "-g", "-w", "-p", "SIGTERM",
         "-s", "-r", "1:2", "-r15:0", "-c", "--single", "--ver", "=" * 300,
         "x" * 5000, "\xff\x01", "tini", "dumb-init", "catatonit", "gosu",
         "su-exec", "probe", "daemon", "1:1", ":", "--timeout=1ms",
         "tcp://127.0.0.1:1", "http://[::", "unix://x", "file:", "http://"]


def survives(code, what):
    if code < 0 or code in (132, 133, 134, 135, 136, 139):
        raise AssertionError(f"{code} of {what}")


@test
def random_command_lines():
    rnd = random.Random(11)
    for _ in range(3000):
        argv = [rnd.choice(WORDS) for _ in range(rnd.randrange(6))]
        survives(init(*argv, "/bin/true", env={"A": "x", "C_FILE": "/"})[0],
                 argv)


@test
def random_databases():
    rnd = random.Random(12)
    d = image()
    line = "app:x:1000:1000:App:/home/app:/bin/ash\nwheel:x:10:root,app\n"
    for _ in range(400):
        for name in ("passwd", "group"):
            text = bytearray((line * 3).encode())
            for _ in range(rnd.randrange(12)):
                i = rnd.randrange(len(text))
                text[i:i + rnd.randrange(3)] = bytes(
                    rnd.choice(b":,\n\0a0189\xff")
                    for _ in range(rnd.randrange(4)))
            with open(f"{d}/etc/{name}", "wb") as f:
                f.write(text[:rnd.randrange(len(text))])
        got = show(d, "--user", rnd.choice(["app", "app:wheel", "1000"]))
        if isinstance(got, tuple):
            survives(got[0], text)
            eq(got[0], 125)
        elif got.split()[0] == "0" and not re.search(
                rb":0+:", open(f"{d}/etc/passwd", "rb").read()):
            raise AssertionError(f"root of {text}")
