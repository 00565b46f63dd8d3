"""Clock to jobs: what runs when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from shuniu.config import retention
from shuniu.zone.briefings import jobs as briefings
from shuniu.zone.desk import jobs as desk
from shuniu.zone.hangs import jobs as hangs
from shuniu.zone.kernel import jobs as kernel
from shuniu.zone.notices import jobs as notices

EPOCH = datetime.fromisoformat("2020-01-01T00:00:00+08:00")


@dataclass(frozen=True, slots=True)
class Entry:
    """A job that runs once in every ``every``, counted from midnight in the zone."""

    name: str
    job: Callable[[datetime], None]
    every: timedelta

    def slot(self, now: datetime) -> datetime:
        """Return the start of the turn that ``now`` falls into."""
        return EPOCH + (now - EPOCH) // self.every * self.every


SCHEDULE: tuple[Entry, ...] = (
    Entry("desk.change_lights", desk.change_lights, timedelta(minutes=1)),
    Entry("desk.learn", desk.learn, timedelta(days=1)),
    Entry("desk.confirm_silent", desk.confirm_silent, timedelta(minutes=15)),
    Entry("desk.draw_withdrawals", desk.draw_withdrawals, timedelta(hours=1)),
    Entry("hangs.remind", hangs.remind, timedelta(minutes=30)),
    Entry("kernel.ask_for_check", kernel.ask_for_check, timedelta(days=1)),
    Entry("kernel.export_head", kernel.export_head, timedelta(seconds=30)),
    Entry("kernel.rebuild_pairs", kernel.rebuild_pairs, timedelta(days=1)),
    Entry("briefings.draft_due", briefings.draft_due, timedelta(minutes=5)),
    Entry("briefings.draft_periods", briefings.draft_periods_due, timedelta(minutes=15)),
    Entry("notices.bury", notices.bury, timedelta(minutes=1)),
    Entry("data.purge", retention.purge, retention.EVERY),
)
