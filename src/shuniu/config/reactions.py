"""Facts to jobs: what follows from what happened, on one screen."""

from __future__ import annotations

from collections.abc import Mapping

from shuniu.zone.desk import facts as desk
from shuniu.zone.desk import jobs as desk_jobs
from shuniu.zone.kernel.services import Reaction

REACTIONS: Mapping[str, tuple[Reaction, ...]] = {
    desk.CaseOpened.kind: (desk_jobs.read_case,),
}
