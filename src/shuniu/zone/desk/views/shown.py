"""What the pages of the desk show, in the words of the person who looks at them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from shuniu.profiles.schema import Profile
from shuniu.zone.desk import problems
from shuniu.zone.desk.choices import Grade, RequestKind, Step
from shuniu.zone.desk.models import Attachment, Case
from shuniu.zone.desk.queries import CaseFilter, Entry, Holder
from shuniu.zone.kernel.templatetags import part_data, wording

ICONS: dict[str, tuple[str, part_data.Tone]] = {
    "opened": ("message-plus", "neutral"),
    "read": ("info-circle", "neutral"),
    "accepted": ("checklist", "active"),
    "rejected": ("x", "refused"),
    "objected": ("rotate-clockwise", "refused"),
    "escalated": ("send", "waiting"),
    "taken_back": ("arrow-back-up", "active"),
    "dispatched": ("send", "active"),
    "dispatch_taken_back": ("arrow-back-up", "neutral"),
    "signed": ("user-check", "active"),
    "contacted": ("phone", "active"),
    "planned": ("calendar-event", "active"),
    "progressed": ("edit", "active"),
    "replied": ("message-circle", "waiting"),
    "returned": ("arrow-back-up", "refused"),
    "asked": ("message-circle", "waiting"),
    "answered": ("message-circle", "active"),
    "resumed": ("rotate-clockwise", "active"),
    "extension_asked": ("clock", "waiting"),
    "extension_granted": ("clock", "active"),
    "suspension_asked": ("clock", "waiting"),
    "suspended": ("clock", "waiting"),
    "request_denied": ("x", "refused"),
    "reviewed": ("calendar-event", "waiting"),
    "closed": ("circle-check", "done"),
    "reopened": ("rotate-clockwise", "refused"),
    "withdrawn": ("x", "done"),
    "added_to": ("plus", "neutral"),
    "urged": ("alert-triangle", "refused"),
    "urging_answered": ("message-circle", "active"),
    "called_back": ("phone", "done"),
    "called_back_unsolved": ("rotate-clockwise", "refused"),
    "merged": ("arrow-right", "active"),
    "joined": ("plus", "neutral"),
    "parted": ("arrow-back-up", "neutral"),
    "split": ("arrow-right", "done"),
    "split_off": ("message-plus", "neutral"),
    "related": ("plus", "neutral"),
    "unrelated": ("x", "neutral"),
    "told_apart": ("x", "neutral"),
    "file_attached": ("paperclip", "neutral"),
    "light_changed": ("clock", "neutral"),
}
DAY_CHIPS: dict[str, Promise] = {
    "opened_on": _("new on %(day)s"),
    "closed_on": _("closed on %(day)s"),
    "replied_on": _("answered on %(day)s"),
    "withdrawn_on": _("withdrawn on %(day)s"),
    "since_on": _("counted from %(day)s on"),
    "open_on": _("open at the end of %(day)s"),
    "late_on": _("overdue at the end of %(day)s"),
    "closed_since_on": _("closed since %(day)s"),
}
RATED_CHIPS: dict[str, Promise] = {
    "yes": _("rated"),
    "good": _("rated satisfied"),
    "bad": _("rated dissatisfied"),
    "silent": _("closed by silence"),
}
CHIP_LABELS: dict[str, Promise] = {
    "category": _("Category"),
    "unit": _("Unit"),
    "urgency": _("Urgency"),
    "state": _("State"),
    "light": _("Light"),
}
HINTS: dict[Step, Promise] = {
    Step.ACCEPT: _("Check what it is about and how urgent. The deadlines follow from the urgency."),
    Step.REJECT: _(
        "For what the zone cannot do. The enterprise reads both and may object; a supervisor judges"
        " then."
    ),
    Step.ESCALATE: _("For what only the district can do. The clocks go on."),
    Step.TAKE_BACK: _("It goes back to the center. The enterprise reads what the district said."),
    Step.DISPATCH: _("The unit finds it in its list at once. The clocks go on."),
    Step.SIGN: _("Whoever signs handles the case to the end."),
    Step.CONTACT: _("Call the enterprise, then note it here. This stops the first clock."),
    Step.PLAN: _("The enterprise reads the plan and the day. This stops the second clock."),
    Step.NOTE: _("The enterprise reads this."),
    Step.REPLY: _("The enterprise reads the answer and says whether it is solved."),
    Step.ASK: _("The clocks stand still until the enterprise has answered; everybody sees that."),
    Step.RESUME: _("The clocks go on from here."),
    Step.ASK_EXTENSION: _("Once, before the deadline. A supervisor decides; the clock goes on."),
    Step.GRANT_EXTENSION: _("The enterprise reads the new date."),
    Step.ASK_SUSPENSION: _(
        "For what cannot be done now. A supervisor decides; the clock goes on until then."
    ),
    Step.SUSPEND: _("The clocks stand still. The unit reports by the day of review at the latest."),
    Step.DENY: _("The unit reads the reason; the enterprise does not."),
    Step.REVIEW: _("The enterprise reads this."),
    Step.URGE: _(
        "In writing and numbered. The unit is told at once and has to answer; the enterprise does"
        " not read it."
    ),
    Step.RESPOND: _("The supervisor reads this, the enterprise does not. The clocks go on."),
    Step.CHECK_WITHDRAWAL: _(
        "Drawn by lot among the withdrawn cases of the month. Ask the enterprise itself."
        " Supervisors and leaders read the answer, the unit does not."
    ),
    Step.CALL_BACK: _(
        "Ask the enterprise itself. “Not solved” opens the case again, one level up. The enterprise"
        " does not read the words."
    ),
    Step.UNMERGE: _(
        "It goes back to the center to be given to a unit. The two are not suggested for each other"
        " any more."
    ),
    Step.SPLIT: _(
        "For a text that tells of several needs: two to six. Each becomes a case of its own, with"
        " the deadlines of this one. Files stay here."
    ),
    Step.RETURN: _(
        "Only once, soon after the dispatch, with a reason. It goes back to the center."
    ),
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is on, and the address of the list without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A promise to the enterprise: by when, and when it was kept (None: not yet)."""

    label: str
    due_at: datetime
    met_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Return whether it was kept, but too late."""
        return self.met_at is not None and self.met_at > self.due_at


def category_of(case: Case, profile: Profile, language: str) -> str:
    """Return the category with its second level; nothing before it is accepted."""
    if not case.category:
        return ""
    category = profile.category(case.category)
    seconds = {second.code: second.label(language) for second in category.subcategories}
    return " / ".join(filter(None, (category.label(language), seconds.get(case.subcategory))))


def list_url(wanted: CaseFilter) -> str:
    """Return the address of the list of a filter."""
    return f"{reverse('desk:case-list')}?{wanted.query}"


def chips_of(wanted: CaseFilter, choices: Mapping[str, Sequence[tuple[str, Any]]]) -> list[Chip]:
    """Return the filters that are on, beside the tab: each can be taken off alone."""
    return [
        Chip(label, list_url(_without(wanted, name)))
        for name, label in _chip_labels(wanted, choices)
    ]


def _without(wanted: CaseFilter, name: str) -> CaseFilter:
    nothing: dict[str, Any] = {name: None if name in DAY_CHIPS else ""}
    return replace(wanted, **nothing)


def _chip_labels(
    wanted: CaseFilter, choices: Mapping[str, Sequence[tuple[str, Any]]]
) -> Iterator[tuple[str, str]]:
    for name, words in DAY_CHIPS.items():
        day: date | None = getattr(wanted, name)
        if day is not None:
            yield name, str(words) % {"day": date_format(day, "MONTH_DAY_FORMAT")}
    for name, label in CHIP_LABELS.items():
        value = getattr(wanted, name)
        if value:
            shown = dict(choices.get(name, ())).get(value, value)
            yield name, str(_("%(label)s: %(value)s")) % {"label": label, "value": shown}
    if wanted.rated in RATED_CHIPS:
        yield "rated", str(RATED_CHIPS[wanted.rated])
    if wanted.enterprise:
        named = dict(choices.get("enterprise", ()))
        yield "enterprise", str(named.get(wanted.enterprise, _("one enterprise")))
    if wanted.subcategory:
        named = dict(choices.get("subcategory", ()))
        yield "subcategory", str(named.get(wanted.subcategory, wanted.subcategory))
    if wanted.words:
        yield "words", f"“{wanted.words}”"


def kept_of(wanted: CaseFilter) -> list[tuple[str, str]]:
    """Return the filters that have no control of their own in the form, to be sent along."""
    shown = {*CHIP_LABELS, "words"}
    named = {f.name: getattr(wanted, f.name) for f in fields(wanted) if f.name not in shown}
    return [(name, str(value)) for name, value in named.items() if value]


def page_query(wanted: CaseFilter, page: int) -> str:
    """Return the query of one page of a list."""
    return f"{wanted.query}&{urlencode({'page': page})}"


def ball_of(holder: Holder | None) -> part_data.Ball | None:
    """Return who has the ball as the ribbon shows it."""
    if holder is None:
        return None
    return part_data.Ball(
        unit=holder.unit,
        person=holder.person,
        since_at=holder.since,
        next_at=holder.next_due_at,
        next_step=holder.next_step,
        is_assumed=holder.is_assumed,
    )


def history_of(entries: Sequence[Entry]) -> list[part_data.Entry]:
    """Return a history, the newest first, with the rating where one was given."""
    return [_entry(entry) for entry in reversed(entries)]


def _entry(entry: Entry) -> part_data.Entry:
    icon, tone = ICONS.get(entry.kind, ("", "neutral"))
    title = entry.title
    if entry.rating is not None:
        title = str(_("%(title)s: %(grade)s")) % {
            "title": title,
            "grade": Grade(entry.rating).label,
        }
    return part_data.Entry(entry.at, title, entry.who, entry.text, icon, tone)


def files_of(attachments: Iterable[Attachment]) -> list[part_data.Attachment]:
    """Return the files of a case; pictures with themselves as a preview."""
    return [_file(found, reverse("desk:attachment", args=[found.pk])) for found in attachments]


def _file(found: Attachment, url: str) -> part_data.Attachment:
    preview_url = url if found.is_picture else ""
    return part_data.Attachment(found.name, url, found.size_bytes, preview_url)


def clocks_of(case: Case) -> list[Clock]:
    """Return the three promises; an answer keeps the plan's, too."""
    return [
        Clock(str(_("First contact")), case.contact_due_at, case.contacted_at),
        Clock(str(_("Plan")), case.plan_due_at, case.planned_at or case.replied_at),
        Clock(str(_("Answer")), case.done_due_at, case.replied_at),
    ]


def paused_words(case: Case, *, now: datetime) -> str:
    """Return how long the clocks of a case have stood still; nothing if they never did."""
    if not case.waits and case.paused_at is None:
        return ""
    days, rest = problems.paused(case, now=now)
    words = []
    if days:
        words.append(ngettext("%(count)d working day", "%(count)d working days", days))
        words[0] %= {"count": days}
    if not days or rest >= timedelta(minutes=1):
        words.append(wording.span_words(rest))
    return " ".join(words)


def by_need(case: Case, steps: Sequence[Step]) -> list[Step]:
    """Return the steps with the one that is due next first."""
    first = Step.REPLY if case.contacted_at and case.planned_at else None
    if case.asked_for:
        first = Step.SUSPEND if case.asked_for == RequestKind.SUSPENSION else Step.GRANT_EXTENSION
    return sorted(steps, key=lambda step: step != first)
