"""Commands on the zone itself: its profile and its holidays."""

from __future__ import annotations

from datetime import date, datetime

import chinese_calendar
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from shuniu.profiles.schema import Profile
from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.kernel.services import record_fact
from shuniu.zone.registry import facts, policies, queries
from shuniu.zone.registry.choices import HolidayKind
from shuniu.zone.registry.models import Holiday, Office, ProfileVersion
from shuniu.zone.registry.queries import DayChange
from shuniu.zone.registry.services.asking import NotForYou, standing_or_system
from shuniu.zone.registry.services.calendar import hold_calendar, keep_edit

FIRST_HOLIDAY_YEAR = 2020


class ProfileUnchanged(Refusal):
    code = "registry.profile_unchanged"
    status = 409
    sentence = _("This profile is already in force; nothing was changed.")


@transaction.atomic
def put_profile_in_force(*, profile: Profile, actor: User | None, now: datetime) -> ProfileVersion:
    """Put a valid profile in force. Cases keep the version that they were opened under.

    Raises
    ------
    NotForYou
        If ``actor`` may not.
    ProfileUnchanged
        If the profile in force says the same.
    """
    if not policies.may_put_profile_in_force(standing_or_system(actor)):
        raise NotForYou
    digest = profile.digest()
    newest = ProfileVersion.objects.order_by("pk").last()
    if newest is not None and newest.digest == digest:
        raise ProfileUnchanged
    version = ProfileVersion.objects.create(
        code=profile.zone.code,
        digest=digest,
        content=profile.model_dump(mode="json"),
        put_in_force_at=now,
        put_by=actor,
    )
    _follow_profile(profile)
    put = facts.ProfilePutInForce(version_id=version.pk, code=version.code, digest=digest)
    record_fact(put, actor=actor, at=now)
    return version


def _follow_profile(profile: Profile) -> None:
    """Let the offices have the names of the profile; one that left it gets no new cases."""
    codes = [office.code for office in profile.offices]
    Office.objects.exclude(code__in=codes).update(is_active=False)
    for position, office in enumerate(profile.offices):
        Office.objects.update_or_create(
            code=office.code,
            defaults={
                "zh": office.zh,
                "en": office.en,
                "kind": office.kind.value,
                "position": position,
                "is_active": True,
            },
        )


@transaction.atomic
def load_chinese_holidays(*, actor: User | None, now: datetime) -> int:
    """Store the holidays and make-up days that the calendar package knows; return how many.

    Days that are stored already stay as they are: a person may have corrected them.
    """
    if not policies.may_put_profile_in_force(standing_or_system(actor)):
        raise NotForYou
    first, last = date(FIRST_HOLIDAY_YEAR, 1, 1), max(chinese_calendar.holidays)
    last = date(last.year, 12, 31)
    rows = [
        Holiday(day=day, kind=HolidayKind.HOLIDAY, name=name)
        for day, name in chinese_calendar.holidays.items()
        if first <= day <= last
    ]
    rows += [
        Holiday(day=day, kind=HolidayKind.MAKEUP_DAY, name=name)
        for day, name in chinese_calendar.workdays.items()
        if first <= day <= last
    ]
    hold_calendar()
    known = set(Holiday.objects.values_list("day", flat=True))
    rows = [row for row in rows if row.day not in known]
    Holiday.objects.bulk_create(rows)
    loaded = len(rows)
    if known and rows:  # closed cases keep the calendar that held for them
        added = [DayChange(row.day, None, queries.rule_of(row)) for row in rows]
        keep_edit(added, undoes=None, actor=actor, now=now)
    if loaded:
        told = facts.HolidaysLoaded(first_year=first.year, last_year=last.year, days=loaded)
        record_fact(told, actor=actor, at=now)
    return loaded
