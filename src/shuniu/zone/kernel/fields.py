"""Personal data at rest: encrypted in the column, with the key outside the database."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _BinaryField = models.BinaryField[Any, Any]
else:
    _BinaryField = models.BinaryField

NONCE_BYTES = 12


class PersonalTextField(_BinaryField):
    """Text that names or reaches a person, stored as AES-256-GCM.

    The table and column are bound into the seal, so that a value copied into another column
    cannot be opened. An empty text is stored as no bytes. It cannot be searched.
    """

    description = _("Personal data")

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        return name, "shuniu.zone.kernel.fields.PersonalTextField", list(args), options

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002  # Django's signature
        sealed = None if value is None else self._seal(str(value))
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> str:
        return self._open(bytes(value)) if value else ""

    def get_default(self) -> str:
        return ""

    def value_to_string(self, obj: models.Model) -> str:  # noqa: ARG002  # Django's signature
        raise TypeError("Personal data is not serialized.")

    def to_python(self, value: Any) -> str:
        return "" if value is None else str(value)

    def _seal(self, text: str) -> bytes:
        if not text:
            return b""
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(settings.PERSONAL_DATA_KEY).encrypt(nonce, text.encode(), self._place())
        return nonce + sealed

    def _open(self, sealed: bytes) -> str:
        nonce, rest = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
        try:
            return AESGCM(settings.PERSONAL_DATA_KEY).decrypt(nonce, rest, self._place()).decode()
        except (InvalidTag, ValueError):
            raise ValidationError(f"{self._place().decode()} cannot be opened") from None

    def _place(self) -> bytes:
        return f"{self.model._meta.db_table}.{self.column}".encode()  # noqa: SLF001  # Django's documented door
