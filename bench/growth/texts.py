# SPDX-License-Identifier: Apache-2.0
"""Dockerfiles, contexts and their ignore files made to be slow."""
import os

from shape import Shape


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)


def dockerfile(line, head="FROM debian:12\n", tail=""):
    """line(i) for each of n lines."""
    def make(work, n):
        write(os.path.join(work, "Dockerfile"),
              head + "".join(line(i) for i in range(n)) + tail)
    return make


def stages_and_copies(work, n):
    write(os.path.join(work, "Dockerfile"),
          "".join(f"FROM alpine:3.20 AS s{i}\nRUN x{i}\n" for i in range(n))
          + "FROM scratch\n"
          + "".join(f"COPY --from=s{i} /a{i} /b{i}\n" for i in range(n)))


def long_line(work, n):
    write(os.path.join(work, "Dockerfile"),
          "FROM debian:12\nRUN echo " + "word " * (40 * n) + "\n")


def patterns_and_files(work, n):
    """A pattern a file: n patterns, and a constant number of files."""
    for i in range(200):
        write(os.path.join(work, "c", f"d{i % 10}", f"f{i}"), "x")
    write(os.path.join(work, "c", "Dockerfile"),
          "FROM scratch\nCOPY . /\n")
    write(os.path.join(work, "c", ".dockerignore"),
          "".join(f"p{i}/**/x{i}\n!q{i}/*\n" for i in range(n)))


def many_files(work, n):
    for i in range(n):
        write(os.path.join(work, "c", f"d{i % 50}", f"f{i}"), "x")
    write(os.path.join(work, "c", "Dockerfile"),
          "FROM scratch\nCOPY . /\n")
    write(os.path.join(work, "c", ".dockerignore"), "d1\n**/*9\n!d1/f1\n")


def gitignores(work, n):
    """A .gitignore in each of n directories beside one another."""
    for i in range(n):
        write(os.path.join(work, "c", f"d{i}", ".gitignore"), "*.o\n!a.o\n")
        write(os.path.join(work, "c", f"d{i}", "Dockerfile"),
              "FROM scratch\n")


def compose(work, n):
    write(os.path.join(work, "compose.yaml"), "services:\n" + "".join(
        f"  s{i}:\n    build:\n      context: .\n      args:\n"
        f"        A{i}: b\n" for i in range(n)))
    write(os.path.join(work, "Dockerfile"), "FROM scratch\n")


def dockerfile_of(*parts, head="FROM debian:12\n", tail=""):
    """n times the first part, then n times the next."""
    def make(work, n):
        write(os.path.join(work, "Dockerfile"), head + "".join(
            part(i) for part in parts for i in range(n)) + tail)
    return make


LINT = {"lint": ["lint", "-q", "-j1", "--no-cache", "--shellcheck", "never",
                 "--no-config", "--format", "json", "Dockerfile"]}
TREE = {"lint": [*LINT["lint"][:-1], "c"]}
CONTEXT = {"context": ["context", "-q", "--format", "json", "c"]}

LINES = {
    "runs": lambda i: f"RUN make step{i}\n",
    "apt-runs": lambda i: f"RUN apt-get update && apt-get install -y p{i}\n",
    "envs": lambda i: f"ENV A{i}=b{i}\n",
    "args": lambda i: f"ARG A{i}=b{i}\nRUN echo $A{i}\n",
    "labels": lambda i: f"LABEL a{i}=b{i}\n",
    "copies": lambda i: f"COPY a{i} /b{i}\n",
    "heredocs": lambda i: f"RUN <<EOF\nset -e\necho {i}\nEOF\n",
    "pragmas": lambda i: f"# hadolint ignore=DL3059\nRUN a{i}\n",
    "pare-pragmas": lambda i: f"# pare:ignore DL3059 so{i}\nRUN a{i}\n",
    "comments": lambda i: f"# a comment {i}\n",
    "workdirs": lambda i: f"WORKDIR d{i}\n",
    "users": lambda i: f"RUN useradd u{i}\nUSER u{i}\n",
    "stages": lambda i: f"FROM debian:12 AS s{i}\nRUN a\n",
    "chained-stages": lambda i: f"FROM {'s%d' % (i - 1) if i else 'a:1'} "
                                f"AS s{i}\nRUN a{i}\n",
    "secrets": lambda i: f"ENV API_KEY{i}=abc{i}def\n",
    "json-forms": lambda i: f'RUN ["sh", "-c", "echo {i}"]\n',
    "onbuilds": lambda i: f"ONBUILD RUN make step{i}\n",
    "exposes": lambda i: f"EXPOSE {i % 60000 + 1}\n",
    "file-pragmas": lambda i: f"# pare:ignore-file DL3059 so{i}\nRUN a{i}\n",
    "own-scripts": lambda i: "RUN bash <<EOF\na\ncd /b\nEOF\n",
    "go-builds": lambda i: f"RUN go build ./a{i}\n",
    "stages-of-one-name": lambda i: "FROM debian:12 AS s\nRUN a\n",
    "templates": lambda i: "RUN {{ a%d }}\n" % i,
}

