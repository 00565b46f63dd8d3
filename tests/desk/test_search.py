"""What cases are found by, by whom, in which order, and what is offered when nothing is."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from shuniu.config.reactions import REACTIONS
from shuniu.zone.desk import queries, services
from shuniu.zone.desk.choices import CaseState, Channel, Light, Sensitivity, Urgency
from shuniu.zone.desk.models import Case, CaseWords, Note
from shuniu.zone.kernel.services import deliver_due
from shuniu.zone.registry.models import Enterprise
from shuniu.zone.registry.queries import standing_of
from tests.desk.people import A_MINUTE, People, case_in
from tests.factories import THURSDAY_10, CaseFactory, EnterpriseFactory, member_of
from tests.kernel.uploads import pdf


def indexed(**columns: Any) -> Case:
    case = CaseFactory.create(**columns)
    services.index_cases(case_ids=[case.pk])
    return case


def found(who: Any, words: str, limit: int = 20) -> list[Case]:
    hits = queries.search(standing_of(who), words, limit=limit)
    return [hit.case for hit in hits.cases]


def fresh() -> dict[int, str]:
    return queries.words_of_cases(queries.case_keys())


def stored() -> dict[int, str]:
    return dict(CaseWords.objects.values_list("key", "words"))


def test_words_inside_running_text_are_found_in_any_order(people: People) -> None:
    case = indexed(text="昨晚二号冷库停电了两个小时，备用机组PLC-300没有启动。")
    indexed(text="冷库门口的路灯坏了。")

    assert found(people.clerk, "停电 冷库") == [case]
    assert found(people.clerk, "plc 号冷") == [case]
    assert found(people.clerk, "ＰＬＣ－３００，启动") == [case]
    assert found(people.clerk, "停电两") == []


def test_replies_additions_and_names_of_files_are_found(people: People) -> None:
    case = case_in(CaseState.IN_PROGRESS, people)
    services.reply_to_case(
        case_id=case.pk, text="变压器已经更换", actor=people.handler, now=THURSDAY_10 + A_MINUTE
    )
    services.attach_files(
        case_id=case.pk,
        uploads=[SimpleUploadedFile("检修报告.pdf", pdf())],
        actor=people.member,
        now=THURSDAY_10 + A_MINUTE,
    )
    assert found(people.member, "变压器") == []

    deliver_due(now=THURSDAY_10 + 2 * A_MINUTE)

    assert found(people.member, "变压器") == [case]
    assert found(people.member, "检修报告 更换") == [case]


def test_every_fact_that_changes_words_starts_the_reaction() -> None:
    from shuniu.zone.desk import facts  # noqa: PLC0415  # beside the table that it reads

    silent = {
        kind
        for kind, fact in vars(facts).items()
        if isinstance(fact, type)
        and issubclass(fact, facts.CaseFact)
        and "note_id" in fact.__dataclass_fields__
        and fact is not facts.WithdrawalChecked  # whose words nobody finds
        and "index_case" not in [job.__name__ for job in REACTIONS.get(fact.kind, ())]
    }
    assert silent == set()


def test_cases_of_before_there_was_a_search_get_their_words_when_the_zone_is_set_up(
    people: People,
) -> None:
    old, new = CaseFactory.create(text="鲸鲨搁浅"), indexed(text="鲸鲨搁浅")
    assert found(people.clerk, "鲸鲨") == [new]

    assert services.index_missing_cases() == 1

    assert found(people.clerk, "鲸鲨") == [new, old]
    assert services.index_missing_cases() == 0


def test_inner_notes_are_found_by_staff_alone(people: People) -> None:
    case = case_in(CaseState.SUBMITTED, people)
    Note.objects.create(
        case=case, kind="ACCEPTANCE", text="疑似重复投诉", is_public=False, written_at=THURSDAY_10
    )
    services.index_cases(case_ids=[case.pk])

    assert found(people.clerk, "重复投诉") == [case]
    assert found(people.member, "重复投诉") == []
    assert found(people.member, case.number) == [case]


def test_nobody_finds_what_they_may_not_see(people: People) -> None:
    own = indexed(text="鲸鲨搁浅", enterprise=people.member.memberships.get().enterprise)
    foreign = indexed(text="鲸鲨搁浅")
    restricted = indexed(
        text="鲸鲨搁浅",
        sensitivity=Sensitivity.RESTRICTED,
        lead_unit=people.inspector.posts.get().office,
    )

    assert set(found(people.clerk, "鲸鲨")) == {own, foreign}
    assert found(people.member, "鲸鲨") == [own]
    assert found(people.inspector, "鲸鲨") == [restricted]
    assert found(people.handler, "鲸鲨") == []


def test_an_enterprise_with_very_many_cases_finds_its_own_alone(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shuniu.zone.desk.queries.searching.FEW", 1)
    firm = people.member.memberships.get().enterprise
    own = [indexed(text="鲸鲨搁浅", enterprise=firm) for _ in range(3)]
    indexed(text="鲸鲨搁浅")

    assert found(people.member, "鲸鲨") == own[::-1]


@pytest.mark.parametrize(
    "words",
    [
        "停电",
        "电",
        "厂区停电了",
        "停电 变压器",
        "变压器 停电",
        "plc200",
        "c2",
        "区停",
        "甲鸢",
        "QS",
        "没有",
    ],
)
def test_reading_the_rows_of_an_enterprise_finds_what_the_index_finds(
    people: People, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    firm = people.member.memberships.get().enterprise
    Enterprise.objects.filter(pk=firm.pk).update(name="海门甲鸢造船有限公司")
    for text in (
        "厂区停电了，变压器冒烟",
        "变压器检修，停电两小时",
        "PLC200模块",
        "停 电",
        "甲鸢二号楼",
    ):
        indexed(text=text, enterprise=firm)

    read = found(people.member, words)
    monkeypatch.setattr("shuniu.zone.desk.queries.searching.FEW", 0)

    assert read == found(people.member, words)


def test_what_has_the_words_in_its_heading_stands_first_then_the_newest(people: People) -> None:
    firm = EnterpriseFactory.create(name="海门冷库设备有限公司", short_name="冷设")
    heading = indexed(text="路灯", enterprise=firm)
    older, newer = indexed(text="冷库"), indexed(text="冷库")

    assert found(people.clerk, "冷库") == [heading, newer, older]
    assert found(people.clerk, "冷库", limit=2) == [heading, newer]
    assert found(people.clerk, f"设备 {heading.number}") == [heading]
    hits = queries.search(standing_of(people.clerk), "冷库", limit=2)
    assert (hits.is_more, hits.cut, hits.meant) == (True, (), ())


def test_a_hit_shows_where_the_words_stand(people: People) -> None:
    case = indexed(text="路灯坏了")
    Note.objects.create(case=case, kind="REPLY", text="电缆已修复", written_at=THURSDAY_10)
    services.index_cases(case_ids=[case.pk])

    (hit,) = queries.search(standing_of(people.clerk), "电缆", limit=5).cases

    assert hit.text == (("电缆", True), ("已修复", False))
    assert hit.where == "答复"
    assert hit.heading[0][0].startswith(case.number)


def test_what_nobody_wrote_in_one_piece_is_looked_for_in_parts(people: People) -> None:
    case = indexed(text="停电之后冷库升温")

    hits = queries.search(standing_of(people.clerk), "冷库停电", limit=5)

    assert ([hit.case for hit in hits.cases], hits.cut) == ([case], ("冷库", "停电"))


def test_one_wrong_character_is_told_with_what_was_meant(people: People) -> None:
    indexed(text="冷库停电了")

    hits = queries.search(standing_of(people.clerk), "冷库 亭电了", limit=5)

    assert hits.cases == ()
    assert hits.meant[0] == "冷库 停电了"


def test_nothing_is_meant_that_the_person_may_not_see(people: People) -> None:
    indexed(text="冷库停电了")

    assert queries.search(standing_of(people.member), "亭电了", limit=5).meant == ()


@pytest.mark.parametrize("words", ["", "，。！", "\x00", "'\"*()", "的" * 300])
def test_whatever_is_typed_is_answered(people: People, words: str) -> None:
    indexed(text="冷库停电了")

    assert found(people.clerk, words) == []


def test_a_list_with_words_that_say_nothing_is_empty(people: People) -> None:
    indexed(text="冷库停电了")
    clerk = standing_of(people.clerk)

    listed = queries.filtered_cases(clerk, queries.CaseFilter(words="——"))
    assert list(listed) == []


def test_a_purged_case_is_found_by_its_number_alone(people: People) -> None:
    case = indexed(
        text="鲸鲨搁浅", state=CaseState.WITHDRAWN, withdrawn_at=THURSDAY_10, light=Light.NONE
    )
    services.purge_needs(before=THURSDAY_10 + A_MINUTE, limit=9, now=THURSDAY_10 + A_MINUTE)

    assert found(people.clerk, "鲸鲨") == []
    assert found(people.clerk, case.number) == [case]
    assert stored() == fresh()


def test_a_new_name_of_an_enterprise_is_found_with_its_cases(people: People) -> None:
    case = indexed(text="路灯")
    Enterprise.objects.filter(pk=case.enterprise_id).update(name="南通鲸鲨重工有限公司")
    services.index_cases_of(enterprise_ids=[case.enterprise_id])

    assert found(people.clerk, "鲸鲨") == [case]


def test_the_index_is_what_a_rebuilt_one_would_be(people: People) -> None:
    case_in(CaseState.CLOSED, people)
    case = services.open_case(
        enterprise=people.member.memberships.get().enterprise,
        text="食堂排队太久",
        channel=Channel.PHONE,
        is_restricted=False,
        actor=people.member,
        now=THURSDAY_10,
    )
    deliver_due(now=THURSDAY_10 + A_MINUTE)
    services.accept_case(
        case_id=case.pk, category=case.category or "municipal", subcategory="",
        urgency=Urgency.HIGH, text="", actor=people.clerk, now=THURSDAY_10 + A_MINUTE,
    )  # fmt: skip
    deliver_due(now=THURSDAY_10 + 2 * A_MINUTE)
    CaseWords.objects.create(key=999_999, words=" b多余 b余 ")
    kept = stored()[case.pk]

    services.rebuild_words()

    assert (stored()[case.pk], stored()) == (kept, fresh())


@pytest.mark.usefixtures("zone")
def test_somebody_of_an_enterprise_without_cases_finds_nothing() -> None:
    indexed(text="冷库停电了")

    assert found(member_of(EnterpriseFactory.create()), "冷库") == []
