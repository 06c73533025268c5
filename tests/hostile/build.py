# SPDX-License-Identifier: Apache-2.0
"""build - images whose every document and blob may lie.

An Image holds its parts as bytes and dicts; a case changes some of them and
says in which container it stands. Digests follow the bytes unless a case sets
them itself."""
import base64
import hashlib
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)),
                                "..", "model"))
from images import archive, layer_tar, sha  # noqa: E402

OCI = "application/vnd.oci.image."
LAYER = OCI + "layer.v1.tar"


def short(data):
    return sha(data)[:12]


def dump(doc):
    return doc if isinstance(doc, bytes) else json.dumps(doc).encode()


def edited(doc, edit):
    """The edit changes the document, or returns another."""
    other = edit(doc) if edit else None
    return doc if other is None else other


def manifest_of(files):
    """The name of the (one) manifest among a layout's files."""
    return next(n for n, data in files.items()
                if n.startswith("blobs") and b'"config": {"med' in data)


class Image:
    """tars are the layers' plain bytes, blobs what is stored of them."""

    def __init__(self, *layers, blobs=None):
        self.tars = [t if isinstance(t, bytes) else layer_tar(t)
                     for t in layers]
        self.blobs = list(blobs or self.tars)
        self.types = [LAYER] * len(self.tars)
        self.config = {
            "architecture": "amd64", "os": "linux", "config": {},
            "rootfs": {"type": "layers", "diff_ids": [
                "sha256:" + sha(t) for t in self.tars]}}
        self.manifest = {"schemaVersion": 2,
                         "mediaType": OCI + "manifest.v1+json"}
        self.files = {}  # that stand there beside or instead

    def change(self, **parts):
        for name, value in parts.items():
            setattr(self, name, value)
        return self

    def put(self, data, kind, files):
        files["blobs/sha256/" + sha(data)] = data
        return {"mediaType": kind, "size": len(data),
                "digest": "sha256:" + sha(data)}

    def descriptors(self, files):
        """{config, layers} of the manifest, the blobs put into files."""
        config = dump(self.config)
        return {"config": self.put(config, OCI + "config.v1+json", files),
                "layers": [self.put(b, t, files)
                           for b, t in zip(self.blobs, self.types)]}

    def layout(self, edit_manifest=None, edit_index=None):
        """{name: bytes} of an OCI layout. The edits take a dict and change
        it, or return bytes."""
        files = {"oci-layout": b'{"imageLayoutVersion":"1.0.0"}'}
        manifest = {**self.manifest, **self.descriptors(files)}
        manifest = edited(manifest, edit_manifest)
        top = self.put(dump(manifest), OCI + "manifest.v1+json", files)
        index = {"schemaVersion": 2, "manifests": [top]}
        index = edited(index, edit_index)
        files["index.json"] = dump(index)
        files.update(self.files)
        return files

    def docker(self, edit=None):
        """{name: bytes} of what docker save writes."""
        config = dump(self.config)
        names = [f"{i}/layer.tar" for i in range(len(self.blobs))]
        files = dict(zip(names, self.blobs))
        files["config.json"] = config
        entry = {"Config": "config.json", "RepoTags": ["app:1"],
                 "Layers": names}
        doc = [entry]
        doc = edited(doc, edit)
        files["manifest.json"] = dump(doc)
        files.update(self.files)
        return files


def tar_of(files, members=b""):
    """An archive; members stand in front of what files holds."""
    return members + archive(files)


def data_of(data):
    return base64.b64encode(data).decode()


def digest512(data):
    return "sha512:" + hashlib.sha512(data).hexdigest()
