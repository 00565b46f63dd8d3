"""Shape of what people choose about notices. Sense is judged by the commands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuniu.zone.notices.choices import RobotForm
from shuniu.zone.registry.queries import active_offices


class AddressForm(forms.Form):
    address = forms.EmailField(
        label=_("E-mail address"),
        max_length=120,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the e-mail"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class OfficeField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for type checkers alone
    """An office by its name in the language of the page."""

    def __init__(self, *, is_chinese: bool, **options: Any) -> None:
        self.is_chinese = is_chinese
        super().__init__(**options)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.zh if self.is_chinese else obj.en)


class RobotNewForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the group"),
        max_length=60,
        help_text=_("As your colleagues call it, for this page only."),
    )
    address = forms.CharField(
        label=_("Address of the robot"),
        max_length=300,
        help_text=_(
            "In WeCom: group, group robots, the robot's page, copy its webhook address. Whoever has"
            " it can write to the group: it is kept sealed and never shown again."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    form = forms.ChoiceField(label=_("Form of messages"), choices=RobotForm.choices)

    def __init__(self, *args: Any, is_chinese: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["office"] = OfficeField(
            label=_("Whose group it is"),
            queryset=active_offices(),
            required=False,
            empty_label=_("The whole zone: for offices without a group of their own"),
            is_chinese=is_chinese,
        )
