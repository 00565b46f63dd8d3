"""What a leader writes on a published issue: something is promised from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shuniu.zone.accounts.models import User
from shuniu.zone.briefings import facts, policies
from shuniu.zone.briefings.channels import Briefing, restored
from shuniu.zone.briefings.choices import IssueState
from shuniu.zone.briefings.models import Instruction, Issue
from shuniu.zone.briefings.services.keeping import StepNotPossible
from shuniu.zone.briefings.services.showing import told_now
from shuniu.zone.hangs.choices import SourceKind
from shuniu.zone.hangs.queries import Source
from shuniu.zone.hangs.services import open_hang
from shuniu.zone.kernel.clock import day_of
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry.models import Office
from shuniu.zone.registry.queries import standing_of
from shuniu.zone.registry.services import NotForYou

LONGEST_TITLE = 120
REVIEW_AFTER = timedelta(days=30)


class NotInIssue(Refusal):
    code = "briefings.not_in_issue"
    status = 422
    sentence = gettext_lazy("This issue tells of no such item. Please choose one from the list.")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that an issue tells of; an instruction can be about it."""

    key: str
    title: str
    case_id: int = 0


def topics_of(issue: Issue) -> tuple[Topic, ...]:
    """Return what an instruction on an issue can be about, the whole issue left out."""
    briefing = told_now(restored(issue.content))
    with translation.override(briefing.language):
        return tuple(_topics(briefing))


def _topics(briefing: Briefing) -> list[Topic]:
    told = {item.case_id: item for item in (*briefing.notable, *briefing.late)}
    topics = [
        Topic(f"case-{key}", f"{item.number} {item.enterprise}", key)
        for key, item in told.items()
        if item.number != "—"
    ]
    if briefing.hangs is not None:
        topics += [
            Topic(f"hang-{item.hang_id}", f"{item.number} {item.unit}", item.case_id)
            for item in briefing.hangs.told
        ]
    topics += [
        Topic(f"common-{at}", _("common needs: %(label)s") % {"label": line.label})
        for at, line in enumerate(briefing.common)
    ]
    return topics


@transaction.atomic
def instruct(
    *,
    issue_id: int,
    about: str,
    words: str,
    unit: Office,
    responsible: User,
    supervisor: User,
    promised_on: date,
    actor: User,
    now: datetime,
) -> Instruction:
    """Keep what a leader wrote on an issue, and hang it up: ``responsible`` of ``unit`` owes it.

    ``about`` is the key of a topic of the issue, empty for the whole of it.

    Raises
    ------
    NotForYou
        If ``actor`` is no leader.
    StepNotPossible
        If the issue is not published.
    NotInIssue
        If the issue tells of no such thing.
    Refusal
        As ``hangs.open_hang`` says no: wrong people, a day that has passed, no words.
    """
    if not policies.may_instruct(standing_of(actor)):
        raise NotForYou
    issue: Issue = Issue.objects.select_for_update(no_key=True).get(pk=issue_id)
    if issue.state != IssueState.PUBLISHED:
        raise StepNotPossible(state=issue.get_state_display())
    topic = _topic_of(issue, about)
    source = Source(
        SourceKind.INSTRUCTION,
        f"{issue.pk}-{issue.instructions.count() + 1}",
        f"{issue.number_words} {topic.title}".strip()[:LONGEST_TITLE],
        "",
    )
    hang = open_hang(
        source=source,
        promise=words,
        unit=unit,
        responsible=responsible,
        supervisor=supervisor,
        promised_on=promised_on,
        review_on=min(promised_on, day_of(now) + REVIEW_AFTER),
        actor=actor,
        now=now,
    )
    written = Instruction.objects.create(
        issue=issue,
        hang=hang,
        about_title=topic.title[:LONGEST_TITLE],
        case_id=topic.case_id,
        words=hang.promise,
        given_by=actor,
        given_at=now,
    )
    told = facts.IssueInstructed(issue_id=issue.pk, instruction_id=written.pk, hang_id=hang.pk)
    record_fact(told, actor=actor, at=now)
    return written


def _topic_of(issue: Issue, about: str) -> Topic:
    if not about:
        return Topic("", "")
    for topic in topics_of(issue):
        if topic.key == about:
            return topic
    raise NotInIssue
