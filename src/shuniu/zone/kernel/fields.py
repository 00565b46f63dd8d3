"""Personal data at rest: encrypted in the column, bound to its row, with keys outside."""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core import checks
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    _BinaryField = models.BinaryField[str, str]
    _CharField = models.CharField[str | None, str | None]
else:
    _BinaryField = models.BinaryField
    _CharField = models.CharField

LAYOUT = 1
NUMBER_BYTES = 2
NONCE_BYTES = 12
HEAD_BYTES = 1 + NUMBER_BYTES
HIDDEN = "•••"


class CannotBeOpened(Exception):
    """A sealed text is not what was sealed at this place, or its key is gone.

    ``place`` names table, column and row.
    """

    def __init__(self, place: str) -> None:
        super().__init__(f"{place} cannot be opened")
        self.place = place

    def __reduce__(self) -> tuple[type[CannotBeOpened], tuple[str]]:
        return CannotBeOpened, (self.place,)


@dataclass(frozen=True, slots=True, repr=False)
class Sealed:
    """A personal text as the database has it; ``place`` is known once its row is."""

    stored: bytes
    place: str = ""

    @property
    def key_number(self) -> int:
        """Return the number of the key that it was sealed with; 0 when it was never sealed."""
        if len(self.stored) < HEAD_BYTES or self.stored[0] != LAYOUT:
            return 0
        return int.from_bytes(self.stored[1:HEAD_BYTES], "big")

    def __str__(self) -> str:
        return HIDDEN

    def __repr__(self) -> str:
        return f"Sealed({HIDDEN})"


def seal(text: str, place: str) -> Sealed:
    """Return a text sealed for a place with the current key; an empty one as no bytes."""
    if not text:
        return Sealed(b"", place)
    key = settings.DATA_KEYRING.current()
    nonce = os.urandom(NONCE_BYTES)
    head = bytes((LAYOUT,)) + key.number.to_bytes(NUMBER_BYTES, "big")
    body = key.cipher.encrypt(nonce, text.encode(), place.encode())
    return Sealed(head + nonce + body, place)


def unseal(sealed: Sealed) -> str:
    """Return the text; raise CannotBeOpened for one sealed elsewhere, changed, or without key."""
    if not sealed.stored:
        return ""
    body = sealed.stored[HEAD_BYTES:]
    try:
        key = settings.DATA_KEYRING.key(sealed.key_number)
        opened = key.cipher.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], sealed.place.encode())
    except (InvalidTag, ValueError, LookupError):
        raise CannotBeOpened(sealed.place) from None
    return opened.decode()


class PersonalText(DeferredAttribute):
    """The attribute of a row: opens the stored text when it is first read."""

    field: PersonalTextField

    def __get__(self, instance: models.Model | None, owner: Any = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, owner)
        if not isinstance(value, Sealed):
            return value
        text = unseal(value if value.place else self.field.bound(value, instance.pk))
        instance.__dict__[self.field.attname] = text
        return text

    def __set__(self, instance: models.Model, value: Any) -> None:
        if isinstance(value, Sealed) and not value.place:
            row = instance.__dict__.get(self.field.model._meta.pk.attname)  # noqa: SLF001  # Django's documented door
            value = value if row is None else self.field.bound(value, row)
        instance.__dict__[self.field.attname] = value


