"""Sites of enterprises, places, and files of places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.choices import PlaceKind
from shuniu.zone.registry.forms.fields import NameField
from shuniu.zone.registry.models import Place, Site
from shuniu.zone.registry.queries import active_places, has_place, no_places, places_to_belong_to
from shuniu.zone.registry.services import (
    DATUMS,
    NewPlace,
    NewSite,
    degrees_from_text,
    seal_of_place,
    shape_as_text,
    shape_from_text,
)

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelChoiceField = forms.ModelChoiceField

MOST_FILE_BYTES = 5_000_000
LONGEST_SHAPE = 120_000
NOT_TYPED = {"autocomplete": "off", "spellcheck": "false"}


class DatumField(forms.ChoiceField):
    """In which of the three systems of Chinese maps a position is told."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Coordinates from"),
            choices=DATUMS,
            help_text=_("Chinese maps move positions by some hundred metres; they are moved back."),
        )


class PlaceChoice(_ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name} ({obj.code})"


class SiteForm(forms.Form):
    name = NameField(
        label=_("Name of the site"),
        max_length=60,
        required=False,
        help_text=_("What people call it, like a works or a workshop."),
    )
    address = NameField(label=pgettext_lazy("site", "Address"), max_length=120, required=False)
    position = forms.CharField(
        label=_("Longitude, latitude"),
        max_length=80,
        required=False,
        help_text=_("Both in one line, like they are copied from a map."),
        widget=forms.TextInput(attrs=NOT_TYPED),
    )
    datum = DatumField()

    def __init__(self, *args: Any, site: Site | None = None, **kwargs: Any) -> None:
        if site is not None:
            at = f"{site.lon:.6f}, {site.lat:.6f}" if site.lon is not None else ""
            kwargs["initial"] = {"name": site.name, "address": site.address, "position": at}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        given["at"] = None
        if given.get("position") and given.get("datum"):
            try:
                given["at"] = degrees_from_text(given["position"], given["datum"])
            except Refusal as refusal:
                self.add_error("position", str(refusal))
        elif not given.get("address") and not self.errors:
            self.add_error("address", _("Please write an address or a position."))
        return given

    def new(self) -> NewSite:
        """Return the site as it shall be."""
        given = self.cleaned_data
        return NewSite(given["name"], given["address"], given["at"])


class PlaceForm(forms.Form):
    code = forms.RegexField(
        label=_("Code"),
        regex=r"\A[A-Za-z0-9][A-Za-z0-9_-]{0,39}\Z",
        help_text=_("Latin letters, digits, - and _. Files know the place by it; it stays."),
        error_messages={"invalid": _("Up to 40 Latin letters, digits, - and _.")},
        widget=forms.TextInput(attrs=NOT_TYPED),
    )
    name = NameField(label=pgettext_lazy("place", "Name"), max_length=60)
    kind = forms.ChoiceField(label=pgettext_lazy("place", "Kind"), choices=PlaceKind)
    part_of = PlaceChoice(
        label=pgettext_lazy("place", "Belongs to"),
        queryset=no_places(),
        required=False,
        empty_label=_("nothing"),
    )
    shape = forms.CharField(
        label=_("Shape"),
        max_length=LONGEST_SHAPE,
        help_text=_("GeoJSON of one Polygon or MultiPolygon; for a point, longitude and latitude."),
        widget=forms.Textarea(attrs={"rows": 5, "class": "shape-text", **NOT_TYPED}),
    )
    datum = DatumField()
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, place: Place | None = None, **kwargs: Any) -> None:
        if place is not None:
            kwargs["initial"] = {
                "name": place.name,
                "kind": place.kind,
                "part_of": place.part_of_id,
                "shape": shape_as_text(place),
                "seen": seal_of_place(place),
            }
        super().__init__(*args, **kwargs)
        wholes = active_places()
        self.place = place
        if place is not None:
            del self.fields["code"]
            wholes = places_to_belong_to(place)
        cast("PlaceChoice", self.fields["part_of"]).queryset = wholes

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        taken = has_place(code)
        if taken is not None:
            raise forms.ValidationError(
                _("%(code)s is the code of %(name)s."), params={"code": code, "name": taken.name}
            )
        return code

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("shape") and given.get("datum"):
            try:
                given["drawn"] = shape_from_text(given["shape"], given["datum"])
            except Refusal as refusal:
                self.add_error("shape", str(refusal))
        return given

    def new(self) -> NewPlace:
        """Return the place as it shall be."""
        given = self.cleaned_data
        return NewPlace(
            code=self.place.code if self.place else given["code"],
            name=given["name"],
            kind=given["kind"],
            part_of=given["part_of"].code if given["part_of"] else "",
            shape=given["drawn"],
        )


class PlaceFileForm(forms.Form):
    """A GeoJSON file, or its text."""

    file = forms.FileField(
        label=_("GeoJSON file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )
    text = forms.CharField(
        label=_("Or paste it here"),
        required=False,
        max_length=2_000_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5, "class": "shape-text", **NOT_TYPED}),
    )
    datum = DatumField()

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        upload = given.get("file")
        if upload is not None and upload.size > MOST_FILE_BYTES:
            self.add_error("file", _("The file is larger than 5 MB."))
        elif upload is not None:
            given["content"] = upload.read()
            given["name"] = "".join(filter(str.isprintable, upload.name or ""))
        elif given.get("text", "").strip():
            given["content"] = given["text"].encode("utf-8", "replace")
        elif not self.errors:
            self.add_error("file", _("Please choose a file, or paste its text."))
        return given


class SealForm(forms.Form):
    """What a preview showed, to be written now."""

    seal = forms.CharField(max_length=64)
