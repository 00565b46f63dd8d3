"""A table of days off and days worked, as a notice or a spreadsheet writes it.

A line is one of these, in any mix:

* ``2027-02-06 至 2027-02-12 春节`` or ``2027-02-20 上班``: first day, last day, what they are;
* ``2027-02-06,2027-02-12,HOLIDAY,春节``: the same as CSV, the last day may be empty;
* ``春节：2月6日至12日放假调休。2月14日（周日）、2月20日（周六）上班。``: a sentence of the notice.

Days without a year are of the year that the table is read for.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.refusals import Refusal
from shuniu.zone.registry.choices import HolidayKind

MOST_CHARACTERS = 20_000
LONGEST_DAYS = 31
YEARS = range(2000, 2100)
PLAIN = "PLAIN"  # the weekday decides again
WORDS: tuple[tuple[str, HolidayKind | None], ...] = (
    ("恢复", None),
    ("plain", None),
    ("半天上午", HolidayKind.MORNING),
    ("上午上班", HolidayKind.MORNING),
    ("下午放假", HolidayKind.MORNING),
    ("morning", HolidayKind.MORNING),
    ("下午上班", HolidayKind.AFTERNOON),
    ("上午放假", HolidayKind.AFTERNOON),
    ("afternoon", HolidayKind.AFTERNOON),
    ("上班", HolidayKind.MAKEUP_DAY),
    ("补班", HolidayKind.MAKEUP_DAY),
    ("makeup_day", HolidayKind.MAKEUP_DAY),
    ("放假", HolidayKind.HOLIDAY),
    ("休息", HolidayKind.HOLIDAY),
    ("holiday", HolidayKind.HOLIDAY),
)
DAY = r"(?:(?:(\d{4})[年./-])?(\d{1,2})[月./-])?(\d{1,2})日?"
WEEKDAY = r"(?:\((?:周|星期)[一二三四五六日天]\))?"
RANGE = re.compile(rf"{DAY}{WEEKDAY}(?:\s*(?:至|到|~|—|–|--|\s-\s)\s*{DAY}{WEEKDAY})?")
HEAD = re.compile(r"^(?:[一二三四五六七八九十]+、)?([^\d:]{1,20}):")
COUNT = re.compile(r"[,\s]*共\d+天")


class UnreadableRow(Refusal):
    code = "registry.unreadable_row"
    status = 422
    sentence = _(
        "Line %(line)s cannot be read: “%(text)s”. Write it like “2027-02-06 至 2027-02-12 春节”."
    )


class BackwardRow(Refusal):
    code = "registry.backward_row"
    status = 422
    sentence = _(
        "Line %(line)s, “%(text)s”, runs backwards or over more than %(limit)s days. Please check"
        " its dates."
    )


class OverlappingRows(Refusal):
    code = "registry.overlapping_rows"
    status = 422
    sentence = _(
        "Line %(one)s (%(one_text)s) and line %(other)s (%(other_text)s) both speak about"
        " %(day)s. Please leave the day in one of them."
    )


class EmptyTable(Refusal):
    code = "registry.empty_table"
    status = 422
    sentence = _("There is no day in this table. Please write at least one line.")


class LongTable(Refusal):
    code = "registry.long_table"
    status = 422
    sentence = _("The table is longer than %(limit)s characters. Please read it in by parts.")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A line of a table: from ``first`` to ``last``, both included.

    ``kind`` is None where the weekday decides again.
    """

    line: int
    first: date
    last: date
    kind: HolidayKind | None
    name: str

    @property
    def days(self) -> Iterator[date]:
        """Yield its days, in order."""
        for n in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=n)

    @property
    def text(self) -> str:
        """Return the row as people write it."""
        span = f"{self.first}" if self.first == self.last else f"{self.first} 至 {self.last}"
        return f"{span} {self.name}".strip()

    @property
    def csv(self) -> str:
        """Return the row as a line of CSV, which this module reads again."""
        kind = self.kind.value if self.kind else PLAIN
        return f"{self.first},{self.last},{kind},{self.name}"


