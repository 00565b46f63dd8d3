"""Shape of what clerks write in the service catalogue. Sense is judged by the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.hall import queries, services
from shuniu.zone.registry.queries import no_offices

if TYPE_CHECKING:
    from shuniu.zone.hall.models import ServiceItem

    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelChoiceField = forms.ModelChoiceField

NOT_TYPED = {"autocapitalize": "off", "autocomplete": "off", "spellcheck": "false"}
MOST_DAYS = 999
LONGEST_LINES = 4_000


class WordsField(forms.CharField):
    """Words as they were typed; a NUL, which no text needs and no database takes, is left out."""

    def to_python(self, value: Any) -> str:
        kept = value.replace("\x00", "") if isinstance(value, str) else value
        return super().to_python(kept) or ""


class UnitField(_ModelChoiceField):
    """A unit, by its name in the language of the page."""

    language = "zh-hans"

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.zh if self.language.startswith("zh") else obj.en)


def _line(label: Any, longest: int, *, required: bool = False, hint: Any = "") -> WordsField:
    return WordsField(label=label, max_length=longest, required=required, help_text=hint)


def _lines(label: Any, *, hint: Any = "") -> WordsField:
    return WordsField(
        label=label,
        max_length=LONGEST_LINES,
        required=False,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def _days(label: Any, hint: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST_DAYS, required=False, help_text=hint
    )


class ItemForm(forms.Form):
    """An item of the catalogue; without the code for one that is there."""

    code = forms.RegexField(
        label=pgettext_lazy("item", "Code"),
        regex=r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,29}\Z",
        help_text=_("Latin letters, digits, - and _. Lists know the item by it; it stays."),
        error_messages={"invalid": _("Up to 30 Latin letters, digits, - and _.")},
        widget=forms.TextInput(attrs=NOT_TYPED),
    )
    name = _line(pgettext_lazy("item", "Item"), 120, required=True)
    unit = UnitField(label=pgettext_lazy("item", "Unit"), queryset=no_offices())
    materials = _lines(_("What to bring"), hint=_("One thing a line."))
    limit_days = _days(_("Statutory limit"), _("In working days; empty where the law sets none."))
    promise_days = _days(_("Promise"), _("In working days; 0 is at once."))
    fee = _line(_("Fee"), 120)
    channel = _line(_("Where and how"), 120)
    owner = _line(_("Section in charge"), 60, hint=_("A section or window, not a person."))
    phone = _line(_("Office telephone"), 30)
    legal_basis = _lines(_("Legal basis"))
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, language: str, item: ServiceItem | None = None, **kwargs: Any
    ) -> None:
        if item is not None:
            names = [name for name in services.NewItem.__dataclass_fields__ if name != "unit"]
            said = {name: getattr(item, name) for name in names}
            kwargs["initial"] = said | {"unit": item.unit_id, "seen": item.version}
        super().__init__(*args, **kwargs)
        unit = cast("UnitField", self.fields["unit"])
        unit.language, unit.queryset = language, queries.units_to_choose()
        if item is not None:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        limit, promise = given.get("limit_days"), given.get("promise_days")
        if limit is not None and promise is not None and promise > limit:
            self.add_error("promise_days", _("This is longer than the law allows."))
        return given

    def new(self) -> services.NewItem:
        """Return the item as it shall be."""
        names = services.NewItem.__dataclass_fields__
        return services.NewItem(**{name: self.cleaned_data[name] for name in names})
