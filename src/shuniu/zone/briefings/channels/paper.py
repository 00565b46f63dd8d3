"""From a briefing to the paper that Word, PDF and page show alike: headings, tables, sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from shuniu.zone.briefings.channels.chart import Chart, Series, bar_chart
from shuniu.zone.briefings.channels.sheet import (
    Briefing,
    HangItem,
    HangSheet,
    Imprint,
    InstructionLine,
    Item,
    Number,
    Period,
    Section,
)
from shuniu.zone.briefings.choices import Edition
from shuniu.zone.kernel.clock import day_of, local

ORDINALS_ZH = (*"一二三四五六七八九十", "十一", "十二")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; ``url`` leads to what a number counts, without the host."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose first column holds words and whose others hold numbers."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_total: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A case in a sentence: its number and where it is, whose it is, and the words after that."""

    number: str
    url: str
    enterprise: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the paper.

    ``sentences`` stand under the heading, what a clerk wrote as ``note`` after them. What a
    ``chart`` shows stands in the table, too.
    """

    name: str
    title: str
    sentences: tuple[str, ...] = ()
    table: Table | None = None
    told: tuple[Told, ...] = ()
    note: tuple[str, ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Everything that stands on the paper, from top to bottom, in the language of the briefing."""

    language: str
    mark: str
    masthead: str
    number: str
    issuer: str
    day: str
    day_iso: str
    correction: str
    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]
    signer: str
    distribution: str


def paper_of(briefing: Briefing, imprint: Imprint) -> Paper:
    """Return the paper; called while the language of the briefing is active."""
    return Paper(
        language=briefing.language,
        mark=imprint.mark,
        masthead=briefing.masthead,
        number=imprint.number,
        issuer=briefing.issuer,
        day=date_format(_dated(briefing), "DATE_FORMAT"),
        day_iso=_dated(briefing).isoformat(),
        correction=imprint.correction,
        title=briefing.title,
        lead=_lead(briefing),
        parts=tuple(_numbered(briefing, _parts(briefing))),
        signer=_("Signed by: %(name)s") % {"name": imprint.signer} if imprint.signer else "",
        distribution=_("Distribution: %(names)s") % {"names": briefing.distribution_words},
    )


def _dated(briefing: Briefing) -> date:
    """Return the date of the paper: a week or a month is dated with the day of counting."""
    return day_of(briefing.composed_at) if briefing.period else briefing.day


def parts_of(briefing: Briefing) -> tuple[Part, ...]:
    """Return the sections without ordinals; called while the language of the briefing is active."""
    return tuple(_parts(briefing))


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the paragraphs of what somebody typed."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def span_words(briefing: Briefing) -> str:
    """Return which days off are told with the day, such as “含11月21日至22日”; empty for none."""
    if briefing.first_day >= briefing.day or briefing.period:
        return ""
    first, last = briefing.first_day, briefing.day - timedelta(days=1)
    if first == last:
        return _("Includes %(day)s.") % {"day": _day(first)}
    last_words = _day(last)
    if _is_chinese(briefing) and (first.year, first.month) == (last.year, last.month):
        last_words = f"{last.day}日"
    return _("Includes %(first)s to %(last)s.") % {"first": _day(first), "last": last_words}


def _is_chinese(briefing: Briefing) -> bool:
    return briefing.language.startswith("zh")


