"""The other side of the wire may do anything: what comes of it is an answer, or a reason."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from tests.rewriting.servers import Respond, say, send, serving
from unspoken.language import DiagnosticError
from unspoken.rewriting import Endpoint, EndpointError
from unspoken.rewriting.brief import Brief

BRIEF = Brief("be good", "Ada ⟦1⟧ “x”\nline")
KEY = "sk-very-secret"


def test_what_is_asked() -> None:
    with serving(lambda handler, body, n: say(handler, "Well.")) as served:
        assert Endpoint(served.url + "/", "some-model", KEY).ask(BRIEF) == "Well."
        assert Endpoint(served.url, "some-model").ask(BRIEF) == "Well."
    (path, headers, body), (_, plain, _) = served.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == f"Bearer {KEY}"
    assert "Authorization" not in plain
    messages = [
        {"role": "system", "content": BRIEF.system},
        {"role": "user", "content": BRIEF.user},
    ]
    assert body == {"model": "some-model", "messages": messages}


def redirect(handler: BaseHTTPRequestHandler, body: dict[str, Any], n: int) -> None:
    send(handler, 302, Location=f"http://{handler.headers['Host']}/elsewhere")


def noise(handler: BaseHTTPRequestHandler, body: dict[str, Any], n: int) -> None:
    handler.wfile.write(b"\x00\x01 hm\r\n\r\n")


FAULTS: list[tuple[str, Respond, str, bool]] = [
    ("key", lambda h, b, n: send(h, 401), "refuses (401): it wants another key", True),
    ("model", lambda h, b, n: send(h, 404), "refuses (404): there is no such", True),
    ("fault", lambda h, b, n: send(h, 500, b"<html>"), "the endpoint fails (500)", False),
    ("moved", redirect, "redirects, which is not followed", True),
    ("html", lambda h, b, n: send(h, 200, b"<html>hello"), "is no chat completion", False),
    ("nothing", lambda h, b, n: send(h, 200), "is no chat completion", False),
    ("other", lambda h, b, n: send(h, 200, b'{"choices": []}'), "is no chat completion", False),
    ("deep", lambda h, b, n: send(h, 200, b"[" * 200_000), "is no chat completion", False),
    ("bytes", lambda h, b, n: send(h, 200, b"\xff\xfe\x00"), "is no chat completion", False),
    ("silent", lambda h, b, n: say(h, None), "has no text in it", False),
    ("flood", lambda h, b, n: send(h, 200, b" " * (2 << 20)), "is too large", False),
    ("broken", lambda h, b, n: send(h, 200, b'{"cho', length=900), "breaks off", False),
    ("mute", lambda h, b, n: h.connection.close(), "cannot be reached|breaks off", False),
    ("noise", noise, "is none that HTTP knows", False),
]


@pytest.mark.parametrize(("name", "respond", "why", "lasting"), FAULTS)
def test_no_answer_and_why(name: str, respond: Respond, why: str, lasting: bool) -> None:
    with serving(respond) as served, pytest.raises(EndpointError) as error:
        Endpoint(served.url, "m", KEY).ask(BRIEF)
    assert any(one in str(error.value) for one in why.split("|")), str(error.value)
    assert error.value.lasting is lasting
    assert KEY not in str(error.value)


def test_nobody_is_there() -> None:
    with serving(lambda handler, body, n: None) as served:
        pass
    with pytest.raises(EndpointError, match="cannot be reached") as error:
        Endpoint(served.url, "m").ask(BRIEF)
    assert error.value.lasting


@pytest.mark.parametrize("part", [b"", b'HTTP/1.0 200 OK\r\n\r\n{"cho'])
def test_a_slow_answer_is_none(part: bytes) -> None:
    done = threading.Event()

    def wait(handler: BaseHTTPRequestHandler, body: dict[str, Any], n: int) -> None:
        handler.wfile.write(part)
        handler.wfile.flush()
        done.wait(30)

    with serving(wait) as served:
        with pytest.raises(EndpointError, match=r"no answer within 0\.2 seconds"):
            Endpoint(served.url, "m", seconds=0.2).ask(BRIEF)
        done.set()


def test_asked_to_come_back_later() -> None:
    def busy(handler: BaseHTTPRequestHandler, body: dict[str, Any], n: int) -> None:
        if n == 0:
            send(handler, 429, Retry_After="0")
        else:
            say(handler, "Now.")

    with serving(busy) as served:
        assert Endpoint(served.url, "m").ask(BRIEF) == "Now."
    with serving(lambda h, b, n: send(h, 429, Retry_After="0")) as served:
        with pytest.raises(EndpointError, match="asked too often") as error:
            Endpoint(served.url, "m").ask(BRIEF)
        assert not error.value.lasting
    assert len(served.asked) == 2
    days = serving(lambda h, b, n: send(h, 503, Retry_After="86400"))
    with days as served, pytest.raises(EndpointError, match=r"fails \(503\)"):
        Endpoint(served.url, "m").ask(BRIEF)
    assert len(served.asked) == 1, "a day is not waited"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "",
            "localhost",
            "file:///etc/passwd",
            "ftp://a.b/v1",
            "http://",
            "http://[",
            "http://a:b/",
        ),
        *("http://me:pass@a.b/v1", "http://a.b/v1?key=1", "http://a.b/ v1", "http://a.b/\r\nX: y"),
        *("http://a.b/é", "http://example.org/v1"),
    ],
)
def test_no_address(url: str) -> None:
    with pytest.raises(DiagnosticError, match="cannot be asked"):
        Endpoint(url, "m", KEY)


def test_a_key_is_not_shown() -> None:
    assert KEY not in repr(Endpoint("https://example.org/v1", "m", KEY))