class PersonalTextField(_BinaryField):
    """Text that names or reaches a person, stored as AES-256-GCM.

    Stored are the layout's number (1 byte), the key's number (2), a nonce (12) and the sealed text
    with its tag. Table, column and primary key are bound in, so that a value copied to another
    place cannot be opened there; therefore the primary key must be known before the row is
    written. An empty text is stored as no bytes. A row gives text; ``values()`` gives ``Sealed``.
    It cannot be searched (see ``BlindIndexField``) nor serialized, and ``update()`` takes nothing
    but an empty or a sealed text.
    """

    description = _("Personal data")
    descriptor_class = PersonalText

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        return name, "shuniu.zone.kernel.fields.PersonalTextField", list(args), options

    def check(self, **options: Any) -> list[checks.CheckMessage]:
        """Return the usual problems, and a primary key that only the database gives."""
        found = super().check(**options)
        key = self.model._meta.pk  # noqa: SLF001  # Django's documented door
        if isinstance(key, models.AutoField) or (
            isinstance(key, models.UUIDField) and not key.has_default()
        ):
            hint = "Give it “id = UUIDField(primary_key=True, default=uuid4)”."
            text = "Personal data are bound to a primary key that is known before insert."
            found.append(checks.Error(text, hint=hint, obj=self, id="kernel.E001"))
        return found

    def bound(self, sealed: Sealed, row: object) -> Sealed:
        """Return a stored text that knows the row where it was found."""
        return Sealed(sealed.stored, self.place(row))

    def place(self, row: object) -> str:
        """Return the name of a place, such as ``registry_contact.phone.<primary key>``."""
        options = self.model._meta  # noqa: SLF001  # Django's documented door
        return f"{options.db_table}.{self.column}.{options.pk.to_python(row)}"

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed:  # noqa: ARG002, FBT001  # Django's signature
        """Return the text sealed for its row; one that was not even read stays as it is stored."""
        value = model_instance.__dict__.get(self.attname)
        if not isinstance(value, Sealed):
            value = getattr(model_instance, self.attname)
        if not value:
            return Sealed(b"")
        if model_instance.pk is None:
            raise TypeError("Personal data need a primary key that is known before insert.")
        place = self.place(model_instance.pk)
        if isinstance(value, Sealed) and value.place == place:
            return value
        return seal(str(getattr(model_instance, self.attname)), place)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002  # Django's signature
        if not value:
            stored = b""
        elif isinstance(value, Sealed):
            stored = value.stored
        else:
            raise TypeError(f"{self.column}: personal data are saved with their row, not by text.")
        return super().get_db_prep_value(stored, connection, prepared)

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Sealed | str:
        return Sealed(bytes(value)) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        """Return the lookup of “is empty”; no other finds anything in sealed texts."""
        return super().get_lookup(lookup_name) if lookup_name in {"exact", "isnull"} else None

    def get_default(self) -> str:
        return ""

    def value_to_string(self, obj: models.Model) -> str:  # noqa: ARG002  # Django's signature
        raise TypeError("Personal data is not serialized.")

    def to_python(self, value: Any) -> Any:
        return "" if value is None else value if isinstance(value, Sealed) else str(value)


class BlindIndexField(_CharField):
    """What a personal text of the same row can be found by, exactly and without being readable.

    HMAC-SHA256 of the text without spaces, hyphens and letter case, bound to table and column; 64
    hexadecimal digits, or NULL for an empty text, so that it may be unique. It follows the text
    whenever it is saved: with ``update_fields``, name both.
    """

    description = _("Blind index of personal data")

    def __init__(self, *args: Any, of: str, **options: Any) -> None:
        self.of = of
        options |= {"max_length": 64, "null": True, "blank": True, "editable": False}
        super().__init__(*args, **options)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, options = super().deconstruct()
        for fixed in ("max_length", "null", "blank", "editable"):
            options.pop(fixed, None)
        options["of"] = self.of
        return name, "shuniu.zone.kernel.fields.BlindIndexField", list(args), options

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:  # noqa: ARG002, FBT001  # Django's signature
        """Return the index of the text as it is now."""
        index = self.index(getattr(model_instance, self.of)) or None
        setattr(model_instance, self.attname, index)
        return index

    def index(self, text: str | None) -> str:
        """Return the index of a text; an empty one has none."""
        plain = plain_form(text or "")
        if not plain:
            return ""
        purpose = f"{self.model._meta.db_table}.{self.column}"  # noqa: SLF001  # Django's documented door
        message = f"{purpose}\0{plain}".encode()
        return hmac.new(settings.INDEX_KEY, message, hashlib.sha256).hexdigest()


def index_of(model: type[models.Model], of: str, text: str) -> str:
    """Return what to filter the blind index of a personal field by; ``""`` finds nothing."""
    for field in model._meta.concrete_fields:  # noqa: SLF001  # Django's documented door
        if isinstance(field, BlindIndexField) and field.of == of:
            return field.index(text)
    raise LookupError(f"{model.__name__}.{of} has no blind index.")


def plain_form(text: str) -> str:
    """Return a text in one width and case, without spaces, hyphens and invisible characters."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "".join(
        character
        for character in folded
        if not character.isspace() and unicodedata.category(character) not in {"Pd", "Cf", "Cc"}
    )
