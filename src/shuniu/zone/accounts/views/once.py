"""What may be shown once: kept for the next page only, sealed meanwhile."""

from __future__ import annotations

import base64
import json

from cryptography.fernet import Fernet
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

_NAME = "shown-once"


def keep_once(request: HttpRequest, words: tuple[str, ...]) -> None:
    """Keep words for the next page of this session; the session's row holds them sealed."""
    sealed = _seal().encrypt(json.dumps(words).encode())
    request.session[_NAME] = sealed.decode()


def take_once(request: HttpRequest) -> tuple[str, ...]:
    """Return what was kept and forget it; nothing if it was shown already."""
    sealed = request.session.pop(_NAME, None)
    return tuple(json.loads(_seal().decrypt(sealed))) if sealed else ()


def is_kept(request: HttpRequest) -> bool:
    """Return whether something waits to be shown."""
    return _NAME in request.session


def _seal() -> Fernet:
    key = salted_hmac("accounts.shown-once", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(key))
