#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A second implementation of what `pare context` counts, and random contexts.

    check.py [--pare PARE] [--seeds FROM..TO]

Each seed is a tree, an ignore file and a Dockerfile. The model, written from
the rules alone (docs/context.md), says what is sent, what each COPY takes and
what no COPY takes; pare has to agree. Then --write has to keep:

- every file that some COPY takes by name, before and after;
- the bytes that were in the ignore file;
- a second run changes nothing; --diff applied by patch(1) gives the same file.

Prints TAP.
"""
import argparse
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

NAMES = ["a", "b", "src", "lib", "x.c", "y.txt", "z.log", "node_modules",
         ".git", ".env", "dist", "package.json", "__pycache__", "README.md",
         "test", "w.zip", ".DS_Store", "s p", "é", "Cargo.toml", "target",
         "[k]", "!n", "#h", "q?", "st*r", "docs"]
PATTERNS = ["*.log", "**/*.txt", "node_modules", "**/node_modules", "!*.txt",
            "src", "!src/a", "src/*", "**/a", "*", "!lib", "lib/**", "**",
            "# comment", "", "  a  ", "/b", "a/../b", "?", "[a-c]", "!**/b",
            "*/x.c", "**/src/**", "!docs", "docs/**/a", "s p", "\\[k\\]"]


# --- ignore files -------------------------------------------------------------

def clean(path):
    """Go's path.Clean."""
    rooted = path.startswith("/")
    out = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == ".." and out and out[-1] != "..":
            out.pop()
        elif part == ".." and rooted:
            continue
        else:
            out.append(part)
    return ("/" if rooted else "") + "/".join(out) or "."


def to_regex(pattern):
    out, i = "", 0
    while i < len(pattern):
        c = pattern[i]
        i += 1
        if c == "*" and pattern[i:i + 1] == "*":
            i += 1
            if pattern[i:i + 1] == "/":
                i += 1
            out += ".*" if i == len(pattern) else "(?:.*/)?"
        elif c == "*":
            out += "[^/]*"
        elif c == "?":
            out += "[^/]"
        elif c == "\\" and i < len(pattern):
            out += re.escape(pattern[i])
            i += 1
        elif c in "[]-^":
            out += c
        else:
            out += re.escape(c)
    return re.compile(out, re.S)


def read_ignore(text):
    """[(negated, regex)]"""
    rules = []
    for line in text.split("\n"):
        if line.startswith("#"):
            continue
        line = line.strip()
        if not line:
            continue
        negated = line.startswith("!")
        if negated:
            line = line[1:].strip()
        line = clean(line)
        if len(line) > 1 and line.startswith("/"):
            line = line[1:]
        # What is left is read once more, as the matcher does.
        if not negated and line.startswith("!"):
            negated, line = True, clean(line[1:])
        rules.append((negated, to_regex(line)))
    return rules


class Ignore:
    def __init__(self, text):
        self.rules = read_ignore(text)
        self.seen = {"": ([], False)}

    def ask(self, path):
        """(what matched it or a parent, excluded)"""
        if path in self.seen:
            return self.seen[path]
        above = self.ask(os.path.dirname(path))[0]
        hits, excluded = [], False
        for i, (negated, regex) in enumerate(self.rules):
            hit = i in above
            # A pattern that could change nothing is not asked.
            if not hit and negated == excluded:
                hit = regex.fullmatch(path) is not None
            if hit:
                hits.append(i)
                excluded = not negated
        self.seen[path] = hits, excluded
        return self.seen[path]

    def excluded(self, path):
        return self.ask(path)[1]


# --- trees and COPY -----------------------------------------------------------

class Tree:
    """Sent files, directories and links of a context."""

    def __init__(self, root, ignore):
        self.root, self.size, self.dirs, self.links = root, {}, set(), {}
        self.total = {}
        found = []
        for top, dirs, files in os.walk(root):
            for name in dirs + files:
                path = os.path.relpath(os.path.join(top, name), root)
                found.append(path)
        for path in sorted(found):
            full = os.path.join(root, path)
            link = os.path.islink(full)
            if os.path.isdir(full) and not link:
                if not ignore.excluded(path):
                    self.dirs.add(path)
                continue
            n = 0 if link else os.lstat(full).st_size
            self.total[path] = n
            if ignore.excluded(path):
                continue
            self.size[path] = n
            if link:
                self.links[path] = os.readlink(full)
            while path := os.path.dirname(path):
                self.dirs.add(path)
        self.dirs.add("")

    def below(self, path):
        if path in self.size:
            return {path}
        lead = path + "/" if path else ""
        return {p for p in self.size if p.startswith(lead)}

    def children(self, path):
        return [p for p in list(self.size) + list(self.dirs)
                if p and os.path.dirname(p) == path]

    def follow(self, path, via, depth=0):
        """The path it leads to, or None."""
        at, rest = "", [p for p in path.split("/") if p not in ("", ".")]
        while rest:
            part = rest.pop(0)
            if at not in self.dirs:
                return None
            if part == "..":
                at = os.path.dirname(at)
                continue
            at = os.path.join(at, part)
            if at in self.links:
                via.add(at)
                depth += 1
                if depth > 255:
                    return None
                target = self.links[at]
                at = "" if target.startswith("/") else os.path.dirname(at)
                rest = [p for p in target.split("/")
                        if p not in ("", ".")] + rest
            elif at not in self.size and at not in self.dirs:
                return None
        return at


