# SPDX-License-Identifier: Apache-2.0
"""index.py DIR [PLATFORM...] [--attest]: an OCI layout of one index with as
many annotations as its documents can bear, each named after where it stands.

One wasteful image a platform; with --attest an attestation beside each."""
import gzip
import hashlib
import io
import json
import os
import sys
import tarfile

OCI = "application/vnd.oci.image."


def layer(**files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as t:
        for name, data in sorted(files.items()):
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(data), 1000000000
            t.addfile(info, io.BytesIO(data))
    return out.getvalue()


def put(where, data, media_type, **more):
    name = hashlib.sha256(data).hexdigest()
    with open(f"{where}/blobs/sha256/{name}", "wb") as out:
        out.write(data)
    return {"mediaType": media_type, "digest": "sha256:" + name,
            "size": len(data), **more}


def dump(doc):
    return json.dumps(doc).encode()


def note(name):
    return {"annotations": {"note." + name: "KEPT-" + name}}


def manifest(where, platform):
    os_name, arch, *variant = platform.split("/")
    layers = [layer(base=arch.encode()), layer(big=b"q" * 400000),
              layer(big=b"small")]
    config = {"os": os_name, "architecture": arch, "config": {"Cmd": ["x"]},
              "rootfs": {"type": "layers", "diff_ids": [
                  "sha256:" + hashlib.sha256(t).hexdigest()
                  for t in layers]}}
    doc = {"schemaVersion": 2, "mediaType": OCI + "manifest.v1+json",
           "artifactType": "application/x-kept-type",
           "config": put(where, dump(config), OCI + "config.v1+json",
                         **note("config")),
           "layers": [put(where, gzip.compress(t, mtime=0),
                          OCI + "layer.v1.tar+gzip", **note(f"layer{n}"))
                      for n, t in enumerate(layers)],
           "subject": {"mediaType": OCI + "manifest.v1+json", "size": 2,
                       "digest": "sha256:" + "5" * 64},
           **note("manifest")}
    text = dump(doc)
    names = {"os": os_name, "architecture": arch, "os.features": ["kept"]}
    if variant:
        names["variant"] = variant[0]
    return put(where, text, OCI + "manifest.v1+json", platform=names,
               urls=["https://example.org/old"], **note("descriptor"))


def attestation(where, of):
    doc = {"schemaVersion": 2, "mediaType": OCI + "manifest.v1+json",
           "config": put(where, b"{}", OCI + "config.v1+json"),
           "layers": [put(where, b"{}", "application/vnd.in-toto+json")]}
    return put(where, dump(doc), OCI + "manifest.v1+json",
               platform={"os": "unknown", "architecture": "unknown"},
               annotations={
                   "vnd.docker.reference.type": "attestation-manifest",
                   "vnd.docker.reference.digest": of["digest"]})


def main(where, *words):
    os.makedirs(where + "/blobs/sha256")
    listed = [manifest(where, w) for w in words if w[0] != "-"]
    if "--attest" in words:
        listed += [attestation(where, m) for m in listed]
    top = put(where, dump({
        "schemaVersion": 2, "mediaType": OCI + "index.v1+json",
        "manifests": listed, "artifactType": "application/x-index-type",
        **note("index")}), OCI + "index.v1+json", **note("entry"))
    top["annotations"]["org.opencontainers.image.ref.name"] = "app:1"
    with open(where + "/oci-layout", "wb") as out:
        out.write(b'{"imageLayoutVersion":"1.0.0"}')
    with open(where + "/index.json", "wb") as out:
        out.write(dump({"schemaVersion": 2, "manifests": [top],
                        **note("layout")}))


main(*sys.argv[1:])
