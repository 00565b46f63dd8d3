"""The parts that pages are made of; what they say is worked out in ``wording``."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import cast

from django import template
from django.core.paginator import Page
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.http import QueryDict
from django.template import Context
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django_vite.core.asset_loader import DjangoViteAssetLoader

from shuniu.zone.kernel.templatetags import wording
from shuniu.zone.kernel.templatetags.markup import filled, filled_each
from shuniu.zone.kernel.templatetags.part_data import (
    Attachment,
    Ball,
    Entry,
    Tab,
    Tone,
    TrendProps,
)

register = template.Library()

Number = int | float | Decimal
SELECTED = " selected"


def _now(context: Context) -> datetime | None:
    return cast("datetime | None", context.get("now"))


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon of the sprite. It is decoration: the word stands beside it, or in a label."""
    sprite = DjangoViteAssetLoader.instance().generate_vite_asset_url("assets/icons.svg")
    return filled(
        '<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false">'
        '<use href="{}#{}"></use></svg>',
        sprite,
        name,
    )


@register.simple_tag
def light(value: object) -> SafeString:
    """Draw a light: shape, word and color."""
    return _light(wording.light_look(value), get_language())


@cache
def _light(look: wording.LightLook, _language: str) -> SafeString:
    return filled(
        '<span class="light light--{}">'
        '<svg class="light__shape" width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">'
        '<path d="{}"/></svg>{}</span>',
        look.name,
        look.outline,
        look.word,
    )


@register.simple_tag
def state(value: object, label: str, tone: Tone = "neutral") -> SafeString:
    """Draw the state of a thing by its word; ``value`` is for tests and styles only."""
    return filled(
        '<span class="state state--{}" data-state="{}">{}</span>', tone, str(value).lower(), label
    )


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | None) -> SafeString | str:
    """Show a moment in its short form, the full one on hovering. Nothing for None."""
    if at is None:
        return ""
    at = wording.local(at)
    return filled(
        '<time datetime="{}" title="{}">{}</time>',
        at.isoformat(timespec="seconds"),
        wording.full_moment_words(at),
        wording.moment_words(at, _now(context)),
    )


@register.simple_tag(takes_context=True)
def day(context: Context, value: date | None) -> SafeString | str:
    """Show a day in its short form, the full one on hovering. Nothing for None."""
    if value is None:
        return ""
    shown = wording.local(value).date() if isinstance(value, datetime) else value
    return filled(
        '<time datetime="{}" title="{}">{}</time>',
        shown.isoformat(),
        wording.full_day_words(shown),
        wording.day_words(shown, _now(context)),
    )


@register.simple_tag
def span(value: timedelta | None) -> str:
    """Show a length of time by its two largest units. Nothing for None."""
    return "" if value is None else wording.span_words(value)


@register.simple_tag(takes_context=True)
def due(context: Context, due_at: datetime | None, assumed: bool = False) -> SafeString | str:  # noqa: FBT001, FBT002  # template tags take plain arguments
    """Show a deadline and what is left; ``assumed``: its year's holidays are not known.

    Written here and not as a template: a list shows one in each row.
    """
    if due_at is None:
        return ""
    now = _now(context)
    shown = moment(context, due_at)
    note = filled(
        ' <small class="due__note">{}{}</small>', icon("info-circle"), wording.assumed_words(due_at)
    ) if assumed else ""  # fmt: skip
    if now is None:
        return filled('<span class="due">{}{}</span>', shown, note)
    look = wording.due_look(due_at, now)
    return filled(
        '<span class="due due--{}">{} <span class="due__words">{}</span>{}</span>',
        look.state,
        shown,
        look.words,
        note,
    )


@register.inclusion_tag("kernel/parts/ball.html", takes_context=True)
def ball(context: Context, holder: Ball | None) -> dict[str, object]:
    """Show who must move next. Nothing for None: it is over."""
    return {"ball": holder, "now": _now(context)}


@register.inclusion_tag("kernel/parts/figure.html")
def figure(  # noqa: PLR0917  # template tags take plain arguments
    value: Number | None,
    url: str,
    label: str,
    previous: Number | None = None,
    unit: str = "",
    basis: str = "",
) -> dict[str, object]:
    """Show a number that opens the rows it counts; ``basis`` is the denominator of a rate."""
    known = value is not None and previous is not None
    return {
        "value": value,
        "url": url,
        "label": label,
        "unit": unit,
        "basis": basis,
        "unknown": wording.UNKNOWN_FIGURE,
        "difference": wording.difference_words(float(value or 0), float(previous or 0))
        if known
        else "",
    }