def _day(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")


def _lead(briefing: Briefing) -> tuple[str, ...]:
    """Return the lead; its last paragraph ends with what a reader must know about the figures."""
    *first, last = paragraphs(briefing.summary) or ("",)
    between = "" if _is_chinese(briefing) else " "
    return (*first, between.join(filter(None, (last, *_remarks(briefing)))))


def _remarks(briefing: Briefing) -> Iterator[str]:
    """Yield what a reader must know about the figures."""
    if briefing.period is not None:
        yield from _period_remarks(briefing, briefing.period)
    if words := span_words(briefing):
        yield words
    if day_of(briefing.composed_at) == briefing.day:
        time = date_format(local(briefing.composed_at), "H:i")
        yield _("As of %(time)s.") % {"time": time}
    if briefing.is_assumed:
        yield _(
            "The holidays of %(year)s are not loaded: Monday to Friday are taken for working days."
        ) % {"year": briefing.day.year}


def _period_remarks(briefing: Briefing, period: Period) -> Iterator[str]:
    """Yield which days are told of and compared, and whether some are still to come."""
    yield _("%(first)s to %(last)s, compared with %(before_first)s to %(before_last)s.") % {
        "first": _day(period.first),
        "last": _day(briefing.day),
        "before_first": _day(period.before_first),
        "before_last": _day(period.before_last),
    }
    if briefing.day < period.last:
        if period.edition == Edition.WEEKLY:
            yield _("The week has not ended: counted up to %(day)s.") % {"day": _day(briefing.day)}
        else:
            yield _("The month has not ended: counted up to %(day)s.") % {"day": _day(briefing.day)}


def _parts(briefing: Briefing) -> Iterator[Part]:
    notes = {name: paragraphs(briefing.notes.get(name, "")) for name in Section}
    title = pgettext("period", "Figures") if briefing.period else _("Figures of the day")
    yield Part("figures", title, table=_figures(briefing),
               note=notes[Section.FIGURES])  # fmt: skip
    if briefing.period is not None:
        yield _course(briefing.period)
    none = () if briefing.categories else (_("None today."),)
    yield Part("categories", _("By category"), none, _categories(briefing),
               note=notes[Section.CATEGORIES], chart=_category_chart(briefing))  # fmt: skip
    yield Part("late", _("Overdue needs"), tuple(_late_sentences(briefing)),
               told=tuple(_told(item, briefing.day) for item in briefing.late),
               note=notes[Section.LATE])  # fmt: skip
    if briefing.hangs is not None:
        told = tuple(_hang_told(item, briefing.day) for item in briefing.hangs.told)
        yield Part("hangs", pgettext("briefing", "Supervised items"),
                   tuple(_hang_sentences(briefing.hangs)), _hangs(briefing.hangs), told,
                   notes[Section.HANGS])  # fmt: skip
    none = () if briefing.notable else (_("None today."),)
    yield Part("notable", _("Notable needs"), none,
               told=tuple(_told(item, briefing.day) for item in briefing.notable),
               note=notes[Section.NOTABLE])  # fmt: skip
    if briefing.common or notes[Section.COMMON]:
        yield Part("common", _("Common needs"), tuple(_common_sentences(briefing)),
                   _common(briefing), note=notes[Section.COMMON])  # fmt: skip
    if briefing.operations or notes[Section.OPERATIONS]:
        yield Part("operations", _("Operating numbers"), (), _operations(briefing),
                   note=notes[Section.OPERATIONS])  # fmt: skip
    if briefing.practices or notes[Section.PRACTICES]:
        yield Part("practices", _("Good practice"), tuple(_practice_sentences(briefing)),
                   told=tuple(_told(item, briefing.day) for item in briefing.practices),
                   note=notes[Section.PRACTICES])  # fmt: skip
    if briefing.instructions or notes[Section.INSTRUCTIONS]:
        yield Part("instructions", _("Instructions of leaders, and what became of them"),
                   told=tuple(_instructed(line, briefing.day) for line in briefing.instructions),
                   note=notes[Section.INSTRUCTIONS])  # fmt: skip
    if notes[Section.CLOSING]:
        yield Part("closing", _("Further remarks"), note=notes[Section.CLOSING])


def _numbered(briefing: Briefing, parts: Iterator[Part]) -> Iterator[Part]:
    """Yield the parts with 一、 or 1. before their headings."""
    for at, part in enumerate(parts):
        before = f"{ORDINALS_ZH[at]}、" if _is_chinese(briefing) else f"{at + 1}. "
        yield replace(part, title=before + part.title)


def _course(period: Period) -> Part:
    """Return what came in and was closed from day to day, or from week to week."""
    is_week = period.edition == Edition.WEEKLY
    title = _("From day to day") if is_week else _("From week to week")
    names = (_("New needs"), _("Closed"))
    rows = tuple(
        (Cell(one.label), Cell(str(one.opened)), Cell(str(one.closed))) for one in period.bins
    )
    busiest = max(period.bins, key=lambda one: one.opened)
    alt = _("Bars: new and closed needs. Most came in on %(label)s: %(count)s.") % {
        "label": busiest.label,
        "count": busiest.opened,
    }
    chart = bar_chart(
        title,
        alt,
        [one.label for one in period.bins],
        [
            Series(names[0], tuple(one.opened for one in period.bins)),
            Series(names[1], tuple(one.closed for one in period.bins)),
        ],
    )
    return Part("course", title, table=Table((_("Days"), *names), rows), chart=chart)


def _category_chart(briefing: Briefing) -> Chart | None:
    """Return the new needs by category, the sum left out; only a week or a month has one."""
    lines = [line for line in briefing.categories[:-1] if line.opened.value]
    if briefing.period is None or not lines:
        return None
    alt = _("Bars: new needs by category. Most were about %(label)s: %(count)s.") % {
        "label": lines[0].label,
        "count": lines[0].opened.value,
    }
    values = tuple(line.opened.value for line in lines)
    labels = [line.label for line in lines]
    return bar_chart(_("New needs by category"), alt, labels, [Series(_("New needs"), values)])


def _figures(briefing: Briefing) -> Table:
    heads = (_("This day"), _("Working day before"), _("Change"), _("7-day mean"))
    if briefing.period is not None:
        heads = (_("This period"), _("As many days before"), _("Change"), _("Daily mean"))
    return Table(
        heads=(_("Figure"), *heads),
        rows=tuple(
            (Cell(line.label), _cell(line.value), Cell(str(line.day_before)),
             Cell(line.change_words), Cell(line.mean))
            for line in briefing.figures
        ),
    )  # fmt: skip


def _categories(briefing: Briefing) -> Table | None:
    if not briefing.categories:
        return None
    return Table(
        heads=(_("Category"), _("New needs"), _("Closed"), _("Open"), _("Overdue")),
        rows=tuple(
            (Cell(line.label), *(_cell(number) for number in line.numbers))
            for line in briefing.categories
        ),
        has_total=True,
    )


def _cell(number: Number) -> Cell:
    return Cell(str(number.value), number.url)


def _late_sentences(briefing: Briefing) -> Iterator[str]:
    if not briefing.late_total:
        yield _("Nothing is overdue.")
    elif briefing.late_total > len(briefing.late):
        yield _("%(total)s needs are overdue; the %(shown)s that are so longest are told here.") % {
            "total": briefing.late_total,
            "shown": len(briefing.late),
        }


def _common_sentences(briefing: Briefing) -> Iterator[str]:
    if briefing.common:
        yield _("Within seven days three enterprises or more wrote about the same:")


def _common(briefing: Briefing) -> Table | None:
    if not briefing.common:
        return None
    rows = tuple(
        (Cell(line.label), Cell(str(line.enterprises)), _cell(line.cases))
        for line in briefing.common
    )
    heads = (_("Category"), pgettext("count", "Enterprises"), pgettext("count", "Cases"))
    return Table(heads, rows)


def _hang_sentences(sheet: HangSheet) -> Iterator[str]:
    """Yield what came and went, and whether the list is cut."""
    yield _(
        "%(opened)s opened and %(struck)s struck off; in the seven days %(opened_in_week)s and"
        " %(struck_in_week)s. %(open)s are open, of which %(late)s passed their promised day."
    ) % {
        name: getattr(sheet, name).value
        for name in ("opened", "struck", "opened_in_week", "struck_in_week", "open", "late")
    }
    if sheet.open.value > len(sheet.told):
        yield _("The %(shown)s that were promised for the earliest day are told here.") % {
            "shown": len(sheet.told)
        }


def _hangs(sheet: HangSheet) -> Table | None:
    """Return how long the items have been hanging; none when nothing hangs."""
    if not sheet.open.value:
        return None
    return Table(
        heads=(pgettext("hangs", "Hanging, in working days"), *(age.label for age in sheet.ages),
               pgettext("hangs", "Together"), pgettext("hangs", "Late")),
        rows=((Cell(pgettext("hangs", "Items")), *(_cell(age.hangs) for age in sheet.ages),
               _cell(sheet.open), _cell(sheet.late)),),
    )  # fmt: skip


def _hang_told(item: HangItem, day: date) -> Told:
    form = "MONTH_DAY_FORMAT" if item.promised_on.year == day.year else "DATE_FORMAT"
    promised = _("promised for %(day)s") % {"day": date_format(item.promised_on, form)}
    words = _(" (%(about)s): ") % {"about": _(", ").join([promised, item.light_words])}
    return Told(item.number, item.url, item.unit, words, item.promise)


def _instructed(line: InstructionLine, day: date) -> Told:
    form = "MONTH_DAY_FORMAT" if line.promised_on.year == day.year else "DATE_FORMAT"
    promised = _("promised for %(day)s") % {"day": date_format(line.promised_on, form)}
    written = _("%(leader)s on %(issue)s") % {"leader": line.leader, "issue": line.issue}
    words = _(" (%(about)s): ") % {"about": _(", ").join([written, promised, line.state_words])}
    return Told(line.number, line.url, line.unit, words, line.words)


def _operations(briefing: Briefing) -> Table | None:
    if not briefing.operations:
        return None
    return Table(
        heads=(pgettext("briefing", "Work"), pgettext("briefing", "Number")),
        rows=tuple(
            (Cell(_("%(app)s: %(label)s") % {"app": line.app, "label": line.label}),
             Cell(str(line.value)))
            for line in briefing.operations
        ),
    )  # fmt: skip


def _practice_sentences(briefing: Briefing) -> Iterator[str]:
    if briefing.practices:
        yield _("Solved, confirmed by the enterprise and given the best grade:")


def _told(item: Item, day: date) -> Told:
    """Return the line of a case; what must not be told is not in it already."""
    due_at = local(item.due_at)
    form = "MONTH_DAY_FORMAT" if due_at.year == day.year else "DATE_FORMAT"
    due = f"{date_format(due_at, form)} {date_format(due_at, 'H:i')}"
    about = [item.category or _("not sorted yet"), item.unit, _("due %(due)s") % {"due": due}]
    words = _(" (%(about)s): ") % {"about": _(", ").join(about)}
    return Told(item.number, item.url, item.enterprise, words, item.text)
