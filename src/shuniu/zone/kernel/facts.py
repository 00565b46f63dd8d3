"""The shape of a fact: a small frozen record that an app publishes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FactRecord:
    """What happened, as ids and plain values.

    Attributes
    ----------
    kind
        Dotted and unique: app, thing, past tense. Never renamed.
    about
        Name of the field that holds the id of the row whose history this belongs to.
    """

    kind: ClassVar[str]
    about: ClassVar[str]

    @property
    def subject(self) -> str:
        """Return the row that this is about, such as ``desk.case:17``."""
        app = self.kind.split(".", 1)[0]
        return f"{app}.{self.about.removesuffix('_id')}:{getattr(self, self.about)}"
