"""What the audit pages say: about a check that found something, and of the fields of a fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.choices import SessionEnd
from shuniu.zone.kernel.verification import Kind

WHO = (
    ("people", _("People who had signed in")),
    ("nobody", _("Nobody signed in")),
    ("system", _("The system")),
)
RESULTS = (("done", pgettext_lazy("result", "Done")), ("refused", _("Refused")))
PROBLEMS: dict[str, str | Promise] = {
    Kind.CHANGED: _("changed afterwards: %(count)s from entry %(position)s on"),
    Kind.MISSING: _("taken out: %(count)s from entry %(position)s on"),
    Kind.INSERTED: _("put in afterwards: %(count)s from entry %(position)s on"),
    Kind.ORDER: _("in another order than written: %(count)s from entry %(position)s on"),
    Kind.TAIL_CUT: _("cut off at the end: %(count)s from entry %(position)s on"),
    Kind.REPLACED: _("written anew from entry %(position)s on"),
    Kind.EMPTIED: _("emptied, although the file of seals knows %(count)s entries"),
    Kind.HEADS_BROKEN: _("the file of seals was changed near entry %(position)s"),
    Kind.HEADS_SHORT: _("the file of seals ends before entry %(position)s"),
}
# The fields that auditors meet most; others are told by their own name.
FIELDS: dict[str, str | Promise] = {
    "address": _("Page"),
    "attachment_id": _("File, number"),
    "case_id": _("Case, number"),
    "cause": _("Cause"),
    "code": _("Code"),
    "contact_id": _("Contact, number"),
    "enterprise_id": _("Enterprise, number"),
    "facts": _("Entries looked at"),
    "handler_id": _("Handler, number"),
    "method": _("Method"),
    "offices": _("Offices"),
    "people": _("People, numbers"),
    "problems": _("Places that do not fit"),
    "reason": _("Reason"),
    "role": _("Role"),
    "roles": _("Roles"),
    "row": _("Numbers in the address"),
    "rows": pgettext_lazy("audit", "Rows"),
    "second_factor": _("Second factor"),
    "session_id": _("Session, number"),
    "sessions": _("Sessions ended"),
    "status": _("Status"),
    "unit": pgettext_lazy("audit", "Unit"),
    "user_id": _("Person, number"),
}
# Why a secret was refused, and why sessions ended; told by these words instead of their codes.
CAUSES: dict[str, str | Promise] = {
    "sign_in_refused": _("wrong name or password"),
    "wrong_password": _("wrong password, by somebody signed in"),
    "second_factor_refused": _("wrong code of the second step"),
    "code_refused": _("one-time code wrong, used or over"),
    "too_many_guesses": _("tried too often"),
    "too_busy": _("too many at one time"),
    "account_is_closed": _("account closed"),
    **dict(SessionEnd.choices),
}


@dataclass(frozen=True, slots=True)
class Detail:
    """A field of a fact; ``name`` is how the table of facts in the documents calls it."""

    name: str
    label: str
    value: str


def problem_words(problems: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return what a check found, a sentence each."""
    return [str(PROBLEMS[problem["kind"]]) % problem for problem in problems]


def details_of(data: Mapping[str, Any]) -> Iterator[Detail]:
    """Yield the fields of a fact."""
    for name, value in data.items():
        said = CAUSES.get(value, value) if name == "cause" else value
        yield Detail(name, str(FIELDS.get(name, name)), _value_words(said))


def _value_words(value: object) -> str:
    if value is None or value in ("", []):
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    return str(value)
