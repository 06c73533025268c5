# SPDX-License-Identifier: Apache-2.0
"""tarwalk - the members of one tar, one after another, read block by block.

v7, ustar, GNU (long names, base-256, old sparse) and PAX (x and g headers,
sparse 0.0, 0.1 and 1.0). Precedence: PAX over GNU over the header block.
Written for being read: the whole tar is in memory, nothing is streamed.
"""
import hashlib

BLOCK = 512
PATH_MAX, NAME_MAX = 4096, 255


class Refused(Exception):
    """The image is one that must be refused."""


class Member:
    """One member: what its header says, and its content with holes filled."""

    def __init__(self):
        self.name = b""
        self.target = b""
        self.type = ""  # f d l c b p, h for a hard link, ? for others
        self.mode = self.uid = self.gid = self.mtime_ns = 0
        self.dev = (0, 0)
        self.payload = 0  # bytes between the header block and the padding
        self.content = b""
        self.xattrs = {}

    def sha(self):
        return hashlib.sha256(self.content).hexdigest()


def number(field):
    """An octal number padded with spaces or zeros, or base-256."""
    if field[0] & 0x80:
        value = int.from_bytes(field, "big", signed=False)
        bits = 8 * len(field)
        if field[0] == 0xFF:
            return value - (1 << bits)
        return value & ~(0x80 << (bits - 8))
    text = field.split(b"\0")[0].strip(b" ")
    if not text:
        return 0
    try:
        return int(text, 8)
    except ValueError:
        raise Refused(f"not an octal number: {field!r}") from None


def until_nul(field):
    return field.split(b"\0")[0]


def check_sum(block):
    want = number(block[148:156])
    blank = block[:148] + b" " * 8 + block[156:]
    signed = sum(c - 256 if c > 127 else c for c in blank)
    if want not in (sum(blank), signed):
        raise Refused("header checksum")


def pax_records(data):
    """[(key, value)] in order; every record must be exact."""
    records, at = [], 0
    while at < len(data):
        space = data.find(b" ", at)
        digits = data[at:space] if space >= 0 else b""
        if not digits.isdigit():
            raise Refused("PAX record length")
        end = at + int(digits)
        record = data[space + 1:end]
        if end > len(data) or not record.endswith(b"\n") or b"=" not in record:
            raise Refused("PAX record")
        key, value = record[:-1].split(b"=", 1)
        records.append((key, value))
        at = end
    return records


def pax_time(value):
    """Decimal seconds to nanoseconds, further digits cut off."""
    text = value.decode()
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.lstrip("+-").partition(".")
    return sign * (int(whole or 0) * 10**9 + int((part + "0" * 9)[:9]))


def fill(regions, stored, size):
    """The logical content of a sparse member."""
    out, at = bytearray(size), 0
    for offset, length in regions:
        if offset + length > size or at + length > len(stored):
            raise Refused("sparse map")
        out[offset:offset + length] = stored[at:at + length]
        at += length
    return bytes(out)


def old_gnu_map(tar, block, at):
    """Regions of an old GNU sparse member and where its data begins."""
    def pairs(block, first, count):
        for i in range(first, first + 24 * count, 24):
            if block[i:i + 12].strip(b"\0 "):
                yield number(block[i:i + 12]), number(block[i + 12:i + 24])

    regions, more = list(pairs(block, 386, 4)), block[482]
    while more:
        block = tar[at:at + BLOCK]
        if len(block) < BLOCK:
            raise Refused("sparse extension block missing")
        regions += pairs(block, 0, 21)
        more, at = block[504], at + BLOCK
    return regions, at


