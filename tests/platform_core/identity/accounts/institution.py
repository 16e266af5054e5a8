"""A small OpenID Connect provider on the loopback, for tests: it knows one person and believes every code."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CLIENT = "clusterpolisee"


class Provider(ThreadingHTTPServer):
    """`claims` are what it tells of whoever signs in."""

    claims: dict

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def documents(self) -> dict[str, dict]:
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
            },
            "/keys": {"keys": []},
            "/userinfo": self.claims,
            "/token": {"access_token": "a", "token_type": "Bearer", "id_token": self.token()},
        }

    def token(self) -> str:
        """Unsigned, as it comes over a connection of its own."""
        now = int(time.time())
        told = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims}
        parts = ({"alg": "HS256", "typ": "JWT"}, told)
        return ".".join([*(encoded(json.dumps(part).encode()) for part in parts), encoded(b"no signature")])


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


class Answer(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        found = self.server.documents().get(self.path.split("?")[0])
        content = json.dumps(found or {}).encode()
        self.send_response(200 if found is not None else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET  # noqa: N815 - the name the server asks for

    def log_message(self, *_told) -> None:
        """Nothing is printed between the dots of the tests."""


@contextmanager
def provider(**claims) -> Iterator[Provider]:
    server = Provider(("127.0.0.1", 0), Answer)
    server.claims = claims
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
