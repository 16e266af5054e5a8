"""A mail server of a test's own on this machine; it keeps what it is handed and answers as SMTP asks."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message


class Conversation(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.say("220 tests")
        while line := self.rfile.readline():
            command = line[:4].upper().strip()
            if command == b"DATA":
                self.say("354 go on")
                self.server.mails.append(message_from_bytes(b"".join(iter(self.rfile.readline, b".\r\n"))))
            self.say("221 bye" if command == b"QUIT" else "250 yes")
            if command == b"QUIT":
                return

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        self.mails: list[Message] = []
        super().__init__(("127.0.0.1", 0), Conversation)

    def handle_error(self, request, client_address) -> None:
        """Whoever was writing was killed; what had not arrived whole was not accepted."""


@contextmanager
def postbox() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
