from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class IssueState(TextChoices):
    """Where an issue is on its way to the readers."""

    DRAFT = "DRAFT", pgettext_lazy("issue", "draft")
    EDITED = "EDITED", pgettext_lazy("issue", "waits for signature")
    SIGNED = "SIGNED", pgettext_lazy("issue", "signed")
    PUBLISHED = "PUBLISHED", pgettext_lazy("issue", "published")
    WITHDRAWN = "WITHDRAWN", pgettext_lazy("issue", "withdrawn")


class Edition(TextChoices):
    """How long the time is that an issue tells of; each has numbers of its own."""

    DAILY = "DAILY", pgettext_lazy("edition", "daily")
    WEEKLY = "WEEKLY", pgettext_lazy("edition", "weekly")
    MONTHLY = "MONTHLY", pgettext_lazy("edition", "monthly")


PERIODS = (Edition.WEEKLY, Edition.MONTHLY)


class Step(StrEnum):
    """What a person does with an issue."""

    SAVE = "save"
    HAND_UP = "hand-up"
    TAKE_BACK = "take-back"
    RENEW = "renew"
    SIGN = "sign"
    SEND_BACK = "send-back"
    UNSIGN = "unsign"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


class FileForm(StrEnum):
    """A form that a briefing is taken out in, by the ending of its name."""

    WORD = "docx"
    PDF = "pdf"


S = IssueState
# From which states a step is possible, and where it leads.
STEPS: dict[Step, tuple[frozenset[IssueState], IssueState | None]] = {
    Step.SAVE: (frozenset({S.DRAFT}), None),
    Step.HAND_UP: (frozenset({S.DRAFT}), S.EDITED),
    Step.RENEW: (frozenset({S.DRAFT}), None),
    Step.TAKE_BACK: (frozenset({S.EDITED}), S.DRAFT),
    Step.SIGN: (frozenset({S.EDITED}), S.SIGNED),
    Step.SEND_BACK: (frozenset({S.EDITED, S.SIGNED}), S.DRAFT),
    Step.UNSIGN: (frozenset({S.SIGNED}), S.EDITED),
    Step.PUBLISH: (frozenset({S.SIGNED}), S.PUBLISHED),
    Step.WITHDRAW: (frozenset({S.PUBLISHED}), S.WITHDRAWN),
}
SEEN_BY_LEADERS = frozenset(S) - {S.DRAFT}
OUT = frozenset({S.PUBLISHED, S.WITHDRAWN})
