"""How satisfied enterprises are: every rate with its numerator, its denominator and their lists."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shuniu.zone.desk.queries.rows import CaseFilter, counts_of
from shuniu.zone.registry.queries import Standing


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """The words of enterprises since a day, each number with the list that it counts.

    ``silent`` are the cases closed by silence: they stand beside the rate, never in it.
    """

    good: int
    rated: int
    bad: int
    silent: int
    good_rows: CaseFilter
    rated_rows: CaseFilter
    bad_rows: CaseFilter
    silent_rows: CaseFilter

    @property
    def rate_pct(self) -> float | None:
        """Return the share of the three good grades in percent; None while nobody has rated."""
        return round(100 * self.good / self.rated, 1) if self.rated else None


def satisfaction(who: Standing, since: date) -> Satisfaction:
    """Return how the cases that a person may see, closed since ``since``, were rated."""
    names = ("good", "yes", "bad", "silent")
    lists = {name: CaseFilter(turn="over", rated=name, closed_since_on=since) for name in names}
    counts = counts_of(who, {f"n_{name}": rows for name, rows in lists.items()})
    return Satisfaction(
        good=counts["n_good"],
        rated=counts["n_yes"],
        bad=counts["n_bad"],
        silent=counts["n_silent"],
        good_rows=lists["good"],
        rated_rows=lists["yes"],
        bad_rows=lists["bad"],
        silent_rows=lists["silent"],
    )
