# SPDX-License-Identifier: Apache-2.0
"""Reads each format of `pare lint` with a parser that is not ours.

read(format, bytes) gives [(path or None, line, rule, severity class)] and
raises Wrong when the bytes break the format's rules."""
import base64
import json
import re
import urllib.parse
import xml.etree.ElementTree

FORMATS = ["text", "json", "sarif", "github", "gitlab", "checkstyle",
           "codeclimate", "junit", "tty", "gnu"]
SEVERITIES = ["error", "warning", "info", "style"]
RULE = r"[A-Za-z][A-Za-z0-9-]*"


class Wrong(Exception):
    pass


def need(condition, what):
    if not condition:
        raise Wrong(what)


def text_of(data, what):
    """UTF-8 whose control characters are line ends alone."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as e:
        raise Wrong(f"{what}: not UTF-8: {e}") from e
    bad = re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f"
                    "\u2028-\u202e\u2066-\u2069\ufeff]", text)
    need(not bad, f"{what}: a character that should be escaped")
    need(not text or text.endswith("\n"), f"{what}: no line end at the end")
    return text


def pairs_once(pairs):
    need(len({k for k, _ in pairs}) == len(pairs), "a key twice")
    return dict(pairs)


def json_of(data, what):
    try:
        return json.loads(data.decode("utf-8"), object_pairs_hook=pairs_once)
    except ValueError as e:
        raise Wrong(f"{what}: {e}") from e


def xml_of(data, what):
    try:
        return xml.etree.ElementTree.fromstring(data)
    except xml.etree.ElementTree.ParseError as e:
        raise Wrong(f"{what}: {e}") from e


def path_of(o):
    if "path_b64" in o:
        return base64.b64decode(o["path_b64"], validate=True)
    return o["path"].encode("utf-8")


# --- one reader a format ------------------------------------------------------

def read_json(data):
    doc, found = json_of(data, "json"), []
    need(doc["schema"] == 1, "schema")
    for file in doc["files"]:
        for f in file["findings"]:
            keys = ["rule", "aliases", "severity", "line", "column",
                    "end_line", "end_column", "message", "bytes",
                    "bytes_source", "bytes_basis", "typical", "fix"]
            need(list(f) == keys, f"keys {list(f)}")
            need(re.fullmatch(RULE, f["rule"]), "rule")
            need(f["severity"] in SEVERITIES, "severity")
            need(f["fix"] is None, "fix")
            need((f["bytes"] is None) == (f["bytes_source"] is None), "bytes")
            need(f["bytes_source"] in ("estimate", "measured", None), "bytes")
            need(re.search(r"(\.\.\.|[^.])$", f["message"]),
                 f"message {f['message']}")
            found.append((path_of(file), f["line"], f["rule"], f["severity"]))
    return found


def sarif_shape(doc):
    """What the schema asks of the parts that pare writes."""
    need(set(doc) == {"$schema", "version", "runs"}, "sarif: top")
    need(doc["version"] == "2.1.0" and len(doc["runs"]) == 1, "sarif: run")
    run = doc["runs"][0]
    need(set(run) == {"tool", "invocations", "columnKind", "results"},
         "sarif: keys of run")
    need(run["columnKind"] == "utf16CodeUnits", "sarif: columnKind")
    driver = run["tool"]["driver"]
    need(driver["name"] == "pare" and driver["version"], "sarif: driver")
    ids = [r["id"] for r in driver["rules"]]
    need(ids == sorted(set(ids)), "sarif: rules")
    levels = {"error", "warning", "note"}
    for rule in driver["rules"]:
        need(rule["shortDescription"]["text"], "sarif: shortDescription")
        need(rule["help"]["text"], "sarif: help")
        need(rule["defaultConfiguration"]["level"] in levels, "sarif: level")
        if "helpUri" in rule:
            need(urllib.parse.urlsplit(rule["helpUri"]).scheme == "https",
                 "sarif: helpUri")
    need(len(run["invocations"]) == 1, "sarif: invocations")
    return run, ids


def uri_path(uri):
    need(re.fullmatch(r"(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2}|file:///)*", uri),
         f"sarif: uri {uri}")
    parts = urllib.parse.urlsplit(uri)
    need(parts.scheme in ("", "file") and not parts.query, "sarif: uri")
    return urllib.parse.unquote_to_bytes(parts.path)


def read_sarif(data):
    run, ids = sarif_shape(json_of(data, "sarif"))
    found = []
    for r in run["results"]:
        need(ids[r["ruleIndex"]] == r["ruleId"], "sarif: ruleIndex")
        need(r["message"]["text"] and len(r["locations"]) == 1, "sarif: result")
        need(re.fullmatch(r"[0-9a-f]{32}:[1-9][0-9]*",
                          r["partialFingerprints"]["pareLogicalLine/v1"]),
             "sarif: fingerprint")
        place = r["locations"][0]["physicalLocation"]
        region = place["region"]
        need(list(region) == ["startLine", "startColumn", "endLine",
                              "endColumn"], "sarif: region")
        need(all(n >= 1 for n in region.values()), "sarif: region")
        need((region["startLine"], region["startColumn"]) <=
             (region["endLine"], region["endColumn"]), "sarif: region")
        level = {"error": "error", "warning": "warning",
                 "note": "note"}[r["level"]]
        found.append((uri_path(place["artifactLocation"]["uri"]),
                      region["startLine"], r["ruleId"], level))
    return found


def decoded(value):
    return re.sub("%(25|0D|0A|3A|2C)",
                  lambda m: chr(int(m[1], 16)), value)


def read_github(data):
    found = []
    for line in text_of(data, "github").splitlines():
        m = re.fullmatch(r"::(error|warning|notice) file=([^,:]*)"
                         r"(?:,line=(\d+),endLine=(\d+)"
                         r"(?:,col=(\d+),endColumn=(\d+))?"
                         rf",title=({RULE})(?: \(\w+\))?)?::(.+)", line)
        need(m, f"github: {line}")
        need(not re.search("%(?!25|0D|0A)", m[8]), "github: message")
        if m[7]:
            need(int(m[4]) >= int(m[3]), "github: lines")
            need(not m[5] or int(m[6]) >= int(m[5]), "github: columns")
            found.append((None, int(m[3]), m[7],
                          {"notice": "note"}.get(m[1], m[1])))
    return found


ISSUE = {"critical": "error", "major": "warning", "minor": "info",
         "info": "style"}


def read_issue(o):
    need(re.fullmatch("[0-9a-f]{32}", o["fingerprint"]), "fingerprint")
    need(o["description"], "description")
    at = o["location"]
    need(not at["path"].startswith("./"), "path with ./")
    if "lines" in at:
        need(1 <= at["lines"]["begin"] <= at["lines"]["end"], "lines")
        line = at["lines"]["begin"]
    else:
        a, b = at["positions"]["begin"], at["positions"]["end"]
        need((1, 1) <= (a["line"], a["column"]) <= (b["line"], b["column"]),
             "positions")
        line = a["line"]
    return path_of(at), line, o["check_name"], ISSUE[o["severity"]]


def once(issues):
    prints = [i["fingerprint"] for i in issues]
    need(len(set(prints)) == len(prints), "a fingerprint twice")
    return issues


def read_gitlab(data):
    issues = json_of(data, "gitlab")
    need(isinstance(issues, list), "gitlab: no array")
    return [read_issue(i) for i in once(issues)]


def read_codeclimate(data):
    need(not data or data.endswith(b"\0"), "codeclimate: no NUL at the end")
    need(b"\n" not in data, "codeclimate: a line end")
    issues = [json_of(d, "codeclimate") for d in data.split(b"\0")[:-1]]
    for i in issues:
        need(i["type"] == "issue" and i["content"]["body"], "codeclimate")
        need(i["categories"] and set(i["categories"]) <=
             {"Bug Risk", "Performance", "Style"}, "codeclimate: categories")
    return [read_issue(i) for i in once(issues)]


def read_checkstyle(data):
    root, found = xml_of(data, "checkstyle"), []
    need(root.tag == "checkstyle", "checkstyle: root")
    for file in root:
        need(file.tag == "file" and file.get("name"), "checkstyle: file")
        for e in file:
            if e.tag == "exception":
                continue
            need(e.tag == "error" and e.get("message"), "checkstyle: error")
            need(int(e.get("column")) >= 1, "checkstyle: column")
            found.append((None, int(e.get("line")), e.get("source"),
                          {"info": "note"}.get(e.get("severity"),
                                               e.get("severity"))))
    return found


def read_junit(data):
    root, found, tests, errors = xml_of(data, "junit"), [], 0, 0
    need(root.tag == "testsuites", "junit: root")
    for suite in root:
        need(suite.tag == "testsuite", "junit: suite")
        need(int(suite.get("tests")) == len(suite), "junit: tests")
        tests += len(suite)
        failures = 0
        for case in suite:
            need(case.get("file") == suite.get("name"), "junit: file")
            errors += len(case.findall("error"))
            for f in case.findall("failure"):
                m = re.fullmatch(rf"({RULE}) at (\d+):(\d+)", case.get("name"))
                need(m and m[2] == case.get("line"), "junit: name")
                need(f.get("type") in SEVERITIES, "junit: type")
                text_of((f.text + "\n").encode(), "junit: text")
                failures += 1
                found.append((None, int(m[2]), m[1], f.get("type")))
        need(int(suite.get("failures")) == failures, "junit: failures")
    need(int(root.get("tests")) == tests, "junit: all tests")
    need(int(root.get("failures")) == len(found), "junit: all failures")
    need(int(root.get("errors")) == errors, "junit: errors")
    return found


def read_lines(data, what, pattern):
    found = []
    for line in text_of(data, what).splitlines():
        m = re.fullmatch(pattern, line)
        need(m, f"{what}: {line}")
        found.append((None, int(m["line"]), m["rule"], m["severity"]))
    return found


def read_tty(data):
    return read_lines(data, "tty", rf".+?:(?P<line>\d+) (?P<rule>{RULE}) "
                      r"(?P<severity>error|warning|info|style): .+")


def read_gnu(data):
    return read_lines(data, "gnu", r".+?:(?P<line>\d+):\d+: "
                      r"(?P<severity>error|warning|info|style): .+ "
                      rf"\[(?P<rule>{RULE})\]")


def read_text(data):
    """Heads of findings, told from sources by what stands in front."""
    found, lines = [], text_of(data, "text").splitlines()
    for line in lines[:-1]:
        if not line or re.match(r" +\d* \|", line):
            continue
        if line.startswith("  = "):
            need(re.fullmatch(r"  = (costs (about )?[\d.]+ [kMGT]?B "
                              r"\((estimate|measured)\); )?"
                              r"(typically [\d.]+ [kMGT]?B \(.+\); )?"
                              rf"see (pare lint --explain {RULE}|https://\S+)",
                              line), f"text: {line}")
            continue
        m = re.fullmatch(r".+?:(\d+):\d+: (error|warning|info|style) "
                         rf"({RULE})( \(\w+\))?: .+", line)
        need(m, f"text: {line}")
        found.append((None, int(m[1]), m[3], m[2]))
    count = re.match(r"(?:no|(\d+)) findings?", lines[-1])
    need(count and int(count[1] or 0) == len(found), f"text: {lines[-1]}")
    return found


def read(name, data):
    try:
        return globals()[f"read_{name}"](data)
    except (KeyError, IndexError, TypeError, AttributeError, ValueError) as e:
        raise Wrong(f"{name}: {type(e).__name__} {e}") from e


def same(found, other):
    """Both lists tell the same, as far as the second tells it."""
    need(len(found) == len(other), f"{len(other)} findings, not {len(found)}")
    for mine, its in zip(found, other):
        need(mine[1:3] == its[1:3], f"{its} is not {mine}")
        note = {"info": "note", "style": "note"}.get(mine[3], mine[3])
        need(its[3] in (mine[3], note), f"{its} is not {mine}")
