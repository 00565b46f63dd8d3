"""The people that a hang meets, and a hang at each of its stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.hangs import services
from shuniu.zone.hangs.choices import Solved, SourceKind
from shuniu.zone.hangs.models import Hang
from shuniu.zone.hangs.queries import Source
from tests.factories import THURSDAY_10, clerk, handler, leader, office, person, supervisor

MEETING = Source(SourceKind.MEETING, "", "调度会纪要第 12 期第 3 项", "")
PROMISED = date(2026, 12, 18)
REVIEW = date(2026, 12, 1)


@dataclass(frozen=True, slots=True)
class People:
    """``both`` is a supervisor who also has a post in the unit that owes."""

    handler: User
    other: User
    clerk: User
    supervisor: User
    second: User
    leader: User
    both: User


def people_of_hangs() -> People:
    return People(
        handler=handler("econ_bureau"),
        other=handler("planning_bureau"),
        clerk=clerk(),
        supervisor=supervisor(),
        second=supervisor(),
        leader=leader(),
        both=person(Role.SUPERVISOR, Role.UNIT_HANDLER, office="econ_bureau"),
    )


def opened(people: People, source: Source = MEETING) -> Hang:
    return services.open_hang(
        source=source,
        promise="12 月 18 日前接通二期临时用电。",
        unit=office("econ_bureau"),
        responsible=people.handler,
        promised_on=PROMISED,
        review_on=REVIEW,
        actor=people.supervisor,
        now=THURSDAY_10,
    )


def asked(people: People) -> Hang:
    hang = opened(people)
    return services.ask_to_strike(
        hang_id=hang.pk, text="已经通电。", actor=people.handler, now=THURSDAY_10
    )


def called_back(people: People, by: User | None = None) -> Hang:
    hang = asked(people)
    return services.record_call_back(
        hang_id=hang.pk,
        solved=Solved.YES,
        text="企业说昨天已经用上电了。",
        actor=by or people.clerk,
        now=THURSDAY_10,
    )


def struck(people: People) -> Hang:
    hang = called_back(people)
    return services.strike_off(hang_id=hang.pk, actor=people.supervisor, now=THURSDAY_10)