def read_table(text: str, *, year: int) -> tuple[TableRow, ...]:
    """Return the rows of a table, in its order.

    Raises
    ------
    EmptyTable, LongTable, UnreadableRow, BackwardRow
        If it cannot be read, naming the line.
    OverlappingRows
        If two rows speak about one day, naming both.
    """
    if len(text) > MOST_CHARACTERS:
        raise LongTable(limit=MOST_CHARACTERS)
    rows: list[TableRow] = []
    for number, written in enumerate(text.splitlines(), start=1):
        line = unicodedata.normalize("NFKC", written).strip().lstrip("\ufeff")
        if line and not line.startswith("#"):
            rows += _rows_of(line, number, year)
    if not rows:
        raise EmptyTable
    _check_overlap(rows)
    return tuple(rows)


def _rows_of(line: str, number: int, year: int) -> Iterable[TableRow]:
    cells = [cell.strip() for cell in next(csv.reader([line]))]
    if len(cells) > 1 and re.fullmatch(RANGE, cells[0]):
        return [_csv_row(cells, number, year)]
    return list(_sentence_rows(line, number, year))


def _csv_row(cells: Sequence[str], number: int, year: int) -> TableRow:
    first = _day(cells[0], number, year)
    has_last = bool(re.fullmatch(DAY, cells[1]))
    last = _day(cells[1], number, year) if has_last else first
    rest = [cell for cell in cells[2 if has_last or not cells[1] else 1 :] if cell]
    kind, name = _kind(rest[0]) if rest else (HolidayKind.HOLIDAY, "")
    return _row(number, first, last, kind, rest[1] if len(rest) > 1 else name)


def _sentence_rows(line: str, number: int, year: int) -> Iterator[TableRow]:
    head = HEAD.match(line)
    name = head.group(1).strip() if head else ""
    for clause in re.split(r"[。;]", line[head.end() :] if head else line):
        said = COUNT.sub("", clause).strip(" ,")
        if said:
            yield from _clause_rows(said, number, year, name)


def _clause_rows(clause: str, number: int, year: int, head: str) -> Iterator[TableRow]:
    found = list(RANGE.finditer(clause))
    between = [clause[a.end() : b.start()].strip() for a, b in pairwise(found)]
    if not found or clause[: found[0].start()].strip() or set(between) - {"、", ",", "和"}:
        raise UnreadableRow(line=number, text=clause[:60])
    kind, name = _kind(clause[found[-1].end() :].strip(" ,"))
    for match in found:
        parts = match.groups()
        first = _date(parts[:3], (year, None), number, clause)
        last = _date(parts[3:], (first.year, first.month), number, clause) if parts[5] else first
        yield _row(number, first, last, kind, head or name)


def _kind(words: str) -> tuple[HolidayKind | None, str]:
    """Return what the words say of a day, and its name: a name alone means a day off."""
    low = words.lower().removesuffix("调休")
    for word, kind in WORDS:
        if word in low:
            return kind, words[: low.index(word)].strip(" ,")
    return HolidayKind.HOLIDAY, words.strip()


def _day(text: str, number: int, year: int) -> date:
    match = re.fullmatch(DAY, text)
    if match is None:
        raise UnreadableRow(line=number, text=text[:60])
    return _date(match.groups(), (year, None), number, text)


def _date(
    parts: Sequence[str | None], known: tuple[int, int | None], number: int, text: str
) -> date:
    year, month, day = (int(part) if part else None for part in parts)
    year, month = year or known[0], month or known[1]
    try:
        found = date(year, month or 0, day or 0)
    except ValueError:
        raise UnreadableRow(line=number, text=text[:60]) from None
    if found.year not in YEARS:
        raise UnreadableRow(line=number, text=text[:60])
    return found


def _row(number: int, first: date, last: date, kind: HolidayKind | None, name: str) -> TableRow:
    kept = "".join(c for c in name if c.isprintable() and c not in ",\"'")[:60]
    row = TableRow(number, first, last, kind, kept)
    if not 0 <= (last - first).days < LONGEST_DAYS:
        raise BackwardRow(line=number, text=row.text, limit=LONGEST_DAYS)
    return row


def _check_overlap(rows: Sequence[TableRow]) -> None:
    seen: dict[date, TableRow] = {}
    for row in rows:
        for day in row.days:
            if day in seen:
                raise OverlappingRows(
                    one=seen[day].line,
                    one_text=seen[day].text,
                    other=row.line,
                    other_text=row.text,
                    day=day.isoformat(),
                )
            seen[day] = row
