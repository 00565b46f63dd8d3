"""Facts about places and sites."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class SiteAdded(FactRecord):
    kind: ClassVar[str] = "registry.site.added"
    label: ClassVar[Promise] = _("Site added")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    site_id: int


@dataclass(frozen=True, slots=True)
class SiteCorrected(FactRecord):
    """``fields`` are the names of what is different now."""

    kind: ClassVar[str] = "registry.site.corrected"
    label: ClassVar[Promise] = _("Site corrected")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    site_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SiteConfirmed(FactRecord):
    kind: ClassVar[str] = "registry.site.confirmed"
    label: ClassVar[Promise] = _("Site confirmed as right")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    site_id: int


@dataclass(frozen=True, slots=True)
class SiteRemoved(FactRecord):
    kind: ClassVar[str] = "registry.site.removed"
    label: ClassVar[Promise] = _("Site removed")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    site_id: int


@dataclass(frozen=True, slots=True)
class PlaceAdded(FactRecord):
    kind: ClassVar[str] = "registry.place.added"
    label: ClassVar[Promise] = _("Place added")
    about: ClassVar[str] = "place_id"
    place_id: int


@dataclass(frozen=True, slots=True)
class PlaceCorrected(FactRecord):
    """``fields`` are the names of what is different now."""

    kind: ClassVar[str] = "registry.place.corrected"
    label: ClassVar[Promise] = _("Place corrected")
    about: ClassVar[str] = "place_id"
    place_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceTakenBack(FactRecord):
    """A file was undone, and the place that it had added was removed: nobody had used it."""

    kind: ClassVar[str] = "registry.place.taken_back"
    label: ClassVar[Promise] = _("Place removed, its file was undone")
    about: ClassVar[str] = "place_id"
    place_id: int
    file_id: str


@dataclass(frozen=True, slots=True)
class PlaceFileReceived(FactRecord):
    """A file of places came, and what it would change is shown."""

    kind: ClassVar[str] = "registry.place_file.received"
    label: ClassVar[Promise] = _("File of places received")
    about: ClassVar[str] = "file_id"
    file_id: str


@dataclass(frozen=True, slots=True)
class PlaceFileWritten(FactRecord):
    kind: ClassVar[str] = "registry.place_file.written"
    label: ClassVar[Promise] = _("File of places written")
    about: ClassVar[str] = "file_id"
    file_id: str
    added: int
    corrected: int


@dataclass(frozen=True, slots=True)
class PlaceFileUndone(FactRecord):
    """``left`` is how many places stay because somebody changed or used them since."""

    kind: ClassVar[str] = "registry.place_file.undone"
    label: ClassVar[Promise] = _("File of places undone")
    about: ClassVar[str] = "file_id"
    file_id: str
    removed: int
    restored: int
    left: int


@dataclass(frozen=True, slots=True)
class PlaceRetired(FactRecord):
    kind: ClassVar[str] = "registry.place.retired"
    label: ClassVar[Promise] = _("Place retired")
    about: ClassVar[str] = "place_id"
    place_id: int


@dataclass(frozen=True, slots=True)
class PlaceRestored(FactRecord):
    kind: ClassVar[str] = "registry.place.restored"
    label: ClassVar[Promise] = _("Place taken up again")
    about: ClassVar[str] = "place_id"
    place_id: int


@dataclass(frozen=True, slots=True)
class MainSiteChosen(FactRecord):
    kind: ClassVar[str] = "registry.site.chosen"
    label: ClassVar[Promise] = _("Main site chosen")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    site_id: int