def part_regex(pattern):
    """filepath.Match, one part."""
    out, i = "", 0
    while i < len(pattern):
        c = pattern[i]
        i += 1
        if c == "*":
            out += "[^/]*"
        elif c == "?":
            out += "[^/]"
        elif c == "\\":
            out += re.escape(pattern[i])
            i += 1
        elif c == "[":
            end = pattern.index("]", i)
            out += "[" + pattern[i:end] + "]"
            i = end + 1
        else:
            out += re.escape(c)
    return re.compile(out, re.S)


def has_wildcard(part):
    return re.search(r"[*?\[]", re.sub(r"\\.", "", part)) is not None


def take(tree, source, excludes):
    """Sent files that a source takes."""
    via, roots = set(), []
    parts = [p for p in clean("/" + source).split("/") if p]
    fixed = []
    while parts and not has_wildcard(parts[0]):
        fixed.append(parts.pop(0))
    at = tree.follow("/".join(fixed), via)
    if at is None:
        return via
    if not parts:
        roots = [at]
    else:
        level = [at]
        for part in parts:
            regex = part_regex(part)
            level = [c for d in level if d in tree.dirs
                     for c in tree.children(d)
                     if regex.fullmatch(os.path.basename(c))]
        for path in sorted(set(level)):
            to = tree.follow(path, via)
            if to is None:
                # The builder stops here; what came before is taken.
                continue
            roots.append(to)
    taken = set(via)
    ignore = Ignore("\n".join(excludes))
    for root in roots:
        for path in tree.below(root):
            rel = path[len(root) + 1 if root else 0:] if path != root else ""
            if not rel or not ignore.excluded(rel):
                taken.add(path)
    return taken


# --- random contexts ----------------------------------------------------------

def make_tree(rng, root):
    dirs, files = [""], []
    for _ in range(rng.randrange(1, 40)):
        parent = rng.choice(dirs)
        path = os.path.join(parent, rng.choice(NAMES))
        full = os.path.join(root, path)
        if os.path.lexists(full):
            continue
        kind = rng.random()
        if kind < 0.35:
            os.mkdir(full)
            dirs.append(path)
        elif kind < 0.45:
            target = rng.choice(
                dirs[1:] + files + ["nowhere", "..", "/", "../a"])
            if not target.startswith((".", "/")) and rng.random() < 0.5:
                target = "/" + target
            os.symlink(target or ".", full)
        else:
            with open(full, "wb") as f:
                f.truncate(rng.choice([0, 1, 300, 999, 1000, 5000, 70000]))
            files.append(path)
    return dirs[1:], files


def quote(sources):
    return json.dumps(sources, ensure_ascii=False)


def escape(path):
    return re.sub(r"([*?\[\]\\])", r"\\\1", path)


def make_source(rng, dirs, files):
    r = rng.random()
    if r < 0.2:
        return rng.choice([".", "./", "/"])
    if r < 0.55 and dirs + files:
        return plain(rng.choice(dirs + files))
    if r < 0.85 and dirs + files:
        parts = rng.choice(dirs + files).split("/")
        i = rng.randrange(len(parts))
        parts = [plain(p) for p in parts]
        parts[i] = rng.choice(["*", "*.c", "?", "[a-z]*", "s*", "*.*", "d*"])
        return "/".join(parts)
    return rng.choice(["nowhere", "a/../b", "../src", "/lib", "dist", "x*"])


def plain(path):
    """A source that means the name; one that the lexer of Dockerfiles would
    change, or that is no wildcard and yet has one, is not made."""
    return path if not re.search(r"[\[\]*?\\$'\"#!]", path) else "src"


def make_dockerfile(rng, dirs, files):
    """(text, [(line, sources, excludes)])"""
    lines, copies = ["FROM scratch"], []
    for _ in range(rng.randrange(0, 5)):
        sources = [make_source(rng, dirs, files)
                   for _ in range(rng.choice([1, 1, 1, 2]))]
        excludes = [rng.choice(["*.txt", "a", "**/x.c", "b/*"])
                    for _ in range(rng.choice([0, 0, 0, 1]))]
        flags = "".join(f"--exclude={e} " for e in excludes)
        lines.append(f"COPY {flags}{quote(sources + ['/to/'])}")
        copies.append((len(lines), sources, excludes))
        if rng.random() < 0.3:
            lines.append(rng.choice(["RUN npm ci", "RUN make", "RUN git log",
                                     "RUN cargo build", "RUN cat .env"]))
    return "\n".join(lines) + "\n", copies


