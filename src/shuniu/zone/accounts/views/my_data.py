"""What the zone holds about the person who asks: to see, to take along, to correct, to delete."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from shuniu.zone.accounts import queries, services
from shuniu.zone.accounts.views.request import Request, ask_again, is_confirmed
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.data_map import CopyTable, Value, data_map, data_of, rule_words
from shuniu.zone.kernel.templatetags.wording import masked_phone
from shuniu.zone.kernel.web import render_page

FORMAT = "shuniu.my-data/1"
PHONES = {("accounts_phone", "number"), ("registry_contact", "phone")}
PHONES |= {("registry_registration", "phone")}
SHOWN_ROWS = 5


class NameForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class PhoneForm(forms.Form):
    number = forms.CharField(
        label=gettext_lazy("Mobile number"),
        help_text=gettext_lazy("You can sign in with it. Leave it empty to have it deleted."),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table as the page shows it: short, telephone numbers masked; the file has everything.

    ``is_single`` says that it is shown as a list of its columns, for there is one row.
    """

    code: str
    label: str
    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, Value, bool], ...], ...]
    count: int
    more: int
    is_single: bool


@require_safe
def my_data(request: Request) -> HttpResponse:
    """Show everything that the zone holds about the person who asks."""
    return _page(request)


def _page(
    request: Request,
    *,
    name_form: NameForm | None = None,
    phone_form: PhoneForm | None = None,
    status: int = 200,
) -> HttpResponse:
    tables = [_shown(found) for found in data_of(request.user)]
    context = {
        "tables": [table for table in tables if table.count],
        "empty": _(", ").join(table.label for table in tables if not table.count),
        "not_copied": [one for one in data_map().classes if one.is_personal and not one.in_copy],
        "ends": [(one.label, rule_words(one)) for one in data_map().classes if one.in_copy],
        "name_form": name_form or NameForm(initial={"name": request.user.name}),
        "phone_form": phone_form or PhoneForm(),
        "phone": queries.phone_of(request.user),
        "deletion": queries.deletion_request_of(request.user.pk),
    }
    return render_page(request, "accounts/my_data.html", context, status=status)


def _shown(found: CopyTable) -> ShownTable:
    shown = [
        tuple(
            (str(column.label), _masked(found.table, column.name, value), _is_moment(value))
            for column, value in zip(found.columns, row, strict=True)
        )
        for row in found.rows[:SHOWN_ROWS]
    ]
    return ShownTable(
        code=found.table,
        label=str(found.label),
        heads=tuple(str(column.label) for column in found.columns),
        rows=tuple(shown),
        count=len(found.rows),
        more=len(found.rows) - len(shown),
        is_single=len(found.rows) == 1,
    )


def _masked(table: str, column: str, value: Value) -> Value:
    if (table, column) in PHONES:
        return masked_phone(str(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value


def _is_moment(value: Value) -> bool:
    return isinstance(value, datetime)


@require_safe
def my_data_file(request: Request) -> HttpResponse:
    """Send everything as one JSON file, to somebody who has just given the password."""
    if not is_confirmed(request):
        return ask_again(reverse("accounts:my-data"))
    now = clock.now()
    services.note_copy(actor=request.user, now=now)
    name = f"my-data-{clock.local(now):%Y%m%d-%H%M}.json"
    return HttpResponse(
        json.dumps(_document(request, now), ensure_ascii=False, indent=1),
        content_type="application/json; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _document(request: Request, now: datetime) -> dict[str, object]:
    """Return the file as its format is written down in the guide."""
    classes = [one for one in data_map().classes if one.is_personal]
    return {
        "format": FORMAT,
        "made_at": now.isoformat(timespec="seconds"),
        "account": request.user.pk,
        "tables": [
            {
                "table": found.table,
                "title": str(found.label),
                "columns": [
                    {"name": column.name, "title": str(column.label)} for column in found.columns
                ],
                "rows": [[_plain(value) for value in row] for row in found.rows],
            }
            for found in data_of(request.user)
        ],
        "classes": [
            {
                "class": one.code,
                "title": str(one.label),
                "what": str(one.what),
                "purpose": str(one.purpose),
                "basis": str(one.basis),
                "ends": rule_words(one),
                "read_by": str(one.readers),
                "in_this_file": one.in_copy,
                "why_not": str(one.not_in_copy),
            }
            for one in classes
        ],
    }


def _plain(value: Value) -> Value:
    return value.isoformat() if isinstance(value, date) else value


@require_POST
def my_name(request: Request) -> HttpResponse:
    """Correct the own name."""
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, name_form=form, status=422)
    services.rename(
        user_id=request.user.pk,
        name=form.cleaned_data["name"],
        actor=request.user,
        now=clock.now(),
    )
    messages.success(request, _("Your name is corrected."))
    return redirect("accounts:my-data")


@require_POST
def my_phone(request: Request) -> HttpResponse:
    """Set or take away the own mobile number, after the password was given again."""
    if not is_confirmed(request):
        return ask_again(reverse("accounts:my-data"))
    form = PhoneForm(request.POST)
    if form.is_valid() and _set_phone(request, form):
        messages.success(request, _("Your mobile number is set right."))
        return redirect("accounts:my-data")
    return _page(request, phone_form=form, status=422)


def _set_phone(request: Request, form: PhoneForm) -> bool:
    try:
        services.set_phone(
            user_id=request.user.pk,
            number=form.cleaned_data["number"],
            actor=request.user,
            now=clock.now(),
        )
    except (services.PhoneNotValid, services.PhoneTaken) as refusal:
        form.add_error("number", str(refusal))
        return False
    return True


@require_POST
def deletion_ask(request: Request) -> HttpResponse:
    """Ask that the own data are deleted, after the password was given again."""
    if not is_confirmed(request):
        return ask_again(reverse("accounts:my-data"))
    services.ask_for_deletion(actor=request.user, now=clock.now())
    messages.success(request, _("Your request is with the security administrator."))
    return redirect("accounts:my-data")


@require_POST
def deletion_back(request: Request) -> HttpResponse:
    """Take the request back."""
    services.take_back_deletion(actor=request.user, now=clock.now())
    messages.success(request, _("Your request is taken back; nothing is deleted."))
    return redirect("accounts:my-data")
