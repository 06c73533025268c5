# SPDX-License-Identifier: Apache-2.0
"""registry - docker-registry on loopback with a folder of its own."""
import os
import socket
import subprocess
import time
import urllib.request

CONFIG = """version: 0.1
log: {{level: error, accesslog: {{disabled: true}}}}
storage: {{filesystem: {{rootdirectory: "{folder}"}}}}
http: {{addr: "127.0.0.1:{port}"}}
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as s:
        return s.getsockname()[1]


class Registry:
    def __init__(self, folder):
        self.port = free_port()
        self.stored = os.path.join(folder, "docker", "registry", "v2")
        os.makedirs(folder)
        config = os.path.join(folder, "config.yml")
        with open(config, "w", encoding="ascii") as out:
            out.write(CONFIG.format(folder=folder, port=self.port))
        self.log = open(os.path.join(folder, "log"), "wb")
        self.process = subprocess.Popen(
            ["docker-registry", "serve", config], stdin=subprocess.DEVNULL,
            stdout=self.log, stderr=self.log)
        end = time.monotonic() + 30
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > end:
                self.close()
                raise SystemExit("docker-registry does not answer; see "
                                 + self.log.name)
            time.sleep(0.1)

    def answers(self):
        try:
            with urllib.request.urlopen(
                    f"http://127.0.0.1:{self.port}/v2/", timeout=5):
                return True
        except OSError:
            return False

    def push(self, source, name):
        subprocess.run(["skopeo", "--insecure-policy", "copy", "-q",
                        "--dest-tls-verify=false", source,
                        f"docker://127.0.0.1:{self.port}/{name}"], check=True)

    def largest(self, repository):
        """The path of a repository's largest layer on this server."""
        def size(digest):
            return os.path.getsize(os.path.join(
                self.stored, "blobs", "sha256", digest[:2], digest, "data"))

        digest = max(os.listdir(os.path.join(
            self.stored, "repositories", repository, "_layers", "sha256")),
            key=size)
        return f"/v2/{repository}/blobs/sha256:{digest}"

    def close(self):
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)
        self.log.close()