class Failed(Exception):
    pass


def expect(what, got, want):
    if got != want:
        raise Failed(f"{what}: {got!r}, not {want!r}")


def run(pare, *args, status=(0,)):
    p = subprocess.run([pare, "context", *args], capture_output=True,
                       timeout=60)
    if p.returncode not in status:
        raise Failed(f"{args}: status {p.returncode}: {p.stderr.decode()}")
    return p.stdout


def ask(pare, root, *args):
    return json.loads(run(pare, root, "--format", "json", *args))


def compare(pare, root, ignore_text, copies):
    """Asks pare and the model; what is taken by name, and all sent."""
    tree = Tree(root, Ignore(ignore_text))
    got = ask(pare, root)
    sent = sum(tree.size.values())
    expect("sent", got["sent"], {"files": len(tree.size), "bytes": sent})
    expect("excluded", got["excluded"],
           {"files": len(tree.total) - len(tree.size),
            "bytes": sum(tree.total.values()) - sent})
    named, every = set(), set()
    expect("copies", [c["line"] for c in got["copies"]],
           [c[0] for c in copies])
    for copy, (line, sources, excludes) in zip(got["copies"], copies):
        taken = set()
        for s in sources:
            part = take(tree, s, excludes)
            taken |= part
            if clean("/" + s) != "/":
                named |= part
        expect(f"line {line}", (copy["files"], copy["bytes"]),
               (len(taken), sum(tree.size[p] for p in taken)))
        every |= taken
    unused = set(tree.size) - every
    expect("unused", got["unused"],
           {"files": len(unused), "bytes": sum(tree.size[p] for p in unused)})
    return named, set(tree.size), got


def check_why(pare, root, ignore_text, rng, paths):
    ignore = Ignore(ignore_text)
    for path in rng.sample(paths, min(3, len(paths))):
        said = run(pare, root, "--why", path).decode().split("\n")[0]
        expect(f"--why {path}", said,
               "excluded" if ignore.excluded(path) else "included")


def read(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except FileNotFoundError:
        return None


def check(pare, root, seed):
    rng = random.Random(seed)
    dirs, files = make_tree(rng, root)
    text, copies = make_dockerfile(rng, dirs, files)
    file = os.path.join(root, ".dockerignore")
    with open(os.path.join(root, "Dockerfile"), "w", encoding="utf-8") as f:
        f.write(text)
    lines = [rng.choice(PATTERNS) for _ in range(rng.choice([0, 0, 1, 3, 6]))]
    ignore = "\n".join(lines) + ("\n" if rng.random() < 0.8 else "")
    if lines:
        with open(file, "w", encoding="utf-8") as f:
            f.write(ignore)
    else:
        ignore = ""
    named, sent, got = compare(pare, root, ignore, copies)
    check_why(pare, root, ignore, rng, dirs + files + ["no/such"])
    before = read(file)
    diff = run(pare, root, "--diff", status=(0, 1))
    expect("--diff changes nothing", read(file), before)
    run(pare, root, "--write")
    after = read(file)
    if before is not None and not (after or b"").startswith(before):
        raise Failed(f"the lines of the user changed: {after!r}")
    expect("--diff tells of a change", bool(diff), after != before)
    run(pare, root, "--write")
    expect("the second --write", read(file), after)
    new = (after or b"").decode()
    named2, sent2, got2 = compare(pare, root, new, copies)
    if before is None:
        sent2.discard(".dockerignore")
    if not named <= sent2:
        raise Failed(f"a COPY lost {sorted(named - sent2)}: {new!r}")
    if not named <= named2 | {".dockerignore"}:
        raise Failed(f"a COPY takes less: {sorted(named - named2)}")
    if not sent2 <= sent:
        raise Failed(f"more is sent: {sorted(sent2 - sent)}")
    grown = 0
    if after is not None and ".dockerignore" in Tree(root, Ignore(new)).size:
        grown = len(after) - len(before or b"")
    expect("saves", got["saves"]["bytes"],
           got["sent"]["bytes"] + grown - got2["sent"]["bytes"])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pare", default="build/pare")
    parser.add_argument("--seeds", default="0..299")
    args = parser.parse_args()
    first, last = (int(n) for n in args.seeds.split(".."))
    print(f"1..{last - first + 1}")
    failed = 0
    for seed in range(first, last + 1):
        root = tempfile.mkdtemp(prefix="pare-context-")
        try:
            check(args.pare, root, seed)
            print(f"ok {seed - first + 1} - seed {seed}")
        except Failed as e:
            failed += 1
            print(f"not ok {seed - first + 1} - seed {seed}\n# {e}")
            if os.environ.get("KEEP"):
                print(f"# {root}")
                continue
        finally:
            if not os.environ.get("KEEP"):
                shutil.rmtree(root)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
