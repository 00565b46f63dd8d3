"""Copy the contacts; what was sealed to table and column is sealed to its row."""

import hashlib
import hmac
import os
import unicodedata
from collections.abc import Iterator
from itertools import islice
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connections, migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

BATCH = 500
FIRST_KEY = 1  # what was sealed before keys had numbers was sealed with this one
NONCE = 12
COLUMNS = ("enterprise_id", "title", "verified_at")
PERSONAL = ("name", "phone")


def copy_contacts(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    old, new = apps.get_model("registry", "Contact"), apps.get_model("registry", "NewContact")
    new.objects.using(database).all().delete()  # what a run that stopped half-way has left
    rows = old.objects.using(database).order_by("pk").values(*COLUMNS, *PERSONAL)
    for batch in batches(rows):
        new.objects.using(database).bulk_create(new_contact(new, row) for row in batch)


def new_contact(model: Any, row: dict[str, Any]) -> Any:
    contact = model(**{column: row[column] for column in COLUMNS})
    for column in PERSONAL:
        text = opened(stored(row[column]), f"registry_contact.{column}")
        setattr(contact, column, sealed(text, f"registry_contact.{column}.{contact.pk}"))
        if column == "phone":
            contact.phone_index = index(text)
    return contact


def copy_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    database = schema_editor.connection.alias
    old, new = apps.get_model("registry", "Contact"), apps.get_model("registry", "NewContact")
    table = schema_editor.quote_name(old._meta.db_table)
    old.objects.using(database).all().delete()
    rows = new.objects.using(database).order_by("enterprise_id").values("pk", *COLUMNS, *PERSONAL)
    for row in rows.iterator(BATCH):
        contact = old.objects.using(database).create(**{column: row[column] for column in COLUMNS})
        for column in PERSONAL:
            text = reopened(bytes(row[column]), f"registry_contact.{column}.{row['pk']}")
            value = resealed(text, f"registry_contact.{column}")
            with connections[database].cursor() as cursor:
                cursor.execute(
                    f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, contact.pk]
                )


def batches(rows: Any) -> Iterator[list[dict[str, Any]]]:
    """Yield the rows in lists of at most 500."""
    walk = rows.iterator(BATCH)
    while batch := list(islice(walk, BATCH)):
        yield batch


def stored(value: Any) -> bytes:
    """Return the bytes of a personal field, which shows its text as empty or sealed."""
    return value.stored if value else b""


def opened(stored: bytes, place: str) -> str:
    """Return the text of the older seal: nonce and ciphertext, bound to table and column."""
    if not stored:
        return ""
    cipher = settings.DATA_KEYRING.key(FIRST_KEY).cipher
    return cipher.decrypt(stored[:NONCE], stored[NONCE:], place.encode()).decode()


def resealed(text: str, place: str) -> bytes:
    """Return the older seal of a text."""
    if not text:
        return b""
    nonce = os.urandom(NONCE)
    cipher = settings.DATA_KEYRING.key(FIRST_KEY).cipher
    return nonce + cipher.encrypt(nonce, text.encode(), place.encode())


def sealed(text: str, place: str) -> bytes:
    """Return the newer seal: layout 1, number of the key, nonce, ciphertext bound to the row."""
    if not text:
        return b""
    nonce, key = os.urandom(NONCE), settings.DATA_KEYRING.current()
    head = b"\x01" + key.number.to_bytes(2, "big")
    return head + nonce + key.cipher.encrypt(nonce, text.encode(), place.encode())


def reopened(stored: bytes, place: str) -> str:
    """Return the text of the newer seal."""
    if not stored:
        return ""
    cipher = settings.DATA_KEYRING.key(int.from_bytes(stored[1:3], "big")).cipher
    return cipher.decrypt(stored[3 : 3 + NONCE], stored[3 + NONCE :], place.encode()).decode()


def index(text: str) -> str | None:
    """Return the blind index of a phone number; None for none."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(
        c for c in folded if not c.isspace() and unicodedata.category(c) not in {"Pd", "Cf", "Cc"}
    )
    message = f"registry_contact.phone_index\0{plain}".encode()
    return hmac.new(settings.INDEX_KEY, message, hashlib.sha256).hexdigest() if plain else None


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_add_new_contact")]

    operations = [migrations.RunPython(copy_contacts, copy_back)]
