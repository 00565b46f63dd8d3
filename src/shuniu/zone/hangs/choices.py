"""The words of a hang: where it comes from, its states, what can be done with it, its age."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SourceKind(TextChoices):
    """What a hang wraps; the row itself is known to the app that opens it."""

    CASE = "case", pgettext_lazy("source", "case")
    MEETING = "meeting", _("meeting decision")
    INSTRUCTION = "instruction", _("instruction of a leader")
    NODE = "node", _("project node")


# What a person may hang up without a row of another app behind it.
FREE_SOURCES = (SourceKind.MEETING, SourceKind.INSTRUCTION)


class HangState(TextChoices):
    OPEN = "OPEN", pgettext_lazy("hang", "open")
    STRIKE_ASKED = "STRIKE_ASKED", _("asked to strike off")
    CALLED_BACK = "CALLED_BACK", _("called back, solved")
    STRUCK = "STRUCK", _("struck off")


UNDER_WAY = frozenset(HangState) - {HangState.STRUCK}


class Step(TextChoices):
    """What can be done with a hang."""

    ADD = "add", _("Add progress or evidence")
    ASK = "ask", _("Ask to strike off")
    CALL_BACK = "call-back", _("Record the call-back")
    STRIKE = "strike", _("Strike off")
    REFUSE = "refuse", _("Refuse to strike off")
    MOVE = "move", _("Move the promised date")
    REVIEW = "review", _("Set the next review")


S = HangState
# From which states a step may be taken, and the state that it leads to (None: it stays).
TRANSITIONS: dict[Step, tuple[frozenset[HangState], HangState | None]] = {
    Step.ADD: (UNDER_WAY, None),
    Step.ASK: (frozenset({S.OPEN}), S.STRIKE_ASKED),
    Step.CALL_BACK: (frozenset({S.STRIKE_ASKED}), S.CALLED_BACK),
    Step.STRIKE: (frozenset({S.CALLED_BACK}), S.STRUCK),
    Step.REFUSE: (frozenset({S.STRIKE_ASKED, S.CALLED_BACK}), S.OPEN),
    Step.MOVE: (frozenset({S.OPEN}), None),
    Step.REVIEW: (UNDER_WAY, None),
}


class Solved(TextChoices):
    """What was heard at the call-back; anything but the first opens the hang again."""

    YES = "yes", pgettext_lazy("call-back", "solved")
    PARTLY = "partly", pgettext_lazy("call-back", "partly solved")
    NO = "no", pgettext_lazy("call-back", "not solved")


class EvidenceKind(TextChoices):
    """What somebody wrote on a hang, and at which step."""

    PROGRESS = "PROGRESS", _("progress or evidence")
    MOVE = "MOVE", _("why the date was moved")
    ASK = "ASK", _("why it can be struck off")
    CALL_BACK = "CALL_BACK", _("what was heard at the call-back")
    REFUSAL = "REFUSAL", _("why it was not struck off")


class Light(TextChoices):
    """How a hang stands by its promised day; the words are those of the product's lights."""

    GREEN = "green", pgettext_lazy("hang", "on time")
    YELLOW = "yellow", pgettext_lazy("hang", "due soon")
    RED = "red", pgettext_lazy("hang", "promised day passed")
    PURPLE = "purple", pgettext_lazy("hang", "passed long ago")
    NONE = "none", pgettext_lazy("hang", "struck off")


class AgeClass(TextChoices):
    """How long a hang has been hanging, in working days."""

    WEEK = "0-7", _("0 to 7 days")
    FORTNIGHT = "8-15", _("8 to 15 days")
    MONTH = "16-30", _("16 to 30 days")
    LONGER = "over-30", _("more than 30 days")


# The last working day of each class, counted from the day of opening.
LAST_DAY_OF_AGE = {AgeClass.WEEK: 7, AgeClass.FORTNIGHT: 15, AgeClass.MONTH: 30}
DAYS_SOON = 3
DAYS_LONG_PAST = 10

# What stands in the place of words whose time is over, in the language of the zone.
PURGED_TEXT = _("(deleted: its time is over)")
