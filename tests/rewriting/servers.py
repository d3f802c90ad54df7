"""Endpoints on this machine that answer as told: well, wrongly, or not at all."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from msgspec import Struct, field


class Served(Struct):
    """``asked``: what came, headers and all, in order."""

    url: str
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)


Respond = Callable[[BaseHTTPRequestHandler, dict[str, Any], int], None]
"""Given the request, its body, and how many came before."""


def say(handler: BaseHTTPRequestHandler, text: object) -> None:
    """A chat completion."""
    send(handler, 200, json.dumps({"choices": [{"message": {"content": text}}]}).encode())


def send(
    handler: BaseHTTPRequestHandler, code: int, body: bytes = b"", *, length: int = -1, **more: str
) -> None:
    handler.send_response(code)
    handler.send_header("Content-Length", str(len(body) if length < 0 else length))
    for name, value in more.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


def paragraph_of(body: dict[str, Any]) -> str:
    """The paragraph that is asked about, with its marks."""
    user = str(body["messages"][1]["content"])
    return user.rpartition("\nThe paragraph:\n")[2].partition("\n\nYour last answer")[0]


@contextlib.contextmanager
def serving(respond: Respond) -> Iterator[Served]:
    served = Served("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            served.asked.append((self.path, dict(self.headers), body))
            with contextlib.suppress(OSError):  # whoever asked has had enough
                respond(self, body, len(served.asked) - 1)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served.url = f"http://127.0.0.1:{server.server_port}/v1"
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
