"""What a record of an enterprise says, and what shall be different in it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from shuniu.zone.registry.forms.fields import CreditCodeField, NameField, PhoneField
from shuniu.zone.registry.industry import WrongShape, fault_of, normal_industry
from shuniu.zone.registry.models import Correction, Enterprise
from shuniu.zone.registry.queries import FIELD_LABELS, Change, Value, changes_of, value_of
from shuniu.zone.registry.services import NewContact, NewEnterprise, needs_reason

MOST_GOODS = 50
LONGEST_GOOD = 60
MOST_EMPLOYEES = 1_000_000
BETWEEN_GOODS = re.compile(r"[\r\n,;，；、]+")


class IndustryField(forms.CharField):
    """Two to four digits of GB/T 4754, also with the letter of the section before them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, **options)

    def clean(self, value: Any) -> str:
        code = normal_industry(super().clean(value))
        if not code:
            return ""
        fault = fault_of(code)
        if isinstance(fault, WrongShape):
            raise forms.ValidationError(
                _("An industry code has two to four digits, such as 35 or 3599.")
            )
        if fault is not None:
            raise forms.ValidationError(
                _("No industry begins with %(division)s: divisions go from 01 to 97."),
                params={"division": fault.division},
            )
        return code


class GoodsField(forms.CharField):
    """Several goods, one on a line or divided by commas; gives each once, in the order written."""

    def __init__(self, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 3})
        super().__init__(max_length=4000, required=False, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        pieces = (" ".join(part.split()) for part in BETWEEN_GOODS.split(super().clean(value)))
        goods = list(dict.fromkeys(piece for piece in pieces if piece))
        if len(goods) > MOST_GOODS:
            raise forms.ValidationError(
                ngettext_lazy(
                    "At most %(most)d can be kept; here is %(count)d.",
                    "At most %(most)d can be kept; here are %(count)d.",
                    "count",
                )
                % {"most": MOST_GOODS, "count": len(goods)}
            )
        if too_long := [good for good in goods if len(good) > LONGEST_GOOD]:
            raise forms.ValidationError(
                _("“%(good)s…” is too long: one has at most %(most)d characters."),
                params={"good": too_long[0][:12], "most": LONGEST_GOOD},
            )
        return goods


class ScaleField(forms.NullBooleanField):
    """Above scale, not, or nobody knows."""

    def __init__(self) -> None:
        super().__init__(label=_("Above scale"), required=False)
        widget = cast("forms.NullBooleanSelect", self.widget)
        widget.choices = [("unknown", _("not known")), ("true", _("yes")), ("false", _("no"))]


class RecordForm(forms.Form):
    """A record of an enterprise, all of it.

    ``seen`` is what the record said when the page was made: what differs from it is what somebody
    wanted to change, and whatever else was changed meanwhile stays.
    """

    name = NameField(
        label=pgettext_lazy("enterprise", "Name"),
        max_length=120,
        help_text=_("As on the business license, in full."),
    )
    short_name = NameField(
        label=_("Short name"), max_length=40, required=False, help_text=_("As people call it.")
    )
    credit_code = CreditCodeField(
        label=_("Credit code"),
        help_text=_("18 characters, as on the business license."),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
    )
    industry_code = IndustryField(
        label=_("Industry"),
        required=False,
        help_text=_("Two to four digits of GB/T 4754, such as 35 for special equipment."),
        widget=forms.TextInput(attrs={"list": "industries", "autocomplete": "off"}),
    )
    is_above_scale = ScaleField()
    employees = forms.IntegerField(
        label=_("Employees"), required=False, min_value=0, max_value=MOST_EMPLOYEES
    )
    address = NameField(label=_("Registered address"), max_length=120, required=False)
    scope = forms.CharField(
        label=_("Business scope"),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    products = GoodsField(label=_("Products"), help_text=_("One on a line, or with commas."))
    inputs = GoodsField(
        label=_("Raw materials and inputs"), help_text=_("One on a line, or with commas.")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, enterprise: Enterprise | None = None, **kwargs: Any) -> None:
        self.enterprise = enterprise
        if enterprise is not None:
            values = {field: value_of(enterprise, field) for field in FIELD_LABELS}
            kwargs["initial"] = values | {"seen": json.dumps(values, ensure_ascii=False)}
        super().__init__(*args, **kwargs)

    def clean_seen(self) -> Mapping[str, Value]:
        if self.enterprise is None:
            return {}
        try:
            seen = json.loads(self.cleaned_data["seen"])
        except ValueError:
            seen = None
        if not isinstance(seen, dict) or seen.keys() != FIELD_LABELS.keys():
            self.add_error(None, _("This page is out of date. Please open it again."))
            return {}
        return cast("Mapping[str, Value]", seen)

    def _clean_fields(self) -> None:
        """Judge what was written; what the record says already need not follow today's rules."""
        super()._clean_fields()  # type: ignore[misc]  # Django's own step between fields and form
        for field in ("credit_code", "industry_code"):
            given = str(self.data.get(self.add_prefix(field), "")).strip()
            if self.enterprise is not None and given == value_of(self.enterprise, field):
                self.errors.pop(field, None)
                self.cleaned_data[field] = given

    def values(self) -> dict[str, Value]:
        """Return what the record shall say."""
        return {field: self.cleaned_data[field] for field in FIELD_LABELS}

    def changes(self) -> tuple[Change, ...]:
        """Return what shall be different from what the page showed."""
        seen, values = self.cleaned_data["seen"], self.values()
        return tuple(
            Change(field, seen[field], values[field])
            for field in FIELD_LABELS
            if values[field] != seen[field]
        )


class NewRecordForm(RecordForm):
    """A new record, with somebody to reach."""

    contact_name = NameField(label=_("Name of the contact"), max_length=60, required=False)
    contact_title = NameField(
        label=pgettext_lazy("contact", "Position"), max_length=40, required=False
    )
    contact_phone = PhoneField(
        label=_("Phone number"),
        required=False,
        help_text=_("Of a mobile, or of a landline with its area code."),
        attrs={"autocomplete": "off"},
    )

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("contact_name") and not given.get("contact_phone"):
            self._ask_for("contact_phone", _("By which number is the contact reached?"))
        if given.get("contact_phone") and not given.get("contact_name"):
            self._ask_for("contact_name", _("Whose number is this?"))
        return given

    def new(self) -> NewEnterprise:
        """Return what is known of the new enterprise."""
        given = self.cleaned_data
        contact = NewContact(given["contact_name"], given["contact_title"], given["contact_phone"])
        return NewEnterprise(
            name=given["name"],
            short_name=given["short_name"],
            credit_code=given["credit_code"],
            industry_code=given["industry_code"],
            is_above_scale=given["is_above_scale"],
            employees=given["employees"],
            scope=given["scope"],
            products=tuple(given["products"]),
            inputs=tuple(given["inputs"]),
            address=given["address"],
            lon=None,
            lat=None,
            contacts=(contact,) if contact.name else (),
        )

    def _ask_for(self, field: str, question: Any) -> None:
        if field not in self.errors:
            self.add_error(field, question)


class CorrectionForm(RecordForm):
    """What an enterprise says is wrong in its own record; begins with what it said already.

    ``replaces`` are the keys of the corrections that waited when the page was made.
    """

    about_sites = forms.CharField(
        label=_("What is wrong with your sites"),
        max_length=300,
        required=False,
        help_text=_("Such as an address, a position on the map, or a site that is missing."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    note = forms.CharField(
        label=_("What the center should know"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    replaces = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, waiting: Sequence[Correction] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for correction in waiting:
            for change in changes_of(correction):
                self.initial[change.field] = change.new
            for field in ("note", "about_sites"):
                self.initial[field] = getattr(correction, field) or self.initial.get(field, "")
        self.initial["replaces"] = ",".join(str(correction.pk) for correction in waiting)

    def clean_replaces(self) -> frozenset[UUID]:
        keys = filter(None, self.cleaned_data["replaces"].split(","))
        try:
            return frozenset(map(UUID, keys))
        except ValueError:
            self.add_error(None, _("This page is out of date. Please open it again."))
            return frozenset()


class CorrectionReasonForm(forms.Form):
    """Why a correction is not taken over; the enterprise reads it."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The enterprise reads it."),
        min_length=4,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MergeForm(forms.Form):
    """Which of two records stays, and why they are of one firm."""

    stays = forms.ChoiceField(
        label=_("Which record stays?"),
        widget=forms.RadioSelect,
        help_text=_("Its name and credit code hold; the other is found by its own still."),
    )
    reason = forms.CharField(
        label=_("Why are they one firm?"),
        required=False,
        max_length=60,
        help_text=_("4 to 60 characters, without phone numbers. It is recorded."),
    )

    def __init__(self, *args: Any, one: Enterprise, other: Enterprise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason(one, other)
        field = cast("forms.ChoiceField", self.fields["stays"])
        field.choices = [
            (str(row.pk), f"{mark} {row.name} {row.credit_code}")
            for mark, row in (("A", one), ("B", other))
        ]
