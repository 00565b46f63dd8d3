"""What the accounts hold about one person, as the copy that the person gets shows it."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Count, Max, Min
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.accounts.choices import RequestState, Role, SessionEnd, TokenEnd
from shuniu.zone.accounts.models import (
    AccessToken,
    DataRequest,
    Device,
    Grant,
    OneTimeCode,
    Phone,
    RecoveryCode,
    SecondFactor,
    SignInSession,
    User,
)
from shuniu.zone.kernel.data_map import CopyTable, copy_table
from shuniu.zone.kernel.facts import every_fact
from shuniu.zone.kernel.models import Fact, FactWords


def data_of(user: AbstractBaseUser) -> tuple[CopyTable, ...]:
    """Return the tables of the accounts about a person."""
    return (
        _account(user),
        _phone(user),
        _roles(user),
        _second_factor(user),
        _recovery_codes(user),
        _one_time_codes(user),
        _sessions(user),
        _devices(user),
        _tokens(user),
        _requests(user),
        _reasons(user),
        _done(user),
    )


def _account(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "name": _("Name"),
        "sign_in_name": _("Sign-in name"),
        "is_active": pgettext_lazy("account", "Open"),
        "created_at": pgettext_lazy("when", "Opened"),
        "closed_at": pgettext_lazy("when", "Closed"),
        "last_login": _("Last signed in"),
        "password_changed_at": _("Password chosen"),
    }
    rows = User.objects.filter(pk=user.pk).values_list(*heads)
    return copy_table("accounts_user", _("Account"), heads, rows)


def _phone(user: AbstractBaseUser) -> CopyTable:
    found = Phone.objects.filter(pk=user.pk)
    heads = {"number": _("Mobile number")}
    return copy_table("accounts_phone", _("Mobile number"), heads, ((row.number,) for row in found))


def _roles(user: AbstractBaseUser) -> CopyTable:
    found = Grant.objects.filter(user_id=user.pk).order_by("granted_at", "pk")
    heads = {"role": _("Role"), "granted_at": pgettext_lazy("role", "Since")}
    rows = ((str(Role(row.role).label), row.granted_at) for row in found)
    return copy_table("accounts_grant", _("Roles"), heads, rows)


def _second_factor(user: AbstractBaseUser) -> CopyTable:
    heads = {"made_at": _("Begun"), "confirmed_at": _("Confirmed")}
    rows = SecondFactor.objects.filter(pk=user.pk).values_list(*heads)
    return copy_table("accounts_secondfactor", _("Second factor"), heads, rows)


def _recovery_codes(user: AbstractBaseUser) -> CopyTable:
    heads = {"used_at": _("Used")}
    rows = RecoveryCode.objects.filter(user_id=user.pk).order_by("pk").values_list(*heads)
    return copy_table("accounts_recoverycode", _("Recovery codes"), heads, rows)


def _one_time_codes(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "made_at": _("Issued"),
        "expires_at": _("Valid until"),
        "used_at": _("Used"),
        "resets_second_factor": _("Also for the second factor"),
    }
    rows = OneTimeCode.objects.filter(user_id=user.pk).order_by("pk").values_list(*heads)
    return copy_table("accounts_onetimecode", _("One-time codes"), heads, rows)


def _sessions(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "began_at": _("Signed in"),
        "seen_at": _("Last used"),
        "second_factor_at": _("Second factor"),
        "confirmed_at": _("Password given again"),
        "ended_at": _("Ended"),
        "end": _("Why"),
        "address": pgettext_lazy("network", "Address"),
        "agent": _("Browser"),
    }
    found = SignInSession.objects.filter(user_id=user.pk).order_by("-pk").values(*heads)
    rows = (
        tuple((row | {"end": str(SessionEnd(row["end"]).label) if row["end"] else ""}).values())
        for row in found
    )
    return copy_table("accounts_signinsession", _("Sessions"), heads, rows)


def _devices(user: AbstractBaseUser) -> CopyTable:
    heads = {"made_at": _("First used"), "used_at": _("Last used")}
    rows = Device.objects.filter(user_id=user.pk).order_by("pk").values_list(*heads)
    return copy_table("accounts_device", _("Known devices"), heads, rows)


def _tokens(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "name": _("Name"),
        "may_write": _("reads and writes"),
        "made_at": _("Made"),
        "expires_at": _("Works until"),
        "used_on": _("Last used"),
        "ended_at": _("Ended"),
        "end": _("Why"),
    }
    found = AccessToken.objects.filter(user_id=user.pk).order_by("pk").values(*heads)
    rows = (
        tuple((row | {"end": str(TokenEnd(row["end"]).label) if row["end"] else ""}).values())
        for row in found
    )
    return copy_table("accounts_accesstoken", _("Keys for programs"), heads, rows)


def _requests(user: AbstractBaseUser) -> CopyTable:
    heads = {
        "asked_at": _("Asked"),
        "state": _("State"),
        "decided_at": _("Decided"),
        "reason": _("Reason"),
    }
    found = DataRequest.objects.filter(user_id=user.pk).order_by("pk")
    rows = (
        (row.asked_at, str(RequestState(row.state).label), row.decided_at, row.reason)
        for row in found
    )
    return copy_table("accounts_datarequest", _("Requests for deletion"), heads, rows)


def _reasons(user: AbstractBaseUser) -> CopyTable:
    heads = {"written_at": _("Written"), "text": _("Reason")}
    found = FactWords.objects.filter(fact__actor_id=user.pk).order_by("pk")
    rows = ((row.written_at, row.text) for row in found)
    return copy_table("kernel_factwords", _("Reasons that you wrote"), heads, rows)


def _done(user: AbstractBaseUser) -> CopyTable:
    """Return what the person did, counted by kind: the rows are proof against others too."""
    counted = (
        Fact.objects.filter(actor_id=user.pk)
        .values("kind")
        .annotate(n=Count("pk"), first=Min("happened_at"), last=Max("happened_at"))
        .order_by("kind")
    )
    known = every_fact()
    rows = (
        (str(known[row["kind"]].label), row["n"], row["first"], row["last"])
        for row in counted
        if row["kind"] in known
    )
    heads = {"kind": _("What"), "count": _("How often"), "first": _("First"), "last": _("Last")}
    return copy_table("kernel_fact", _("What you did, counted"), heads, rows)