@register.simple_tag
def options(choices: Iterable[tuple[str, str]], chosen: str) -> SafeString:
    """Show the choices of a select, pairs of value and label, with the chosen one selected."""
    return filled_each(
        '<option value="{}"{}>{}</option>',
        ((value, SELECTED if value == chosen else "", label) for value, label in choices),
    )


@register.simple_tag
def form_key() -> SafeString:
    """Put a fresh idempotency key into a form, so that sending twice does once."""
    return filled('<input type="hidden" name="idempotency_key" value="{}">', uuid.uuid4())


@register.inclusion_tag("kernel/parts/field.html")
def field(bound: BoundField) -> dict[str, object]:
    """Show a form field with its label, help and errors tied together for a screen reader."""
    widget = bound.field.widget
    is_group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    base_id = bound.auto_id or bound.html_name
    told_by = [f"{base_id}_{part}" for part, text in _told(bound) if text]
    attrs: dict[str, str | bool] = {} if is_group else _widget_attrs(bound, told_by)
    return {
        "field": bound,
        "base_id": base_id,
        "control": bound.as_widget(attrs=attrs),
        "is_group": is_group,
        "is_check": isinstance(widget, CheckboxInput),
        "told_by": " ".join(told_by),
    }


def _told(bound: BoundField) -> tuple[tuple[str, object], ...]:
    return (("helptext", bound.help_text), ("error", bound.errors))


def _widget_attrs(bound: BoundField, told_by: Sequence[str]) -> dict[str, str | bool]:
    widget = bound.field.widget
    own = str(widget.attrs.get("class", ""))
    if isinstance(widget, CheckboxInput):
        look = "form-check-input"
    else:
        look = "form-select" if isinstance(widget, Select) else "form-control"
    attrs: dict[str, str | bool] = {
        "class": " ".join(filter(None, (look, own, "is-invalid" if bound.errors else "")))
    }
    if told_by:
        attrs["aria-describedby"] = " ".join(told_by)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return attrs


@register.filter
def mask_phone(phone: object) -> str:
    """Hide the middle of a phone number."""
    return wording.masked_phone(str(phone or ""))


@register.filter
def mask_name(name: object) -> str:
    """Hide a person's given name."""
    return wording.masked_name(str(name or ""))


@register.filter
def mask_id_number(number: object) -> str:
    """Hide the middle of an identity number."""
    return wording.masked_id_number(str(number or ""))


@register.filter
def file_size(size_bytes: int) -> str:
    """Show a file size."""
    return wording.size_words(size_bytes)


@register.inclusion_tag("kernel/parts/empty_state.html")
def empty_state(sentence: str, action_url: str = "", action_label: str = "") -> dict[str, str]:
    """Say that nothing is here, and what one may do about it."""
    return {"sentence": sentence, "action_url": action_url, "action_label": action_label}


@register.inclusion_tag("kernel/parts/pages.html", takes_context=True)
def pages(context: Context, page: Page[object]) -> dict[str, object]:
    """Show the way to the other pages of a list, keeping the filters in the address."""
    request = context.get("request")
    return {"page": page, "query": request.GET if request else QueryDict()}


@register.inclusion_tag("kernel/parts/tabs.html")
def tabs(choices: Sequence[Tab], label: str) -> dict[str, object]:
    """Show the choices of a list as tabs; ``label`` names them for a screen reader."""
    return {"tabs": choices, "label": label}


@register.inclusion_tag("kernel/parts/timeline.html", takes_context=True)
def timeline(context: Context, entries: Sequence[Entry]) -> dict[str, object]:
    """Show a history."""
    return {"entries": entries, "now": _now(context)}


@register.inclusion_tag("kernel/parts/attachments.html")
def attachments(files: Sequence[Attachment]) -> dict[str, object]:
    """Show stored files with name and size."""
    return {"files": files}


@register.inclusion_tag("kernel/parts/trend.html")
def trend(element_id: str, props: TrendProps) -> dict[str, object]:
    """Show figures over time: a drawing above its table; the table alone without script."""
    return {
        "element_id": element_id,
        "trend": props,
        "props_id": f"{element_id}-props",
        "props": asdict(props),
    }
