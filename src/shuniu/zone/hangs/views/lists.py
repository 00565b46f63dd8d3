"""The list of hangs, its files, and the report on their age."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from shuniu.zone.hangs import policies, problems, queries, services
from shuniu.zone.hangs.choices import AgeClass, HangState, Light, SourceKind
from shuniu.zone.hangs.models import Hang
from shuniu.zone.hangs.queries import HangFilter
from shuniu.zone.hangs.views import shown
from shuniu.zone.hangs.views.request import Request
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.channels import BYTE_ORDER_MARK, Table, csv_lines, xlsx_file
from shuniu.zone.kernel.clock import day_of, local
from shuniu.zone.kernel.web import render_page
from shuniu.zone.registry import queries as registry

PAGE_SIZE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABS = (
    ("mine", gettext_lazy("My turn"), HangFilter(turn="mine")),
    ("open", pgettext_lazy("hangs", "All open"), HangFilter(turn="open")),
    ("late", pgettext_lazy("hangs", "Promised day passed"), HangFilter(turn="open", late="yes")),
    ("over", pgettext_lazy("hangs", "Struck off"), HangFilter(turn="over")),
    ("all", gettext_lazy("All"), HangFilter(turn="all")),
)


@require_safe
def hang_list(request: Request) -> HttpResponse:
    """Show the hangs of a filter, with tabs whose numbers equal their lists."""
    who = request.standing
    if not policies.may_list(who):
        raise PermissionDenied
    wanted = HangFilter.read(request.GET) if request.GET else HangFilter(turn="open")
    today, language = clock.today(), request.LANGUAGE_CODE
    days = problems.days_of(wanted.open_on or today)
    filters = {name: one for name, _label, one in TABS}
    if wanted.open_on is None:
        filters["shown"] = wanted
    counts = queries.counts_of(who, filters, problems.days_of(today))
    paginator = Paginator(queries.filtered_hangs(who, wanted, days), PAGE_SIZE)
    if "shown" in counts:
        paginator.count = counts["shown"]
    page = paginator.get_page(request.GET.get("page"))
    profile = registry.profile_in_force().profile
    units = [(office.code, office.label(language)) for office in profile.offices]
    context = {
        "page": page,
        "rows": shown.rows_of(list(page.object_list), today, language),
        "wanted": wanted,
        "query": wanted.query,
        "chips": shown.chips_of(wanted, units),
        "clear_url": shown.list_url(HangFilter(turn=wanted.turn or "all", late=wanted.late)),
        "tabs": [
            {
                "label": label,
                "count": counts[name],
                "url": shown.list_url(one),
                "is_current": (one.turn, one.late) == (wanted.turn or "all", wanted.late),
            }
            for name, label, one in TABS
        ],
        "choices": {
            "unit": units,
            "state": HangState.choices,
            "age": AgeClass.choices,
            "source": SourceKind.choices,
        },
        "may_open": policies.may_open(who),
    }
    return render_page(request, "hangs/hang_list.html", context, part="rows")


@require_safe
def ageing(request: Request) -> HttpResponse:
    """Show how long the hangs of each unit have been hanging; each number opens its list."""
    who = request.standing
    if not policies.may_list(who):
        raise PermissionDenied
    language = request.LANGUAGE_CODE
    report = queries.ageing(who, problems.days_of(clock.today()))
    context = {
        "report": report,
        "classes": [age.label for age in AgeClass],
        "units": [_unit(row, language) for row in report.units],
        "total": _unit(report.total, language) if report.units else None,
        "week": [
            (pgettext("hangs", "opened in 7 days"), _linked(report.opened)),
            (pgettext("hangs", "struck off in 7 days"), _linked(report.struck)),
            (pgettext("hangs", "of these by the promised day"), _linked(report.in_time)),
        ],
    }
    return render_page(request, "hangs/ageing.html", context)


def _unit(row: queries.UnitRow, language: str) -> dict[str, object]:
    name = row.zh if language.startswith("zh") else row.en
    return {
        "name": name or pgettext("hangs", "Together"),
        "ages": [(age.label, _linked(row.ages[age])) for age in AgeClass],
        "open": _linked(row.open),
        "late": _linked(row.late),
    }


def _linked(figure: queries.Figure) -> dict[str, object]:
    return {"count": figure.count, "url": shown.list_url(figure.wanted)}


@require_safe
def hang_xlsx(request: Request) -> HttpResponse:
    """Send the list as a workbook."""
    return _file(request, "xlsx", XLSX, xlsx_file)


@require_safe
def hang_csv(request: Request) -> HttpResponse:
    """Send the list as CSV."""

    def written(table: Table) -> bytes:
        return (BYTE_ORDER_MARK + csv_lines([table.heads, *table.rows])).encode()

    return _file(request, "csv", "text/csv; charset=utf-8", written)


def _file(
    request: Request, ending: str, content_type: str, write: Callable[[Table], bytes]
) -> HttpResponse:
    now = clock.now()
    wanted = HangFilter.read(request.GET)
    hangs = services.export_hangs(wanted=wanted, actor=request.user, now=now)
    content = write(_table(hangs, request.LANGUAGE_CODE))
    name = f"hangs-{local(now):%Y-%m-%d}.{ending}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _table(hangs: Sequence[Hang], language: str) -> Table:
    heads = (
        _("Number"), pgettext("hang", "Source"), _("About"), _("What is promised"),
        pgettext("hang", "Owner unit"), _("Responsible person"), _("Supervisor"),
        pgettext("hang", "State"), _("Light"), pgettext("hang", "Opened"), _("First promised for"),
        _("Promised day"), _("Moves"), _("Next review"), _("Age in working days"),
        pgettext("hang", "Struck off"),
    )  # fmt: skip
    return Table(_("Supervised items"), heads, _cells(hangs, language))


def _cells(hangs: Sequence[Hang], language: str) -> Iterator[tuple[str | int, ...]]:
    for row in shown.rows_of(hangs, clock.today(), language):
        hang = row.hang
        yield (
            hang.number, row.source, hang.source_title, hang.promise, row.unit,
            hang.responsible.name, hang.supervisor.name, row.state,
            "" if hang.is_over else str(Light(row.standing.light).label),
            str(day_of(hang.opened_at)), str(hang.first_promised_on), str(hang.promised_on),
            hang.moves, str(hang.review_on), row.standing.age_days,
            str(day_of(hang.struck_at)) if hang.struck_at else "",
        )  # fmt: skip
