"""Sending: nowhere but to the servers that are configured, and never for long."""

from __future__ import annotations

import http.client
import json
import smtplib
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from socket import SHUT_RDWR, socket
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from shuniu.zone.notices.choices import Trouble

ANSWER_WITHIN_S = 5  # each wait for the other side
ALL_WITHIN_S = 15  # the whole of it, if somebody answers drop by drop
MOST_BYTES = 65_536
HOOK = "/cgi-bin/webhook/send"
NO_SUCH_ROBOT, TOO_OFTEN, BUSY = 93_000, 45_009, -1  # errcode of WeCom


class CannotSend(Exception):
    """A message did not go out, and why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


class Post:
    """What a worker sends with; keeps the connection to the mail server while there is work."""

    def __init__(self) -> None:
        self._mail: EmailBackend | None = None

    def send_mail(self, message: EmailMultiAlternatives) -> None:
        """Hand an e-mail to the mail server.

        Raises
        ------
        CannotSend
        """
        try:
            backend = self._opened()
            with _cut_off(_socket_of(backend)):
                backend.send_messages([message])
        except OSError as error:  # what smtplib raises is one, too
            self.close()
            raise CannotSend(trouble_of(error)) from error

    def send_to_group(self, secret: str, body: Mapping[str, object]) -> None:
        """Let a robot write to its group.

        Raises
        ------
        CannotSend
        """
        try:
            status, content = _posted(secret, json.dumps(body, ensure_ascii=False).encode())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise CannotSend(trouble_of(error)) from error
        if trouble := _judged(status, content):
            raise CannotSend(trouble)

    def close(self) -> None:
        """Let the mail server go."""
        backend, self._mail = self._mail, None
        if backend is not None:
            with suppress(OSError):
                backend.close()

    def _opened(self) -> EmailBackend:
        """Return an open connection: the one that is there, if the server still answers on it."""
        if self._mail is not None and self._mail.connection is not None:
            with suppress(OSError):
                if self._mail.connection.noop()[0] < http.client.BAD_REQUEST:
                    return self._mail
            self.close()
        self._mail = EmailBackend(timeout=ANSWER_WITHIN_S)
        self._mail.open()
        return self._mail


def trouble_of(error: Exception) -> Trouble:
    """Return what an error of the network means."""
    for kinds, trouble in _BY_ERROR:
        if isinstance(error, kinds):
            return trouble
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _text in error.recipients.values()]
        return Trouble.RECIPIENT if min(codes, default=0) >= _FOR_GOOD else Trouble.LATER
    if isinstance(error, smtplib.SMTPResponseException):
        is_final = error.smtp_code >= _FOR_GOOD
        if isinstance(error, smtplib.SMTPSenderRefused):
            return Trouble.SENDER if is_final else Trouble.LATER
        return Trouble.REFUSED if is_final else Trouble.LATER
    return Trouble.NOT_REACHED


_FOR_GOOD = 500  # replies of SMTP from here on do not change by trying again
_BY_ERROR: tuple[tuple[tuple[type[Exception], ...], Trouble], ...] = (
    ((smtplib.SMTPAuthenticationError,), Trouble.SIGN_IN),
    ((smtplib.SMTPNotSupportedError, ssl.SSLError), Trouble.NO_TLS),
    (
        (
            smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError,
            TimeoutError, http.client.RemoteDisconnected, http.client.IncompleteRead,
            ConnectionResetError, BrokenPipeError,
        ),
        Trouble.NO_ANSWER,
    ),
    ((http.client.HTTPException, ValueError), Trouble.NOT_UNDERSTOOD),
)  # fmt: skip


def _posted(secret: str, body: bytes) -> tuple[int, bytes]:
    """Return status and content of the answer. Redirects and proxies play no part."""
    base = urlsplit(settings.WECOM_ADDRESS)
    if base.hostname is None:
        raise CannotSend(Trouble.NO_SERVER)
    if base.scheme == "https":
        connection: http.client.HTTPConnection = http.client.HTTPSConnection(
            base.hostname,
            base.port,
            timeout=ANSWER_WITHIN_S,
            context=ssl.create_default_context(),
        )
    else:
        connection = http.client.HTTPConnection(base.hostname, base.port, timeout=ANSWER_WITHIN_S)
    try:
        address = f"{base.path.rstrip('/')}{HOOK}?{urlencode({'key': secret})}"
        connection.request(
            "POST", address, body, {"Content-Type": "application/json; charset=utf-8"}
        )
        with _cut_off(connection.sock):
            answer = connection.getresponse()
            return answer.status, answer.read(MOST_BYTES)
    finally:
        connection.close()


def _judged(status: int, content: bytes) -> Trouble | None:
    """Return what is wrong by an answer of WeCom; nothing if the group has the message."""
    if http.client.MULTIPLE_CHOICES <= status < http.client.BAD_REQUEST:
        return Trouble.MOVED
    if status == http.client.TOO_MANY_REQUESTS:
        return Trouble.TOO_OFTEN
    if status >= http.client.INTERNAL_SERVER_ERROR:
        return Trouble.LATER
    try:
        code = json.loads(content)["errcode"]
    except (ValueError, KeyError, TypeError):
        return Trouble.NOT_UNDERSTOOD
    if status != http.client.OK:
        return Trouble.NOT_UNDERSTOOD
    known = {
        0: None,
        BUSY: Trouble.LATER,
        TOO_OFTEN: Trouble.TOO_OFTEN,
        NO_SUCH_ROBOT: Trouble.NO_ROBOT,
    }
    return known.get(code, Trouble.REFUSED)


def _socket_of(backend: EmailBackend) -> socket | None:
    return getattr(backend.connection, "sock", None)


@contextmanager
def _cut_off(line: Any) -> Iterator[None]:
    """End the connection when all of it takes too long, however lively the other side is."""
    timer = threading.Timer(ALL_WITHIN_S, _shut, [line])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(line: Any) -> None:
    with suppress(OSError):
        line.shutdown(SHUT_RDWR)
