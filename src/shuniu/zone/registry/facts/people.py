"""Facts about people: staff, members, contacts, registrations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.facts import FactRecord


@dataclass(frozen=True, slots=True)
class StaffAppointed(FactRecord):
    kind: ClassVar[str] = "registry.staff.appointed"
    label: ClassVar[Promise] = _("Place in an office given")
    about: ClassVar[str] = "user_id"
    user_id: int
    office: str


@dataclass(frozen=True, slots=True)
class StaffTakenBack(FactRecord):
    """An import was undone, and the account that it had opened was removed unused."""

    kind: ClassVar[str] = "registry.staff.taken_back"
    label: ClassVar[Promise] = _("Account removed, its import was undone")
    about: ClassVar[str] = "user_id"
    user_id: int
    import_id: str


@dataclass(frozen=True, slots=True)
class StaffListed(FactRecord):
    """A list of staff said something about somebody; ``fields`` are the columns that changed.

    For a new account they are all that it came with.
    """

    kind: ClassVar[str] = "registry.staff.listed"
    label: ClassVar[Promise] = _("Person taken over from a list of staff")
    about: ClassVar[str] = "user_id"
    user_id: int
    fields: tuple[str, ...]
    import_id: str


@dataclass(frozen=True, slots=True)
class MemberAdmitted(FactRecord):
    kind: ClassVar[str] = "registry.member.admitted"
    label: ClassVar[Promise] = _("Person speaks for an enterprise")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class ContactRevealed(FactRecord):
    """``reason`` is a RevealReason; where it is another one, words stand beside the fact."""

    kind: ClassVar[str] = "registry.contact.revealed"
    label: ClassVar[Promise] = _("Name and phone number looked at")
    about: ClassVar[str] = "contact_id"
    contact_id: str
    enterprise_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class PostsChanged(FactRecord):
    """``offices`` are the codes of all offices that the person serves in from now on."""

    kind: ClassVar[str] = "registry.posts.changed"
    label: ClassVar[Promise] = _("Posts changed")
    about: ClassVar[str] = "user_id"
    user_id: int
    offices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleExported(FactRecord):
    """The list of people went out as a file: by whom stands beside it, with how many rows."""

    kind: ClassVar[str] = "registry.people.exported"
    label: ClassVar[Promise] = _("List of people exported")
    about: ClassVar[str] = "rows"
    rows: int


@dataclass(frozen=True, slots=True)
class RegistrationReceived(FactRecord):
    kind: ClassVar[str] = "registry.registration.received"
    label: ClassVar[Promise] = _("Registration received")
    about: ClassVar[str] = "registration_id"
    registration_id: str


@dataclass(frozen=True, slots=True)
class RegistrationApproved(FactRecord):
    """``is_new_account`` is false where an account with this phone was there already."""

    kind: ClassVar[str] = "registry.registration.approved"
    label: ClassVar[Promise] = _("Registration approved")
    about: ClassVar[str] = "registration_id"
    registration_id: str
    enterprise_id: int
    user_id: int
    is_new_account: bool


@dataclass(frozen=True, slots=True)
class RegistrationRejected(FactRecord):
    kind: ClassVar[str] = "registry.registration.rejected"
    label: ClassVar[Promise] = _("Registration not approved")
    about: ClassVar[str] = "registration_id"
    registration_id: str


@dataclass(frozen=True, slots=True)
class RegistrationTakenUpAgain(FactRecord):
    kind: ClassVar[str] = "registry.registration.taken_up_again"
    label: ClassVar[Promise] = _("Registration taken up again")
    about: ClassVar[str] = "registration_id"
    registration_id: str


@dataclass(frozen=True, slots=True)
class MemberAdded(FactRecord):
    """An enterprise's own administrator let somebody speak for it."""

    kind: ClassVar[str] = "registry.member.added"
    label: ClassVar[Promise] = _("Colleague added")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class MemberRankChanged(FactRecord):
    kind: ClassVar[str] = "registry.member.rank_changed"
    label: ClassVar[Promise] = _("Enterprise administrator named or released")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    user_id: int
    is_admin: bool


@dataclass(frozen=True, slots=True)
class MemberRemoved(FactRecord):
    """Somebody speaks for the enterprise no more."""

    kind: ClassVar[str] = "registry.member.removed"
    label: ClassVar[Promise] = _("Colleague removed")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    user_id: int


@dataclass(frozen=True, slots=True)
class ContactAdded(FactRecord):
    kind: ClassVar[str] = "registry.contact.added"
    label: ClassVar[Promise] = _("Contact added")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    contact_id: str


@dataclass(frozen=True, slots=True)
class ContactCorrected(FactRecord):
    kind: ClassVar[str] = "registry.contact.corrected"
    label: ClassVar[Promise] = _("Contact corrected")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    contact_id: str


@dataclass(frozen=True, slots=True)
class ContactConfirmed(FactRecord):
    kind: ClassVar[str] = "registry.contact.confirmed"
    label: ClassVar[Promise] = _("Contact confirmed as right")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    contact_id: str


@dataclass(frozen=True, slots=True)
class ContactRemoved(FactRecord):
    kind: ClassVar[str] = "registry.contact.removed"
    label: ClassVar[Promise] = _("Contact removed")
    about: ClassVar[str] = "enterprise_id"
    enterprise_id: int
    contact_id: str


@dataclass(frozen=True, slots=True)
class RegistrationRevealed(FactRecord):
    kind: ClassVar[str] = "registry.registration.revealed"
    label: ClassVar[Promise] = _("Phone number of a registration shown")
    about: ClassVar[str] = "registration_id"
    registration_id: str
