"""Asks a language model behind an OpenAI-compatible endpoint: one question, one answer.

Knows nothing of stories. Nothing that the other side does gets further than an ``EndpointError``:
it may refuse, redirect, break off, drip, flood, or answer nonsense. The key goes into one header of
requests to one host, over an encrypted connection or to this machine, and nowhere else.
"""

from __future__ import annotations

import http.client
import json
import re
import socket
import ssl
import time
import urllib.error
import urllib.request
from email.message import Message
from typing import IO, Any
from urllib.parse import urlsplit

from msgspec import Struct

from unspoken.language import failure
from unspoken.rewriting.brief import Brief

SECONDS = 60.0
"""How long an answer may take, from the first byte sent to the last one read."""
LARGEST = 1 << 20
"""How many bytes an answer may have."""
PATIENCE = 20.0
"""How many seconds are waited at most where the other side asks to come back later."""
_LATER = (429, 503)
_LOCAL = ("localhost", "127.0.0.1", "::1")


class EndpointError(Exception):
    """No answer, and why. ``lasting``: asking again would come to the same."""

    def __init__(self, why: str, *, lasting: bool = False) -> None:
        super().__init__(why)
        self.lasting = lasting


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: Any, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> None:
        """Whoever is redirected would take the key and the story along."""
        raise EndpointError("the endpoint redirects, which is not followed", lasting=True)


class Endpoint(Struct, frozen=True):
    """``url``: up to and with ``/v1``. ``key``: None for those that want none. Raises
    DiagnosticError for an address that cannot be one."""

    url: str
    model: str
    key: str | None = None
    seconds: float = SECONDS

    def __repr__(self) -> str:
        return f"Endpoint({self.url!r}, {self.model!r})"

    def __post_init__(self) -> None:
        why = self._fault()
        if why is not None:
            raise failure("no-endpoint", url=self.url, why=why)

    def _fault(self) -> str | None:
        try:
            parts = urlsplit(self.url)
            host, _ = parts.hostname, parts.port
        except ValueError as error:
            return str(error).lower()
        if parts.scheme not in ("http", "https") or not host:
            return "it is no http:// or https:// address"
        if parts.username is not None or parts.password is not None:
            return "it has a name or password in it"
        if parts.query or parts.fragment or not re.fullmatch(r"[\x21-\x7e]+", self.url):
            return "it has more than a host and a path"
        if self.key is not None and parts.scheme == "http" and host not in _LOCAL:
            return "a key would go to it unencrypted"
        if self.key is not None and not (self.key.isascii() and self.key.isprintable()):
            return "the key has characters that no key has"
        return None

    def ask(self, brief: Brief) -> str:
        """The answer's text. Raises EndpointError."""
        deadline = time.monotonic() + self.seconds
        for patient in (True, False):
            try:
                return _text(self._posted(brief, deadline))
            except urllib.error.HTTPError as error:
                wait = _later(error)
                error.close()
                if patient and wait is not None and time.monotonic() + wait < deadline:
                    time.sleep(wait)
                    continue
                lasting = 400 <= error.code < 500 and error.code not in (408, *_LATER)
                raise EndpointError(_refused(error.code), lasting=lasting) from None
            except (urllib.error.URLError, http.client.HTTPException, OSError) as error:
                raise EndpointError(self._why(error), lasting=_is_nobody(error)) from None
        raise AssertionError("the second time is the last")

    def _posted(self, brief: Brief, deadline: float) -> bytes:
        messages = [
            {"role": "system", "content": brief.system},
            {"role": "user", "content": brief.user},
        ]
        body = json.dumps({"model": self.model, "messages": messages}).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        if self.key is not None:
            headers["Authorization"] = f"Bearer {self.key}"
        address = f"{self.url.rstrip('/')}/chat/completions"
        request = urllib.request.Request(address, body, headers, method="POST")
        opener = urllib.request.build_opener(_NoRedirects)
        with opener.open(request, timeout=_left(deadline)) as response:
            chunks, size = [], 0
            while chunk := response.read1(1 << 14):
                size += len(chunk)
                if size > LARGEST:
                    raise EndpointError("the answer is too large")
                _left(deadline)
                chunks.append(chunk)
            if response.length:  # less came than was announced
                raise EndpointError("the answer breaks off")
            return b"".join(chunks)

    def _why(self, error: Exception) -> str:
        """What went wrong, without the key, whoever repeats it."""
        inner = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(inner, TimeoutError):
            return f"no answer within {self.seconds:g} seconds"
        if isinstance(inner, http.client.HTTPException):
            return "the answer breaks off, or is none that HTTP knows"
        said = inner.strerror if isinstance(inner, OSError) and inner.strerror else str(inner)
        if self.key:
            said = said.replace(self.key, "...")
        return f"the endpoint cannot be reached: {said.lower()}"


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _later(error: urllib.error.HTTPError) -> float | None:
    """How long to wait before asking again, where that is wanted."""
    if error.code not in _LATER:
        return None
    try:
        wait = float(error.headers.get("Retry-After", "1"))
    except ValueError:
        wait = 1.0  # a date: it is not worth reading
    return wait if 0 <= wait <= PATIENCE else None


def _refused(code: int) -> str:
    known = {
        401: "it wants another key",
        403: "it does not allow this",
        404: "there is no such model or address",
        429: "it is asked too often",
    }
    return (
        f"the endpoint refuses ({code}): {known[code]}"
        if code in known
        else (f"the endpoint fails ({code})")
    )


def _is_nobody(error: Exception) -> bool:
    """Whether nobody is there at all."""
    inner = error.reason if isinstance(error, urllib.error.URLError) else error
    return isinstance(inner, ConnectionRefusedError | socket.gaierror | ssl.SSLError)


def _text(body: bytes) -> str:
    """The text of a chat completion."""
    try:
        data = json.loads(body)
        text = data["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        raise EndpointError("the answer is no chat completion") from None
    if not isinstance(text, str):
        raise EndpointError("the answer has no text in it")
    return text