# What one line asks of all others. Rules that look at the newest 512 alone are
# counted where there are more.
PAIRS = {
    "removals": (lambda i: f"COPY a{i} /d/{i}\n",
                 lambda i: f"RUN rm -rf /d/{i}\n"),
    "owners": (lambda i: f"COPY a{i} /d/{i}\n",
               lambda i: f"RUN chown -R u /d/{i}\n"),
    "archives": (lambda i: f"COPY a{i}.tar /a{i}.tar\n",
                 lambda i: f"RUN tar xf /a{i}.tar && rm /a{i}.tar\n"),
    "purges": (lambda i: f"RUN apt-get install -y p{i}\n",
               lambda i: f"RUN apt-get purge -y p{i}\n"),
    "unset-names": (lambda i: f"ENV A{i}=b\n", lambda i: f"COPY $B{i} /\n"),
    "unknown-stages": (lambda i: f"FROM a:1 AS s{i}\nRUN a\n",
                       lambda i: f"COPY --from=t{i} /a /b{i}\n"),
}

# One RUN of n commands, or one ENV of n pairs.
ROWS = {
    "rm-row": ("RUN true", lambda i: f" && rm -rf /a{i}"),
    "cd-row": ("RUN true", lambda i: f" && cd /a{i} && ls"),
    "variable-row": ("RUN true", lambda i: f" && A{i}=b && rm $A{i}"),
    "apt-row": ("RUN true", lambda i: f" && apt-get install -y p{i}"),
    "pip-row": ("RUN true", lambda i: f" && pip install p{i}"),
    "asking-row": ("ENV", lambda i: f" A{i}=$B{i}"),
    "json-row": ('CMD ["a"', lambda i: f',"b{i}"'),
}

SHAPES = {name: Shape(dockerfile(line), LINT, small=150, large=4000)
          for name, line in LINES.items()}
SHAPES.update({name: Shape(dockerfile_of(*parts), LINT, small=600, large=2500)
               for name, parts in PAIRS.items()})
SHAPES.update({
    name: Shape(dockerfile(line, "FROM debian:12\n" + head,
                           "]\n" if "[" in head else "\n"),
                LINT, small=150, large=4000)
    for name, (head, line) in ROWS.items()})
SHAPES.update({
    "one-run": Shape(dockerfile(lambda i: f"  cmd{i} && \\\n",
                                "FROM debian:12\nRUN \\\n", "  end\n"),
                     LINT, small=150, large=10000),
    "one-env": Shape(dockerfile(lambda i: f"  A{i}=b \\\n",
                                "FROM debian:12\nENV \\\n", "  Z=z\n"),
                     LINT, small=150, large=10000),
    "one-package-list": Shape(
        dockerfile(lambda i: f"  package{i} \\\n",
                   "FROM debian:12\nRUN apt-get install -y \\\n",
                   "  && end\n"), LINT, small=150, large=10000),
    "nested-subshells": Shape(
        dockerfile(lambda i: "(a; ", "FROM debian:12\nRUN ", "\n"),
        LINT, small=25, large=25),
    "stages-and-copies": Shape(stages_and_copies, LINT, small=100,
                               large=3000),
    "long-line": Shape(long_line, LINT, small=100, large=1500),
    "compose": Shape(compose, {"lint": [*LINT["lint"][:-1], "compose.yaml"]},
                     small=60, large=400),
    "patterns": Shape(patterns_and_files, CONTEXT, large=1000,
                      clocked=True),
    "files": Shape(many_files, CONTEXT, large=4000, clocked=True),
    "gitignores": Shape(gitignores, TREE, small=60, large=800),
})
