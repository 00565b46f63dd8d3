"""Facts about the records of enterprises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class EnterpriseRegistered(FactRecord):
    """``import_id`` is the list that it came with; empty for one that came alone."""

    kind: ClassVar[str] = "registry.enterprise.registered"
    label: ClassVar[Promise] = _("Enterprise registered")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    credit_code: str
    import_id: str = ""


@dataclass(frozen=True, slots=True)
class EnterpriseTakenBack(FactRecord):
    """An import was undone, and the record that it had made was removed: nobody had used it."""

    kind: ClassVar[str] = "registry.enterprise.taken_back"
    label: ClassVar[Promise] = _("Enterprise removed, its import was undone")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    import_id: str


@dataclass(frozen=True, slots=True)
class EnterpriseCorrected(FactRecord):
    """A clerk changed the record; ``fields`` are the names of what is different now.

    ``correction_id`` is the row that says from what to what; empty where an import did it.
    """

    kind: ClassVar[str] = "registry.enterprise.corrected"
    label: ClassVar[Promise] = _("Enterprise corrected")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    fields: tuple[str, ...]
    correction_id: str = ""
    import_id: str = ""


@dataclass(frozen=True, slots=True)
class EnterpriseVerified(FactRecord):
    kind: ClassVar[str] = "registry.enterprise.verified"
    label: ClassVar[Promise] = _("Enterprise confirmed as right")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int


@dataclass(frozen=True, slots=True)
class CorrectionAsked(FactRecord):
    """An enterprise says what is wrong in its record; the words stand in the correction."""

    kind: ClassVar[str] = "registry.correction.asked"
    label: ClassVar[Promise] = _("Correction asked for")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    correction_id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionApproved(FactRecord):
    kind: ClassVar[str] = "registry.correction.approved"
    label: ClassVar[Promise] = _("Correction taken over")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    correction_id: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CorrectionRejected(FactRecord):
    kind: ClassVar[str] = "registry.correction.rejected"
    label: ClassVar[Promise] = _("Correction not taken over")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    correction_id: str


@dataclass(frozen=True, slots=True)
class CorrectionWithdrawn(FactRecord):
    kind: ClassVar[str] = "registry.correction.withdrawn"
    label: ClassVar[Promise] = _("Correction withdrawn")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    correction_id: str


@dataclass(frozen=True, slots=True)
class EnterprisesExported(FactRecord):
    """The list of enterprises went out as a file."""

    kind: ClassVar[str] = "registry.enterprises.exported"
    label: ClassVar[Promise] = _("List of enterprises exported")
    about: ClassVar[str] = "rows"
    rows: int


@dataclass(frozen=True, slots=True)
class EnterpriseTookOver(FactRecord):
    """Another record of the same firm was merged into this one, with ``rows`` links to it."""

    kind: ClassVar[str] = "registry.enterprise.took_over"
    label: ClassVar[Promise] = _("Another record merged into this one")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    gone_id: int
    merge_id: int
    rows: int


@dataclass(frozen=True, slots=True)
class EnterpriseMerged(FactRecord):
    """This record was merged into another one, which stands for it."""

    kind: ClassVar[str] = "registry.enterprise.merged"
    label: ClassVar[Promise] = _("Merged into another record")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    kept_id: int
    merge_id: int


@dataclass(frozen=True, slots=True)
class EnterpriseGaveBack(FactRecord):
    """A merge was undone: the other record has ``rows`` links of its own again."""

    kind: ClassVar[str] = "registry.enterprise.gave_back"
    label: ClassVar[Promise] = _("Other record separated again")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    gone_id: int
    merge_id: int
    rows: int


@dataclass(frozen=True, slots=True)
class EnterpriseSeparated(FactRecord):
    """A merge was undone: this record stands for itself again."""

    kind: ClassVar[str] = "registry.enterprise.separated"
    label: ClassVar[Promise] = _("Merge undone, stands for itself again")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    kept_id: int
    merge_id: int
