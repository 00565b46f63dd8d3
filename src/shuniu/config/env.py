"""The environment, read once, checked as a whole."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

PACKAGE = Path(__file__).resolve().parents[1]
LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
PROXIES_HERE = ("127.0.0.1", "::1")

PasswordRules = Literal["asvs", "dengbao"]
MailTls = Literal["starttls", "tls", "none"]
MAIL_PORTS: Mapping[MailTls, str] = {"starttls": "587", "tls": "465", "none": "25"}
MAIL_VARIABLES = (
    "SHUNIU_SMTP_HOST", "SHUNIU_SMTP_PORT", "SHUNIU_SMTP_USER", "SHUNIU_SMTP_PASSWORD",
    "SHUNIU_SMTP_TLS", "SHUNIU_SMTP_FROM",
)  # fmt: skip
WECOM = "https://qyapi.weixin.qq.com"


class BadEnvironment(Exception):
    """Values of the environment that cannot be used, all of them at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True, repr=False)
class MailServer:
    """The server that e-mails are handed to; its text form shows no password."""

    host: str
    port: int
    user: str
    password: str
    tls: MailTls
    sender: str

    def __repr__(self) -> str:
        return f"MailServer({self.host}:{self.port})"


@dataclass(frozen=True, slots=True)
class Environment:
    """What the product takes from outside.

    Attributes
    ----------
    home
        Data folder: database, keys, uploaded files, demo sign-ins.
    database
        One entry of Django's ``DATABASES`` without the options that the product pins.
    address
        Public address with scheme, or None for a machine that only serves itself.
    hosts
        Host names that are answered.
    port
        Port wanted by ``shuniu serve``.
    heads
        Folder that heads of the chain of facts are written to, best on another disk.
    proxies
        Addresses of the proxies that are believed to tell whom they were asked by.
    password_rules
        Which rules passwords follow: those of OWASP ASVS or those of GB/T 22239 (dengbao).
    mail
        The server that e-mails are handed to; None: none are sent.
    wecom
        The server of group robots, with its scheme; the one place where they can write.
    is_open311
        Whether cases are given out to everybody as Open311 GeoReport v2, without words and names.
    """

    home: Path
    database: Mapping[str, str]
    address: str | None
    hosts: tuple[str, ...]
    port: int
    heads: Path
    proxies: tuple[str, ...]
    password_rules: PasswordRules
    mail: MailServer | None = None
    wecom: str = WECOM
    is_open311: bool = False

    @property
    def is_https(self) -> bool:
        return self.address is not None and self.address.startswith("https://")


def read_environment(values: Mapping[str, str] = os.environ) -> Environment:
    """Return the environment; raise BadEnvironment with every problem found."""
    problems: list[str] = []
    home = Path(values.get("SHUNIU_HOME") or default_home(values)).expanduser().resolve()
    database = _database(values.get("SHUNIU_DATABASE_URL", ""), home, problems)
    address = _address(values.get("SHUNIU_ADDRESS", ""), problems)
    port = _port(values.get("SHUNIU_PORT", "8000"), problems)
    extra = _listed(values.get("SHUNIU_HOSTS", ""))
    heads = Path(values.get("SHUNIU_HEADS") or home / "heads").expanduser().resolve()
    proxies = _proxies(values.get("SHUNIU_PROXIES"), address, problems)
    password_rules = _password_rules(values.get("SHUNIU_PASSWORDS", "asvs"), problems)
    mail = _mail(values, problems)
    wecom = _wecom(values.get("SHUNIU_WECOM_ADDRESS") or WECOM, problems)
    is_open311 = _turned_on("SHUNIU_GEOREPORT", values, problems)
    if problems:
        raise BadEnvironment(problems)
    if address and (name := urlsplit(address).hostname):
        extra.append(name)
    hosts = (*LOCAL_HOSTS, *extra)
    return Environment(
        home,
        database,
        address,
        hosts,
        port,
        heads,
        proxies,
        password_rules,
        mail,
        wecom,
        is_open311,
    )


def default_home(values: Mapping[str, str]) -> Path:
    """Return ``var`` beside the sources of a checkout, else the user's data folder."""
    checkout = PACKAGE.parents[1]
    if (checkout / "pyproject.toml").exists() and PACKAGE.parent.name == "src":
        return checkout / "var"
    return Path(values.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "shuniu"


def _database(url: str, home: Path, problems: list[str]) -> Mapping[str, str]:
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(home / "shuniu.sqlite3")}
    parts, port = _split(url)
    if parts is None or port is None or parts.scheme not in {"postgres", "postgresql"}:
        problems.append("SHUNIU_DATABASE_URL: write postgres://user:password@host:port/database")
        return {}
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/") or "shuniu",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.get("host", unquote(parts.hostname or "")),
        "PORT": port,
    }


