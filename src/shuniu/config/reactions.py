"""Facts to jobs: what follows from what happened, on one screen."""

from __future__ import annotations

from collections.abc import Mapping

from shuniu.zone.desk import facts as desk
from shuniu.zone.desk import jobs as desk_jobs
from shuniu.zone.kernel import facts as kernel
from shuniu.zone.kernel import jobs as kernel_jobs
from shuniu.zone.kernel.services import Reaction
from shuniu.zone.registry import facts as registry

REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    desk.CaseOpened.kind: (desk_jobs.read_case,),
    kernel.LedgerCheckAsked.kind: (kernel_jobs.check_ledger,),
    registry.HolidaysLoaded.kind: (desk_jobs.reset_clocks,),
}
