"""Who asks about what, and what has to be there before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from shuniu.zone.accounts.models import DataRequest, SecondFactor, SignInSession, User
from shuniu.zone.accounts.services import make_token
from shuniu.zone.briefings.choices import OUT
from shuniu.zone.briefings.choices import STEPS as ISSUE_STEPS
from shuniu.zone.briefings.choices import Step as IssueStep
from shuniu.zone.hangs.choices import Step as HangStep
from shuniu.zone.kernel import clock
from shuniu.zone.notices.models import Mailbox, Notice
from shuniu.zone.registry.choices import HolidaySource
from shuniu.zone.registry.queries import holiday_stamp
from shuniu.zone.registry.services import edit_calendar, read_table
from tests.api.programs import key_of
from tests.rights.world import DAY, Row, World, prepare_hang


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks about what."""

    world: World
    row: Row
    person: User | None

    @property
    def session(self) -> SignInSession:
        """A session of the person, or for the row of another one, of somebody else."""
        whose = self.person if self.row is self.world.rows["own"] else None
        others = self.world.people[
            "clerk" if self.person != self.world.people["clerk"] else "leader"
        ]
        found = SignInSession.objects.filter(user=whose or others).order_by("pk").last()
        assert found is not None
        return found

    @property
    def token(self) -> int:
        """A key of the person, or for the row of another one, of somebody else."""
        whose = self.person if self.row is self.world.rows["own"] else None
        others = self.world.people[
            "clerk" if self.person != self.world.people["clerk"] else "leader"
        ]
        owner = whose or others
        new = make_token(name="一个程序", may_write=True, days=1, actor=owner, now=clock.now())
        return int(new.token.pk)

    @property
    def calendar_edit(self) -> int:
        """A change of the working calendar that can be taken back."""
        edit = edit_calendar(
            rows=read_table("2026-11-26 停水", year=2026),
            source=HolidaySource.DAY,
            seen=holiday_stamp(),
            actor=None,
            now=clock.now(),
        )
        return int(edit.pk)


def notice_of(asked: Asked) -> Notice:
    """Return a notice of the person, or for the row of another one, of somebody else."""
    mine = asked.person is not None and asked.row is asked.world.rows["own"]
    notice: Notice = Notice.objects.get(recipient=asked.person if mine else asked.row.worker)
    return notice


def has_second_factor(asked: Asked) -> None:
    """Let the person have a second factor, turned on."""
    if asked.person is not None:
        now = clock.now()
        SecondFactor(
            user=asked.person, secret="JBSWY3DPEHPK3PXP", made_at=now, confirmed_at=now
        ).save()


def has_asked(asked: Asked) -> None:
    """Let the person wait for the deletion of the own data."""
    if asked.person is not None:
        DataRequest.objects.create(user=asked.person, asked_at=clock.now())


def has_an_address(asked: Asked) -> None:
    """Let the person have an address, so that it can be removed."""
    if asked.person is not None:
        Mailbox(user=asked.person, address="a@example.cn", language="zh-hans").save()


def is_closed(asked: Asked) -> None:
    """Let the account that is looked at be closed."""
    User.objects.filter(pk=asked.world.rows["foreign"].worker.pk).update(is_active=False)


def is_retired(asked: Asked) -> None:
    """Let the place be out of use."""
    asked.world.place.__class__.objects.update(is_active=False)


def has_no_correction(asked: Asked) -> None:
    """Let nothing wait, so that another correction can be asked for."""
    asked.row.correction.__class__.objects.update(state="WITHDRAWN")


def is_decided(asked: Asked) -> None:
    asked.world.registration.__class__.objects.update(state="REJECTED", decided_at=clock.now())


def is_ordinary(asked: Asked) -> None:
    """Let another administrator be there, so that one can be taken away."""
    asked.row.membership.__class__.objects.filter(pk=asked.row.membership.pk).update(is_admin=True)


def is_done(asked: Asked) -> None:
    incident = asked.world.incident
    incident.__class__.objects.filter(pk=incident.pk).update(
        authority_told_at=clock.now(), persons_told_at=clock.now() - timedelta(minutes=1)
    )


def is_written(asked: Asked) -> None:
    """Let the list be written, so that it can be undone."""
    counts = {"rows": 1, "written": 1, "stands_NEW": 1}
    asked.world.imported.__class__.objects.update(state="DONE", counts=counts)


def is_place_file_written(asked: Asked) -> None:
    """Let the places of the file be written, so that they can be undone."""
    asked.world.place_file.__class__.objects.update(state="WRITTEN", written_at=clock.now())


def view_is_removed(asked: Asked) -> None:
    """Let the saved list be taken away, so that it can be brought back."""
    asked.world.view.__class__.objects.update(removed_at=clock.now())


def hang_is_ready_for(step: HangStep) -> Callable[[Asked], None]:
    """Let the hang be in a state in which a step is possible."""

    def bring(asked: Asked) -> None:
        prepare_hang(asked.row, step)

    return bring


def is_at(step: IssueStep) -> Callable[[Asked], None]:
    """Let the issue be in a state in which a step is possible, in its first version."""

    def bring(asked: Asked) -> None:
        state = min(ISSUE_STEPS[step][0])
        is_out = state in OUT
        asked.world.issue.__class__.objects.update(
            state=state, version=1, year=DAY.year if is_out else None, number=1 if is_out else None
        )

    return bring


def has_a_key(asked: Asked) -> None:
    """Let the person who is asked about have a key for programs."""
    key_of(asked.world.rows["foreign"].worker)