def _address(address: str, problems: list[str]) -> str | None:
    if not address:
        return None
    parts, port = _split(address)
    if parts is None or port is None or parts.scheme not in {"http", "https"} or not parts.hostname:
        problems.append("SHUNIU_ADDRESS: write the public address, such as https://hub.example.cn")
    return address.rstrip("/")


def _split(address: str) -> tuple[SplitResult | None, str | None]:
    """Return the parts of an address and its port as text; None for what cannot be read."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None, None
    try:
        return parts, str(parts.port or "")
    except ValueError:
        return parts, None


def _proxies(listed: str | None, address: str | None, problems: list[str]) -> tuple[str, ...]:
    """Return whom to believe; with a public address that is by itself a proxy on this machine."""
    if listed is None:
        return PROXIES_HERE if address else ()
    try:
        return tuple(str(ip_address(proxy)) for proxy in _listed(listed))
    except ValueError:
        problems.append("SHUNIU_PROXIES: write addresses of proxies, such as 127.0.0.1,10.0.0.5")
        return ()


def _password_rules(rules: str, problems: list[str]) -> PasswordRules:
    known: dict[str, PasswordRules] = {"asvs": "asvs", "dengbao": "dengbao"}
    if rules not in known:
        problems.append("SHUNIU_PASSWORDS: write asvs (long) or dengbao (mixed and changed)")
    return known.get(rules, "asvs")


def _mail(values: Mapping[str, str], problems: list[str]) -> MailServer | None:
    """Return the mail server; None if nothing is said of one."""
    given = {name: values.get(name, "").strip() for name in MAIL_VARIABLES}
    if not any(given.values()):
        return None
    before = len(problems)
    host = given["SHUNIU_SMTP_HOST"]
    sender = given["SHUNIU_SMTP_FROM"]
    user, password = given["SHUNIU_SMTP_USER"], values.get("SHUNIU_SMTP_PASSWORD", "")
    known: dict[str, MailTls] = {"starttls": "starttls", "tls": "tls", "none": "none"}
    tls = known.get(given["SHUNIU_SMTP_TLS"] or "starttls")
    if not host or "/" in host or "@" in host:
        problems.append("SHUNIU_SMTP_HOST: write the name of the mail server, as smtp.example.cn")
    if tls is None:
        problems.append("SHUNIU_SMTP_TLS: write starttls, tls or none")
        return None
    port = given["SHUNIU_SMTP_PORT"] or MAIL_PORTS[tls]
    if not port.isdecimal() or not 0 < int(port) < 65536:
        problems.append("SHUNIU_SMTP_PORT: write a number from 1 to 65535")
    if not _is_sender(sender):
        problems.append("SHUNIU_SMTP_FROM: write the sender, as hub@example.cn")
    if bool(user) != bool(password):
        problems.append("SHUNIU_SMTP_USER, SHUNIU_SMTP_PASSWORD: write both, or neither")
    if password and tls == "none" and host not in LOCAL_HOSTS:
        problems.append("SHUNIU_SMTP_TLS: a password is not sent without TLS; write starttls")
    if len(problems) > before:
        return None
    return MailServer(host, int(port), user, password, tls, sender)


def _is_sender(sender: str) -> bool:
    """Return whether this is one address, alone: the name beside it is the zone's."""
    name, at, domain = sender.partition("@")
    is_plain = sender.isascii() and sender.isprintable() and not set(sender) & set(' <>,;"()')
    return bool(name and at and "." in domain and "@" not in domain and is_plain)


def _wecom(address: str, problems: list[str]) -> str:
    """Return the server of group robots; plain HTTP is for a relay on this machine only."""
    parts, port = _split(address)
    is_local = parts is not None and parts.hostname in LOCAL_HOSTS
    schemes = {"https", "http"} if is_local else {"https"}
    if parts is None or port is None or parts.scheme not in schemes or not parts.hostname:
        problems.append(f"SHUNIU_WECOM_ADDRESS: write the server of group robots, as {WECOM}")
    elif parts.query or parts.fragment or parts.username:
        problems.append("SHUNIU_WECOM_ADDRESS: leave out user, query and the robot's own key")
    return address.rstrip("/")


def _turned_on(name: str, values: Mapping[str, str], problems: list[str]) -> bool:
    text = values.get(name, "off")
    if text not in {"on", "off"}:
        problems.append(f"{name}: write on or off")
    return text == "on"


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _port(port: str, problems: list[str]) -> int:
    if not port.isdecimal() or not 0 < int(port) < 65536:
        problems.append("SHUNIU_PORT: write a number from 1 to 65535")
        return 0
    return int(port)
