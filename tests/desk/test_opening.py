"""Opening a case, its number, adding to it, attaching files."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuniu.zone.desk import services
from shuniu.zone.desk.choices import CaseState, Channel, Light, Sensitivity, Urgency
from shuniu.zone.desk.models import Case, Note
from shuniu.zone.kernel import files
from shuniu.zone.kernel.clock import ZONE
from shuniu.zone.kernel.models import Counter, Fact
from tests.desk.people import (
    A_MINUTE,
    TEXT,
    People,
    case_in,
    facts_told,
    known_of,
    last_fact,
    last_note,
    opened,
    refused,
    restricted_case,
    signed,
)
from tests.factories import THURSDAY_10, columns, office

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def pdf(name: str = "合同.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


def test_a_new_case_is_submitted_with_its_words_and_its_clocks(people: People) -> None:
    case = opened(people, location_note="  东门  ")

    assert columns(case, ["number", "text", "location_note", "channel", "state", "round"]) == {
        "number": "QS-20261119-0001",
        "text": TEXT,
        "location_note": "东门",
        "channel": Channel.WECHAT_ACCOUNT,
        "state": CaseState.SUBMITTED,
        "round": 1,
    }
    assert columns(case, ["urgency", "sensitivity", "light", "lead_unit", "handler", "waits"]) == {
        "urgency": Urgency.NORMAL,
        "sensitivity": Sensitivity.NORMAL,
        "light": Light.GREEN,
        "lead_unit": None,
        "handler": None,
        "waits": [],
    }
    assert (case.enterprise, case.opened_by) == (people.enterprise, people.member)
    assert (case.submitted_at, case.updated_at, case.turn_since) == (THURSDAY_10,) * 3


def test_opening_tells_exactly_one_fact(people: People) -> None:
    case = opened(people)

    assert len(facts_told(case)) == 1
    assert last_fact(case) == (
        "desk.case.opened",
        people.member.pk,
        THURSDAY_10,
        {
            "case_id": case.pk,
            "enterprise_id": people.enterprise.pk,
            "channel": "wechat_account",
            "urgency": "normal",
            "profile_id": case.profile_id,
        },
    )


def test_a_clerk_writes_down_what_an_enterprise_said_on_the_phone(people: People) -> None:
    case = opened(people, actor=people.clerk, channel=Channel.PHONE)

    assert (case.opened_by, case.channel) == (people.clerk, Channel.PHONE)


@pytest.mark.parametrize("who", ["stranger", "handler", "supervisor", "leader"])
def test_nobody_else_writes_for_an_enterprise(people: People, who: str) -> None:
    with pytest.raises(services.NotYourEnterprise) as told:
        opened(people, actor=getattr(people, who))

    assert told.value.places == {"enterprise": people.enterprise.name}
    assert (Case.objects.count(), Fact.objects.filter(kind__startswith="desk.").count()) == (0, 0)


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\t ", "。。。!?", "——", "👍👍", "\x00\x07", "\u3000"]
)
def test_words_that_say_nothing_open_no_case_and_use_no_number(people: People, text: str) -> None:
    with pytest.raises(services.WordsMissing):
        opened(people, text=text)

    assert (Case.objects.count(), Counter.objects.count()) == (0, 0)


def test_five_thousand_characters_fit(people: People) -> None:
    assert opened(people, text="路" * 5_000).text == "路" * 5_000


def test_one_character_more_is_refused_with_the_limit(people: People) -> None:
    with pytest.raises(services.TooManyWords) as told:
        opened(people, text="路" * 5_001)

    assert told.value.places == {"length": 5_001, "limit": 5_000}
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("路\x00灯\x07坏\x1b[31m了", "路灯坏[31m了"),
        ("a\u202eb\u200bc", "abc"),
        ("第一行\r\n第二行\t列", "第一行\n第二行\t列"),
        ("工人👷🏽‍♀️看不清🙏", "工人👷🏽‍♀️看不清🙏"),
        ("电话12345分机6", "电话12345分机6"),
        ("<script>alert('灯')</script>&amp;", "<script>alert('灯')</script>&amp;"),
        ("%(case)s {0} '; DROP TABLE desk_case;--", "%(case)s {0} '; DROP TABLE desk_case;--"),
    ],
)
def test_control_characters_are_dropped_and_everything_else_is_kept(
    people: People, sent: str, kept: str
) -> None:
    case = opened(people, text=sent)

    assert columns(case, ["text"]) == {"text": kept}


def test_a_long_place_is_cut_to_its_column(people: People) -> None:
    assert opened(people, location_note="路" * 200).location_note == "路" * 120


def test_a_restricted_case_goes_to_the_discipline_office_at_once(people: People) -> None:
    case = opened(people, is_restricted=True)

    assert columns(case, ["sensitivity", "lead_unit", "state"]) == {
        "sensitivity": Sensitivity.RESTRICTED,
        "lead_unit": office("discipline_group"),
        "state": CaseState.SUBMITTED,
    }


def test_numbers_count_up_without_gaps_although_some_were_refused(people: People) -> None:
    numbers = [opened(people).number]
    with pytest.raises(services.WordsMissing):
        opened(people, text="")
    with pytest.raises(services.TooManyFiles):
        opened(people, uploads=[pdf() for _ in range(10)])
    with pytest.raises(files.FileNotAccepted):
        opened(people, uploads=[SimpleUploadedFile("a.pdf", b"<html>")])
    numbers += [opened(people).number, opened(people).number]

    assert numbers == ["QS-20261119-0001", "QS-20261119-0002", "QS-20261119-0003"]


def test_numbers_begin_anew_at_midnight_in_the_zone(people: People) -> None:
    last = datetime(2026, 11, 19, 23, 59, 59, tzinfo=ZONE)

    assert opened(people, last).number == "QS-20261119-0001"
    assert opened(people, last + timedelta(seconds=1)).number == "QS-20261120-0001"


def test_files_are_kept_with_the_case_and_each_is_told(people: People) -> None:
    case = opened(people, uploads=[pdf(), pdf("附件二.pdf")])

    rows = case.attachments.order_by("pk")
    assert [(r.name, r.content_type, r.size_bytes, r.added_by, r.added_at) for r in rows] == [
        ("合同.pdf", "application/pdf", len(PDF), people.member, THURSDAY_10),
        ("附件二.pdf", "application/pdf", len(PDF), people.member, THURSDAY_10),
    ]
    assert [(fact.kind, fact.data) for fact in facts_told(case)[1:]] == [
        ("desk.case.file_attached", {"case_id": case.pk, "attachment_id": row.pk}) for row in rows
    ]
    with files.open_stored(rows[0].path) as stored:
        assert stored.read() == PDF


def test_nine_files_fit_and_a_tenth_is_refused(people: People) -> None:
    case = opened(people, uploads=[pdf() for _ in range(8)])
    services.add_to_case(
        case_id=case.pk, text="", uploads=[pdf()], actor=people.member, now=THURSDAY_10
    )

    with refused(services.TooManyFiles, case, limit=9):
        services.add_to_case(
            case_id=case.pk, text="还有", uploads=[pdf()], actor=people.member, now=THURSDAY_10
        )


def test_the_enterprise_adds_words_and_no_clock_notices(people: People) -> None:
    case = signed(people)
    before = known_of(case)[0]

    services.add_to_case(
        case_id=case.pk,
        text="又坏了一盏",
        actor=people.member,
        now=THURSDAY_10 + A_MINUTE,
    )

    note_id, words = last_note(case)
    assert known_of(case)[0] == before
    assert words == ("ADDITION", "又坏了一盏", people.member.pk, THURSDAY_10 + A_MINUTE)
    assert last_fact(case) == (
        "desk.case.added_to",
        people.member.pk,
        THURSDAY_10 + A_MINUTE,
        {"case_id": case.pk, "note_id": note_id},
    )


def test_files_alone_are_an_addition_without_words(people: People) -> None:
    case = opened(people)

    services.add_to_case(
        case_id=case.pk, text=" ", uploads=[pdf()], actor=people.member, now=THURSDAY_10
    )

    kinds = [fact.kind for fact in facts_told(case)]
    assert kinds == ["desk.case.opened", "desk.case.file_attached"]
    assert Note.objects.count() == 0


def test_adding_neither_words_nor_files_is_refused(people: People) -> None:
    case = opened(people)

    with refused(services.WordsMissing, case):
        services.add_to_case(case_id=case.pk, text="。", actor=people.member, now=THURSDAY_10)


def test_only_the_enterprise_adds_to_its_case(people: People) -> None:
    case = opened(people)

    for somebody in (people.stranger, people.clerk, people.handler):
        with refused(services.NotYourCase, case, case=case.number):
            services.add_to_case(case_id=case.pk, text="补充", actor=somebody, now=THURSDAY_10)


@pytest.mark.parametrize("who", ["member", "handler", "clerk"])
def test_whoever_works_on_a_case_attaches_files(people: People, who: str) -> None:
    case = signed(people)

    services.attach_files(
        case_id=case.pk, uploads=[pdf()], actor=getattr(people, who), now=THURSDAY_10
    )

    assert case.attachments.count() == 1


@pytest.mark.parametrize("who", ["stranger", "colleague", "supervisor", "leader", "inspector"])
def test_nobody_else_attaches_files(people: People, who: str) -> None:
    case = signed(people)

    with refused(services.NotYourCase, case, case=case.number):
        services.attach_files(
            case_id=case.pk, uploads=[pdf()], actor=getattr(people, who), now=THURSDAY_10
        )


def test_a_clerk_attaches_nothing_to_a_case_that_is_over(people: People) -> None:
    case = case_in(CaseState.CLOSED, people)

    with refused(services.NotYourCase, case, case=case.number):
        services.attach_files(case_id=case.pk, uploads=[pdf()], actor=people.clerk, now=THURSDAY_10)


def test_a_clerk_attaches_nothing_to_a_restricted_case(people: People) -> None:
    case = restricted_case(people)

    with refused(services.NotYourCase, case, case=case.number):
        services.attach_files(case_id=case.pk, uploads=[pdf()], actor=people.clerk, now=THURSDAY_10)
