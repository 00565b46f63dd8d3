"""Forms on the way of a list: sending it, and saying which column is what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.importing.kinds import ListKind
from shuniu.zone.kernel.importing.layout import Layout

MOST_PASTED = 800_000
"""Characters. A Chinese one is sent as three bytes, and of one form 2.5 MB are taken
(``DATA_UPLOAD_MAX_MEMORY_SIZE``): so many come through, and more can be told.
"""


class ListForm(forms.Form):
    """A file, or cells that were copied in a spreadsheet."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("XLSX, or CSV in UTF-8 or GBK; up to 20 MB and 20,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    cells = forms.CharField(
        label=_("Or paste cells"),
        required=False,
        strip=False,
        help_text=_(
            "Select the cells in Excel or WPS with their headings, copy, and paste here: up to"
            " 800,000 characters, some 5,000 rows. Send more as a file."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "wrap": "off", "spellcheck": "false"}),
    )

    def clean_cells(self) -> str:
        """Return the pasted cells; no attribute of the field, or a browser would cut them."""
        cells: str = self.cleaned_data["cells"]
        if len(cells) > MOST_PASTED:
            raise forms.ValidationError(
                _(
                    "These are %(count)d characters; at most %(most)d can be pasted. Send them as a"
                    " file."
                ),
                params={"count": len(cells), "most": MOST_PASTED},
            )
        return cells

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        has_cells = bool(given.get("cells", "").strip())
        if given.get("file") and has_cells:
            raise forms.ValidationError(_("Either a file or pasted cells, not both."))
        if not given.get("file") and not has_cells and not self.errors:
            raise forms.ValidationError(_("Choose a file, or paste the cells."))
        return given

    @property
    def is_pasted(self) -> bool:
        return not self.cleaned_data.get("file")


class LayoutForm(forms.Form):
    """Where the headings stand."""

    sheet = forms.IntegerField(min_value=0, max_value=500)
    head = forms.IntegerField(min_value=-1, max_value=19)
    depth = forms.IntegerField(min_value=1, max_value=2)

    def chosen(self, otherwise: Layout) -> tuple[int, int, int]:
        """Return sheet, row and depth as they were asked for, or as they were before."""
        if not self.is_valid():
            return otherwise.sheet, otherwise.head, otherwise.depth
        given = self.cleaned_data
        return given["sheet"], given["head"], given["depth"]


def columns_of(data: Any, kind: ListKind) -> dict[str, int]:
    """Return the column that a form names for each field, from 0; fields left out are not there."""
    found = {}
    for one in kind.fields:
        given = str(data.get(f"field-{one.key}", ""))
        if given.isascii() and given.isdecimal() and len(given) < 4:
            found[one.key] = int(given)
    return found


def options_of(data: Any, kind: ListKind) -> dict[str, str]:
    """Return what a form chooses for the whole file."""
    return {one.key: str(data.get(f"option-{one.key}", ""))[:40] for one in kind.options}


def own_order(keys: Sequence[str], places: dict[str, int], width: int) -> tuple[str, ...]:
    """Return the field of each column."""
    order = [""] * width
    for key in keys:
        if key in places and places[key] < width:
            order[places[key]] = key
    return tuple(order)
