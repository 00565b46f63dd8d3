"""Write and read personal texts without rest until told to stop: run as a child process.

Each process has contacts of its own and knows what it last wrote into each; texts of the others it
only reads. What it saw is printed as one JSON object.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from pathlib import Path
from uuid import UUID

OWN_CONTACTS = 40


def work(seed: int, stop: Path) -> dict[str, int]:
    """Write and read until ``stop`` exists; return how often, and how often it went wrong."""
    from django.db import DatabaseError, transaction  # noqa: PLC0415  # Django is loaded by now

    from shuniu.zone.kernel.fields import CannotBeOpened  # noqa: PLC0415
    from shuniu.zone.registry.models import Contact, Enterprise  # noqa: PLC0415

    chance = random.Random(seed)  # noqa: S311  # drawn again by the same seed
    firm = Enterprise.objects.get()
    written: dict[UUID, str] = {}
    seen: Counter[str] = Counter(writes=0, reads=0, errors=0, unreadable=0, wrong=0)
    while not stop.exists():
        number = f"154{chance.randrange(10**8):08}"
        try:
            with transaction.atomic():
                if len(written) < OWN_CONTACTS:
                    row = Contact.objects.create(enterprise=firm, name=f"沈{seed}号", phone=number)
                else:
                    row = Contact.objects.get(pk=chance.choice(list(written)))
                    row.phone = number
                    row.save(update_fields=["phone", "phone_index"])
            written[row.pk] = number
            seen["writes"] += 1
            for contact in Contact.objects.order_by("?")[:20]:
                own = written.get(contact.pk, contact.phone)
                seen["reads"] += 1
                seen["wrong"] += own != contact.phone
        except CannotBeOpened as refused:
            sys.stderr.write(f"{refused}\n")
            seen["unreadable"] += 1
        except DatabaseError as error:
            sys.stderr.write(f"{error}\n")
            seen["errors"] += 1
    seen["wrong"] += sum(Contact.objects.get(pk=pk).phone != own for pk, own in written.items())
    return dict(seen)


if __name__ == "__main__":
    import django

    django.setup()
    sys.stdout.write(json.dumps(work(int(sys.argv[1]), Path(sys.argv[2]))))
