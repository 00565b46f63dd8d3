"""The words of the hall's counters: the states of a ticket, its steps, and what a key opens."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TicketState(TextChoices):
    WAITING = "WAITING", pgettext_lazy("ticket", "waiting")
    CALLED = "CALLED", pgettext_lazy("ticket", "called")
    SKIPPED = "SKIPPED", pgettext_lazy("ticket", "skipped")
    DONE = "DONE", pgettext_lazy("ticket", "done")


class TicketStep(TextChoices):
    """What a counter does with a ticket; to call the next one is no step of a certain ticket."""

    AGAIN = "again", _("Call again")
    DONE = "done", pgettext_lazy("ticket", "Done")
    SKIP = "skip", _("Not here: skip")
    MOVE = "move", _("To another counter")


S = TicketState
# From which states a step may be taken, and the state that it leads to.
TRANSITIONS: dict[TicketStep, tuple[frozenset[TicketState], TicketState]] = {
    TicketStep.AGAIN: (frozenset({S.CALLED, S.SKIPPED}), S.CALLED),
    TicketStep.DONE: (frozenset({S.CALLED}), S.DONE),
    TicketStep.SKIP: (frozenset({S.CALLED}), S.SKIPPED),
    TicketStep.MOVE: (frozenset({S.WAITING, S.CALLED, S.SKIPPED}), S.WAITING),
}


class KeyKind(TextChoices):
    """What a device in the hall may do that nobody signs in at."""

    SCREEN = "SCREEN", _("screen: shows who is called")
    TERMINAL = "TERMINAL", _("terminal: gives tickets")
