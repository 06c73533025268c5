# SPDX-License-Identifier: Apache-2.0
"""throttle - a TCP proxy on loopback with the bandwidth of a network.

What the server sends shares one token bucket over all connections; requests
pass as they come. Latency and loss are not imitated.
"""
import socket
import threading
import time

CHUNK = 1 << 17
BURST_S = 0.05  # so that a late wake-up is made good


class Throttle:
    def __init__(self, server):
        self.server = server
        self.lock = threading.Lock()
        self.mbit, self.moved, self.due = 0, 0, 0.0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def start(self, mbit):
        """From now on this rate; 0 is none. Counts anew."""
        with self.lock:
            self.mbit, self.moved, self.due = mbit, 0, time.monotonic()

    def accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.server))
            except OSError:
                return
            for words in (client, server, False), (server, client, True):
                threading.Thread(target=self.pump, args=words,
                                 daemon=True).start()

    def wait(self, n):
        """Until n more bytes may have passed."""
        with self.lock:
            self.moved += n
            if not self.mbit:
                return
            self.due = max(self.due, time.monotonic() - BURST_S) + \
                n * 8 / (self.mbit * 1e6)
            due = self.due
        time.sleep(max(0.0, due - time.monotonic()))

    def pump(self, source, to, slow):
        try:
            while data := source.recv(CHUNK):
                if slow:
                    self.wait(len(data))
                to.sendall(data)
            to.shutdown(socket.SHUT_WR)
        except OSError:
            source.close()
            to.close()

    def close(self):
        self.listener.close()