def pax_map(records, keys, data):
    """(regions, bytes of data that the map takes, size) or None."""
    if keys.get(b"GNU.sparse.major") == b"1":
        at, numbers = 0, []
        while not numbers or len(numbers) < 1 + 2 * numbers[0]:
            end = data.find(b"\n", at)
            if end < 0:
                raise Refused("sparse map runs past the data")
            numbers.append(int(data[at:end]))
            at = end + 1
        regions = list(zip(numbers[1::2], numbers[2::2]))
        return regions, -at % BLOCK + at, int(keys[b"GNU.sparse.realsize"])
    if b"GNU.sparse.map" in keys:
        numbers = [int(n) for n in keys[b"GNU.sparse.map"].split(b",") if n]
        return list(zip(numbers[::2], numbers[1::2])), 0, \
            int(keys[b"GNU.sparse.size"])
    if b"GNU.sparse.size" in keys:
        starts = [int(v) for k, v in records if k == b"GNU.sparse.offset"]
        sizes = [int(v) for k, v in records if k == b"GNU.sparse.numbytes"]
        return list(zip(starts, sizes)), 0, int(keys[b"GNU.sparse.size"])
    return None


TYPES = {b"0": "f", b"\0": "f", b"7": "f", b"S": "f", b"1": "h", b"2": "l",
         b"3": "c", b"4": "b", b"5": "d", b"6": "p"}


def header(block, keys, long_name, long_target):
    """A member from its header block and what stood before it."""
    m = Member()
    flag = block[156:157]
    m.name = until_nul(block[0:100])
    if block[257:263] == b"ustar\0" and block[345]:
        m.name = until_nul(block[345:500]) + b"/" + m.name
    m.name = m.name if long_name is None else long_name
    m.target = until_nul(block[157:257])
    m.target = m.target if long_target is None else long_target
    m.name = keys.get(b"GNU.sparse.name", keys.get(b"path", m.name))
    m.target = keys.get(b"linkpath", m.target)
    if b"\0" in m.name or b"\0" in m.target:
        raise Refused("NUL in a name")
    m.type = TYPES.get(flag, "?")
    if flag in (b"0", b"\0") and m.name.endswith(b"/"):
        m.type = "d"
    m.mode = number(block[100:108]) & 0o7777
    m.uid = int(keys.get(b"uid", number(block[108:116])))
    m.gid = int(keys.get(b"gid", number(block[116:124])))
    m.mtime_ns = number(block[136:148]) * 10**9
    if b"mtime" in keys:
        m.mtime_ns = pax_time(keys[b"mtime"])
    if m.type in ("c", "b"):
        m.dev = (number(block[329:337]), number(block[337:345]))
    m.xattrs = {k[13:]: v for k, v in keys.items()
                if k.startswith(b"SCHILY.xattr.")}
    return m


def members(tar):
    """Every member of the tar, in order."""
    at, shared, own = 0, {}, []
    long_name = long_target = None
    announced = False
    while at < len(tar):
        block = tar[at:at + BLOCK]
        if not block.strip(b"\0"):
            break
        if len(block) < BLOCK:
            raise Refused("the tar ends inside a header")
        check_sum(block)
        flag, at = block[156:157], at + BLOCK
        size = number(block[124:136])
        if flag in (b"x", b"g", b"L", b"K"):
            data = tar[at:at + size]
            if len(data) < size:
                raise Refused("the tar ends inside an extension")
            at += -size % BLOCK + size
            announced = True
            if flag == b"x":
                own = pax_records(data)
            elif flag == b"g":
                shared.update(pax_records(data))
            elif flag == b"L":
                long_name = until_nul(data)
            else:
                long_target = until_nul(data)
            continue
        keys = dict(shared)
        keys.update(own)
        keys = {k: v for k, v in keys.items() if v or b".xattr." in k}
        m = header(block, keys, long_name, long_target)
        size = int(keys.get(b"size", size)) if m.type in ("f", "?") else 0
        begin, regions = at, None
        if flag == b"S":
            regions, at = old_gnu_map(tar, block, at)
        data = tar[at:at + size]
        if len(data) < size:
            raise Refused("the tar ends inside a member")
        m.payload = at + size - begin
        at += -size % BLOCK + size
        sparse = pax_map(own, keys, data)
        if flag == b"S":
            m.content = fill(regions, data, number(block[483:495]))
        elif sparse:
            m.content = fill(sparse[0], data[sparse[1]:], sparse[2])
        else:
            m.content = data
        yield m
        own, long_name, long_target, announced = [], None, None, False
    if announced:
        raise Refused("a header announces a member that never comes")
