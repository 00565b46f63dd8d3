"""A real mail server and a real server of group robots, which can be made to fail."""

from __future__ import annotations

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class MailServer:
    """What arrived, and how the next commands are answered: empty replies are those of success."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.to: list[str] = []
        self.on_rcpt = ""
        self.on_data = ""
        self.port = 0

    async def handle_RCPT(  # noqa: N802  # names and places of aiosmtpd
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.on_rcpt:
            return self.on_rcpt
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802  # the same
        if self.on_data == "drop":
            server.transport.close()
            return "250 never heard"
        if self.on_data:
            return self.on_data
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        self.to += envelope.rcpt_tos
        return "250 OK"

    def bodies(self) -> list[str]:
        """Return the plain texts of what arrived."""
        return [letter.get_body(("plain",)).get_content() for letter in self.letters]  # type: ignore[union-attr]


class _Controller(Controller):
    def factory(self) -> SMTP:
        return SMTP(self.handler, hostname="mail.test", ident="test")


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server at a free port of this machine."""
    handler = MailServer()
    with socket.create_server(("127.0.0.1", 0)) as free:
        handler.port = free.getsockname()[1]
    controller = _Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    try:
        yield handler
    finally:
        controller.stop()


@contextmanager
def distrusted_server(folder: Path) -> Iterator[int]:
    """Run a server with a certificate that nobody trusts; yield its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_own_certificate(folder))
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            with suppress(OSError):  # the other side breaks off, or the test is over
                while True:
                    heard, _from = listening.accept()
                    with suppress(OSError), heard:
                        context.wrap_socket(heard, server_side=True).close()

        server = threading.Thread(target=greet)
        server.start()
        try:
            yield listening.getsockname()[1]
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            server.join()


def _own_certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


class GroupServer:
    """What robots wrote, and how the next messages are answered, one after the other."""

    def __init__(self) -> None:
        self.written: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.answers: list[Any] = []
        self.url = ""

    def texts(self) -> list[str]:
        return [one[one["msgtype"]]["content"] for one in self.written]


@contextmanager
def group_server() -> Iterator[GroupServer]:
    """Run a server of group robots at a free port of this machine."""
    state = GroupServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = state.answers.pop(0) if state.answers else 0
            if answer == "reset":
                self.connection.close()
                return
            if answer == "hang":
                time.sleep(2)
                return
            if isinstance(answer, int):
                state.written.append(json.loads(body))
                state.keys += parse_qs(urlsplit(self.path).query)["key"]
                self._say(200, json.dumps({"errcode": answer, "errmsg": "ok"}).encode())
            elif answer == "half":
                self.send_response(200)
                self.send_header("Content-Length", "1000")
                self.end_headers()
                self.wfile.write(b'{"errcode"')
            elif answer == "moved":
                self.send_response(302)
                self.send_header("Location", f"{state.url}/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()
            else:
                self._say(*answer)

        def _say(self, status: int, content: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
