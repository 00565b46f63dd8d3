"""What a person says of two cases: that they are related, or that they are not the same."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts, policies, queries
from shuniu.zone.desk.choices import LinkKind
from shuniu.zone.desk.models import Case, CaseLink
from shuniu.zone.desk.services.keeping import NotYourCase, hold
from shuniu.zone.desk.services.merging import MergedIntoItself, UnknownCase
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.queries import standing_of


class LinkedAlready(Refusal):
    code = "desk.linked_already"
    status = 409
    sentence = _("That was said of cases %(case)s and %(other)s before.")


class NotLinked(Refusal):
    code = "desk.not_linked"
    status = 409
    sentence = _("Cases %(case)s and %(other)s are not related (any more).")


@transaction.atomic
def relate_cases(*, case_id: int, other_id: int, actor: User, now: datetime) -> Case:
    """Say that two cases have to do with each other; nothing follows from it but the link.

    Raises
    ------
    NotYourCase, UnknownCase, MergedIntoItself, LinkedAlready
    """
    case, other = _both(case_id, other_id, actor)
    _link(case, other, LinkKind.RELATED, actor=actor, now=now)
    for one, its in ((case, other), (other, case)):
        record_fact(facts.CasesRelated(case_id=one.pk, other_id=its.pk), actor=actor, at=now)
    return case


@transaction.atomic
def unrelate_cases(*, case_id: int, other_id: int, actor: User, now: datetime) -> Case:
    """Take the relation of two cases off.

    Raises
    ------
    NotYourCase, UnknownCase, MergedIntoItself, NotLinked
    """
    case, other = _both(case_id, other_id, actor)
    first, second = sorted((case.pk, other.pk))
    links = CaseLink.objects.filter(first_id=first, second_id=second, kind=LinkKind.RELATED)
    if not links.delete()[0]:
        raise NotLinked(case=case.number, other=other.number)
    for one, its in ((case, other), (other, case)):
        record_fact(facts.CasesUnrelated(case_id=one.pk, other_id=its.pk), actor=actor, at=now)
    return case


@transaction.atomic
def tell_apart(*, case_id: int, other_id: int, actor: User, now: datetime) -> Case:
    """Say that two cases are not the same, so that no rule suggests that again.

    Raises
    ------
    NotYourCase, UnknownCase, MergedIntoItself, LinkedAlready
    """
    case, other = _both(case_id, other_id, actor)
    _link(case, other, LinkKind.DIFFERENT, actor=actor, now=now)
    record_fact(facts.CasesToldApart(case_id=case.pk, other_id=other.pk), actor=actor, at=now)
    return case


def _both(case_id: int, other_id: int, actor: User) -> tuple[Case, Case]:
    """Lock two cases of which a person may say something."""
    who = standing_of(actor)
    held = {row.pk: row for row in hold([case_id, other_id])}
    if case_id not in held:
        raise Case.DoesNotExist
    case = held[case_id]
    if not policies.may_link(who, case):
        raise NotYourCase(case=case.number)
    if other_id == case_id:
        raise MergedIntoItself
    seen = queries.cases_visible_to(who).filter(pk=other_id).exists()
    if not seen or held[other_id].is_restricted:
        raise UnknownCase
    return case, held[other_id]


def _link(case: Case, other: Case, kind: LinkKind, *, actor: User, now: datetime) -> None:
    first, second = sorted((case.pk, other.pk))
    _row, is_new = CaseLink.objects.get_or_create(
        first_id=first, second_id=second, kind=kind, defaults={"made_by": actor, "made_at": now}
    )
    if not is_new:
        raise LinkedAlready(case=case.number, other=other.number)
