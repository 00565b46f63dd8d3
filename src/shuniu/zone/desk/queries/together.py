"""Questions about cases that were given out together."""

from __future__ import annotations

from shuniu.zone.desk import facts
from shuniu.zone.kernel.models import Fact


def batch_of(user_id: int, batch_id: int) -> Fact | None:
    """Return a dispatch of several cases that this person made."""
    made = Fact.objects.filter(kind=facts.CasesDispatched.kind, actor_id=user_id)
    return made.filter(pk=batch_id).first()


def is_taken_back(batch_id: int) -> bool:
    """Return whether a dispatch of several cases was taken back."""
    subject = f"desk.batch:{batch_id}"
    return Fact.objects.filter(kind=facts.BatchTakenBack.kind, subject=subject).exists()
