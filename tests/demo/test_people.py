"""The invented staff fill every office."""

from __future__ import annotations

from collections import Counter

from shuniu.demo.people import OFFICES
from tests.demo.conftest import Zone


def test_there_are_209_staff_with_different_names(zone: Zone) -> None:
    assert len(zone.staff) == 209
    assert len({it.name for it in zone.staff}) == 209


def test_the_roles_are_filled_as_the_zone_needs_them(zone: Zone) -> None:
    assert Counter(role for it in zone.staff for role in it.roles) == {
        "unit_handler": 179,
        "center_clerk": 12,
        "leader": 6,
        "supervisor": 6,
        "service_officer": 2,
        "discipline_reader": 1,
        "system_admin": 1,
        "security_admin": 1,
        "audit_admin": 1,
    }


def test_every_office_has_one_head_and_several_handlers(zone: Zone) -> None:
    heads = Counter(it.office for it in zone.staff if it.is_head)
    handlers = Counter(it.office for it in zone.staff if "unit_handler" in it.roles)

    assert heads == {office.name: 1 for office in OFFICES}
    assert min(handlers.values()) >= 3
    assert len(OFFICES) == 24


def test_nobody_bears_the_name_of_a_real_official(zone: Zone) -> None:
    assert "樊丽红" not in {it.name for it in zone.staff}


def test_a_person_is_addressed_by_surname_and_title(zone: Zone) -> None:
    head = next(it for it in zone.staff if it.is_head)

    assert (head.office, head.address) == ("企业服务中心", head.name[0] + "主任")
