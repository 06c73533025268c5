# SPDX-License-Identifier: Apache-2.0
"""imageread - an image from an OCI layout (directory or tar) or a
docker-archive of any dialect: its config bytes and its layers' blobs."""
import gzip
import hashlib
import json
import os
import subprocess

from tarwalk import Refused, members


class Image:
    def __init__(self, config_bytes, blobs, manifest_bytes=None):
        self.config_bytes, self.blobs = config_bytes, blobs
        self.manifest_bytes = manifest_bytes
        self.config = json.loads(config_bytes)

    def tars(self):
        return [inflate(b) for b in self.blobs]

    def check(self):
        """DiffIDs are those of the layers."""
        have = ["sha256:" + hashlib.sha256(t).hexdigest() for t in self.tars()]
        if have != self.config["rootfs"]["diff_ids"]:
            raise Refused("diff_ids do not match the layers")


def inflate(blob):
    if blob[:2] == b"\x1f\x8b":
        return gzip.decompress(blob)
    if blob[:4] == b"\x28\xb5\x2f\xfd":
        done = subprocess.run(["zstd", "-dc"], input=blob, check=True,
                              stdout=subprocess.PIPE)
        return done.stdout
    return blob


class Directory:
    def __init__(self, path):
        self.path = path

    def has(self, name):
        return os.path.exists(os.path.join(self.path, name))

    def read(self, name):
        with open(os.path.join(self.path, name), "rb") as f:
            return f.read()


class Archive:
    """The members of a tar by name; links between them are followed."""

    def __init__(self, data):
        self.files = {}
        for m in members(data):
            self.files[os.path.normpath(m.name.decode())] = m

    def has(self, name):
        return os.path.normpath(name) in self.files

    def read(self, name):
        name = os.path.normpath(name)
        m = self.files[name]
        if m.type == "l":
            return self.read(os.path.join(os.path.dirname(name),
                                          m.target.decode()))
        if m.type == "h":
            return self.read(m.target.decode())
        return m.content


def blob(place, descriptor):
    kind, digest = descriptor["digest"].split(":")
    data = place.read(f"blobs/{kind}/{digest}")
    if hashlib.new(kind, data).hexdigest() != digest:
        raise Refused(f"digest of {digest}")
    if len(data) != descriptor["size"]:
        raise Refused(f"size of {digest}")
    return data


def read_oci(place):
    document = json.loads(place.read("index.json"))
    while "manifests" in document:
        raw = blob(place, document["manifests"][0])
        document = json.loads(raw)
    return Image(blob(place, document["config"]),
                 [blob(place, d) for d in document["layers"]], raw)


def read_docker(place):
    entry = json.loads(place.read("manifest.json"))[0]
    return Image(place.read(entry["Config"]),
                 [place.read(name) for name in entry["Layers"] or []])


def read_image(path):
    """manifest.json is read where there is one, and must then agree with an
    index.json beside it."""
    if os.path.isdir(path):
        place = Directory(path)
    else:
        with open(path, "rb") as f:
            place = Archive(inflate(f.read()))
    if not place.has("manifest.json"):
        return read_oci(place)
    image = read_docker(place)
    if place.has("index.json"):
        other = read_oci(place)
        if (other.config_bytes, other.blobs) != (image.config_bytes,
                                                 image.blobs):
            raise Refused("manifest.json and index.json disagree")
        return other
    return image
