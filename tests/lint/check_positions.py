# SPDX-License-Identifier: Apache-2.0
"""Positions of a report against the bytes of the files."""
from formats import need


def lines_of(data):
    """Each line without its end, as bytes; one more behind a last \\n."""
    return data.split(b"\n")


def length(line):
    return len(line)


def check(report, contents):
    """report: the parsed JSON; contents: bytes by path, None: not looked."""
    for file in report["files"]:
        data = contents.get(file["path"])
        if data is None:
            continue
        lines, last = lines_of(data), (0, 0)
        for f in file["findings"]:
            start = f["line"], f["column"]
            end = f["end_line"], f["end_column"]
            need((1, 1) <= start <= end, f"{start} to {end}")
            need(start >= last, f"{start} stands behind {last}")
            for line, column in start, end:
                need(line <= len(lines), f"line {line} of {len(lines)}")
                need(column <= length(lines[line - 1]) + 1,
                     f"column {column} in line {line}")
            last = start


def units(line):
    """UTF-16 code units of bytes, each invalid byte one."""
    return len(line.decode("utf-8", "surrogateescape")
               .encode("utf-16-le", "surrogatepass")) // 2


def check_sarif(report, sarif, contents):
    """SARIF's regions are those of the JSON in other units."""
    results = iter(sarif["runs"][0]["results"])
    for file in report["files"]:
        data = contents.get(file["path"])
        for f in file["findings"]:
            region = next(results)["locations"][0]["physicalLocation"]["region"]
            if data is None:
                continue
            lines = lines_of(data)
            for at, line, column in (("start", f["line"], f["column"]),
                                     ("end", f["end_line"], f["end_column"])):
                head = lines[line - 1][:column - 1]
                if line == 1 and head.startswith(b"\xef\xbb\xbf"):
                    head = head[3:]
                need(region[f"{at}Line"] == line, "sarif: line")
                need(region[f"{at}Column"] == units(head) + 1,
                     f"sarif: column {region} of {f}")
