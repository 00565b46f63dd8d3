"""Where an enterprise goes on from its page: each part of the product names its own place."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from shuniu.zone.desk import queries as desk
from shuniu.zone.desk.queries import CaseFilter
from shuniu.zone.registry.models import Enterprise
from shuniu.zone.registry.queries import Standing, Way


def ways_of_enterprise(who: Standing, enterprise: Enterprise) -> Sequence[Way]:
    """Return the cases of an enterprise that a person may see: those that are open, and all."""
    lists = {
        "open": CaseFilter(turn="open", enterprise=str(enterprise.pk)),
        "all": CaseFilter(turn="all", enterprise=str(enterprise.pk)),
    }
    counts = desk.counts_of(who, lists)
    labels = {"open": _("Open cases"), "all": _("All cases")}
    return [
        Way(labels[name], f"{reverse('desk:case-list')}?{wanted.query}", counts[name])
        for name, wanted in lists.items()
    ]
