"""Lists of enterprises and staff: what a row would change, is written, and is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import Phone, User
from shuniu.zone.kernel.importing.kinds import (
    Becomes,
    Errand,
    ListKind,
    SourceRow,
    TakenBack,
    Verdict,
    Written,
)
from shuniu.zone.kernel.importing.wording import worded
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry import services
from shuniu.zone.registry.models import Contact, Enterprise, Post, Site
from shuniu.zone.registry.services import ENTERPRISE_LIST, STAFF_LIST
from tests.factories import (
    THURSDAY_10,
    CaseFactory,
    ContactFactory,
    EnterpriseFactory,
    UserFactory,
    administrator,
    clerk,
    enterprise_admin,
    handler,
    person,
)
from tests.sheets import credit_code

pytestmark = pytest.mark.usefixtures("zone")


@pytest.fixture
def english() -> Iterator[None]:
    """Findings in the language of the sources."""
    with translation.override("en"):
        yield


CODE = credit_code(1)
FIRM = {"credit_code": CODE, "name": "海门甲机械有限公司"}
REACHED = {"contact_name": "王一"}
INSIDE = {"lon": "121.18", "lat": "31.86"}


def errand(actor: User | None = None, **options: str) -> Errand:
    return Errand(actor or clerk(), THURSDAY_10, "import-1", options)


def checked(
    *rows: Mapping[str, str], kind: ListKind = ENTERPRISE_LIST, **options: str
) -> Sequence[Verdict]:
    source = [SourceRow(number, row) for number, row in enumerate(rows, 2)]
    return kind.check(source, errand(None, **options))


def faults(verdict: Verdict, kind: ListKind = ENTERPRISE_LIST) -> list[tuple[str, str]]:
    return [(one.field, worded(kind, one).says) for one in verdict.faults]


def written(
    *rows: Mapping[str, str], kind: ListKind = ENTERPRISE_LIST, **options: str
) -> Sequence[Written]:
    actor = administrator() if kind is STAFF_LIST else clerk()
    return kind.apply(checked(*rows, kind=kind, **options), errand(actor, **options))


def taken_back(done: Sequence[Written], kind: ListKind = ENTERPRISE_LIST) -> Sequence[TakenBack]:
    actor = administrator() if kind is STAFF_LIST else clerk()
    later = Errand(actor, THURSDAY_10 + timedelta(hours=1), "import-1", {})
    return kind.undo(done, later)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (
            CODE[:-1] + ("A" if CODE[-1] != "A" else "B"),
            (
                f"The last character, {'A' if CODE[-1] != 'A' else 'B'}, does not fit the 17 before"
                f" it, which call for {CODE[-1]}. Please compare each with the business license."
            ),
        ),
        (CODE[:-1], "A credit code has 18 characters; here are 17."),
        (CODE + "0", "A credit code has 18 characters; here are 19."),
        (
            CODE[:3] + "O" + CODE[4:],
            "Character 4 is the letter O, which occurs in no credit code: is it the digit 0?",
        ),
        (
            CODE[:5] + "I" + CODE[6:],
            "Character 6 is the letter I, which occurs in no credit code: is it the digit 1?",
        ),
    ],
)
@pytest.mark.usefixtures("english")
def test_a_wrong_credit_code_is_told_with_its_place(code: str, says: str) -> None:
    [verdict] = checked(FIRM | {"credit_code": code})

    assert (verdict.becomes, faults(verdict)) == (Becomes.FAULTY, [("credit_code", says)])


@pytest.mark.usefixtures("english")
def test_of_two_rows_with_one_code_the_second_is_faulty() -> None:
    first, second = checked(FIRM, {"credit_code": CODE, "name": "海门乙机械有限公司"})

    assert first.becomes is Becomes.NEW
    assert faults(second) == [("credit_code", "Row 2 has the same code.")]


@pytest.mark.usefixtures("english")
def test_a_registered_code_with_another_name_changes_the_name_and_asks_for_a_look() -> None:
    EnterpriseFactory.create(credit_code=CODE, name="海门老名字有限公司")

    [verdict] = checked(FIRM)

    [change] = verdict.changes
    assert (change.field, change.old, change.new) == (
        "name", "海门老名字有限公司", "海门甲机械有限公司",
    )  # fmt: skip
    assert [worded(ENTERPRISE_LIST, note).says for note in verdict.notes] == [
        "This code is registered as 海门老名字有限公司."
    ]


@pytest.mark.usefixtures("english")
def test_a_name_of_another_code_is_refused() -> None:
    EnterpriseFactory.create(credit_code=credit_code(9), name="海门甲（集团）公司")

    [verdict] = checked({"credit_code": CODE, "name": "海门甲(集团)公司"})

    assert faults(verdict) == [
        ("name", f"海门甲(集团)公司 is registered already, with the code {credit_code(9)}.")
    ]


@pytest.mark.usefixtures("english")
def test_the_code_of_a_merged_record_leads_to_the_other() -> None:
    kept = EnterpriseFactory.create(name="海门丙厂", credit_code=credit_code(7))
    EnterpriseFactory.create(credit_code=CODE, merged_into=kept)

    [verdict] = checked(FIRM)

    assert faults(verdict) == [
        ("credit_code", f"The record of this code was merged into 海门丙厂 ({credit_code(7)}).")
    ]


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("cells", "field", "begins"),
    [
        ({"lon": "122.5", "lat": "31.86"}, "lon", "This lies"),
        ({"lon": "31.86", "lat": "121.18"}, "lon", "A latitude is at most 90"),
        ({"lon": "0", "lat": "0"}, "lon", "This lies"),
        ({"lon": "121.18"}, "lat", "Longitude and latitude belong together"),
        ({"lon": "东边", "lat": "31.86"}, "lon", "“东边” is no number of degrees."),
        ({"position": "121.18"}, "position", "Two numbers are needed"),
        ({"employees": "约二十"}, "employees", "“约二十” is not a whole number."),
        ({"employees": "-3"}, "employees", "“-3” is below zero"),
        ({"is_above_scale": "也许"}, "is_above_scale", "“也许” is neither yes nor no."),
        ({"industry_code": "99"}, "industry_code", "No industry begins with 99"),
        ({"industry_code": "机械"}, "industry_code", "An industry code has two to four digits"),
        ({"contact_name": "王一", "contact_phone": "139"}, "contact_phone", "A mobile number has"),
        ({"contact_name": "王一"}, "contact_phone", "By which number is the contact reached?"),
        ({"contact_phone": "15400000001"}, "contact_name", "Whose number is this?"),
        (
            {"address": "长" * 121},
            "address",
            "The text has 121 characters; at most 120 can be kept.",
        ),
        ({"name": "海门😀公司"}, "name", "A name does not contain “😀”."),
    ],
)
def test_a_cell_that_cannot_be_used_is_told(cells: dict[str, str], field: str, begins: str) -> None:
    [verdict] = checked(FIRM | cells)

    [(told, says)] = faults(verdict)
    assert (told, says.startswith(begins)) == (field, True), says


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"credit_code": f" {CODE[:8]}-{CODE[8:].lower()} "}, "credit_code", CODE),
        ({"name": "海门\x07甲\n公司"}, "name", "海门 甲 公司"),
        ({"employees": "1,200人"}, "employees", 1200),
        ({"employees": "１２０"}, "employees", 120),
        ({"is_above_scale": "√"}, "is_above_scale", True),
        ({"is_above_scale": "NO"}, "is_above_scale", False),
        ({"industry_code": "C3514 专用设备"}, "industry_code", "3514"),
        ({"products": "齿轮、轴承，齿轮；泵"}, "products", ["齿轮", "轴承", "泵"]),
        (REACHED | {"contact_phone": "+86 139-1234-5678"}, "contact_phone", "13912345678"),
        (REACHED | {"contact_phone": "０５１３-82210000"}, "contact_phone", "0513-82210000"),
        ({"name": "=1+1有限公司"}, "name", "=1+1有限公司"),
    ],
)  # fmt: skip
def test_a_cell_is_brought_to_its_stored_form(
    cells: dict[str, str], field: str, value: object
) -> None:
    [verdict] = checked(FIRM | cells)

    assert (verdict.becomes, verdict.values[field]) == (Becomes.NEW, value)


def test_positions_of_another_map_are_brought_to_wgs84() -> None:
    [amap] = checked(FIRM | INSIDE, datum="GCJ02")
    [plain] = checked(FIRM | INSIDE, datum="WGS84")

    assert (plain.values["lon"], plain.values["lat"]) == (121.18, 31.86)
    assert 0.003 < plain.values["lon"] - amap.values["lon"] < 0.006


def test_both_degrees_may_stand_in_one_column() -> None:
    [verdict] = checked(FIRM | {"position": "121.18，31.86"})

    assert (verdict.values["lon"], verdict.values["lat"]) == (121.18, 31.86)


def test_a_new_row_becomes_an_enterprise_with_site_and_contact() -> None:
    row = (
        FIRM | INSIDE | {"employees": "12", "contact_name": "王一", "contact_phone": "15400000001"}
    )

    [done] = written(row)

    firm = Enterprise.objects.get(credit_code=CODE)
    assert (done.subject, firm.employees) == (str(firm.pk), 12)
    assert Site.objects.get(enterprise=firm).lon == 121.18
    assert Contact.objects.get(enterprise=firm).phone == "15400000001"
    fact = Fact.objects.get(kind="registry.enterprise.registered")
    assert fact.data["import_id"] == "import-1"


def test_the_same_rows_again_change_nothing() -> None:
    row = FIRM | INSIDE | {"contact_name": "王一", "contact_phone": "15400000001", "products": "泵"}
    written(row)

    [verdict] = checked(row)

    assert (verdict.becomes, verdict.changes) == (Becomes.SAME, ())


def test_empty_cells_leave_a_record_as_it_is() -> None:
    EnterpriseFactory.create(credit_code=CODE, name=FIRM["name"], employees=7, address="旧路1号")

    [verdict] = checked({"credit_code": CODE})

    assert verdict.becomes is Becomes.SAME


def test_a_changed_row_is_written_with_one_fact_that_names_the_import() -> None:
    firm = EnterpriseFactory.create(credit_code=CODE, name=FIRM["name"], employees=7)

    written(FIRM | {"employees": "9", "address": "新路2号"})

    firm.refresh_from_db()
    assert (firm.employees, firm.address) == (9, "新路2号")
    fact = Fact.objects.get(kind="registry.enterprise.corrected")
    assert (fact.data["fields"], fact.data["import_id"]) == (["employees", "address"], "import-1")


def test_a_known_contact_gets_the_new_number() -> None:
    firm = EnterpriseFactory.create(credit_code=CODE, name=FIRM["name"])
    ContactFactory.create(enterprise=firm, name="王一", title="主任", phone="15400000001")

    written(FIRM | {"contact_name": "王一", "contact_phone": "15400000002"})

    [contact] = Contact.objects.filter(enterprise=firm)
    assert (contact.name, contact.title, contact.phone) == ("王一", "主任", "15400000002")


def test_undoing_removes_what_was_new() -> None:
    done = written(FIRM | INSIDE | {"contact_name": "王一", "contact_phone": "15400000001"})

    taken = taken_back(done)

    assert [one.is_done for one in taken] == [True]
    assert not Enterprise.objects.filter(credit_code=CODE).exists()
    assert not Site.objects.exists()
    assert Fact.objects.filter(kind="registry.enterprise.taken_back").count() == 1


def test_undoing_sets_back_what_was_changed() -> None:
    firm = EnterpriseFactory.create(credit_code=CODE, name="海门老名字有限公司", employees=7)
    ContactFactory.create(enterprise=firm, name="王一", title="主任", phone="15400000001")
    row = FIRM | INSIDE | {"employees": "9", "contact_name": "王一", "contact_phone": "15400000002"}
    done = written(row)

    taken = taken_back(done)

    firm.refresh_from_db()
    assert [one.is_done for one in taken] == [True]
    assert (firm.name, firm.employees) == ("海门老名字有限公司", 7)
    assert [contact.phone for contact in firm.contacts.all()] == ["15400000001"]
    assert not firm.sites.exists()


@pytest.mark.parametrize("touch", ["case", "member", "change", "contact", "verified"])
def test_a_new_record_that_somebody_used_since_stays(touch: str) -> None:
    done = written(FIRM)
    firm = Enterprise.objects.get(credit_code=CODE)
    if touch == "case":
        CaseFactory.create(enterprise=firm)
    elif touch == "member":
        enterprise_admin(firm)
    elif touch == "change":
        Enterprise.objects.filter(pk=firm.pk).update(employees=3)
    elif touch == "contact":
        ContactFactory.create_batch(2, enterprise=firm)
    else:
        services.verify_enterprise(enterprise_id=firm.pk, actor=clerk(), now=THURSDAY_10)

    [taken] = taken_back(done)

    assert (taken.is_done, bool(taken.why)) == (False, True)
    assert Enterprise.objects.filter(pk=firm.pk).exists()


def test_a_changed_record_that_somebody_changed_since_stays() -> None:
    firm = EnterpriseFactory.create(credit_code=CODE, name=FIRM["name"], employees=7)
    done = written(FIRM | {"employees": "9"})
    Enterprise.objects.filter(pk=firm.pk).update(employees=11)

    [taken] = taken_back(done)

    firm.refresh_from_db()
    assert (taken.is_done, firm.employees) == (False, 11)


def test_only_clerks_write_enterprises() -> None:
    with pytest.raises(services.NotForYou):
        ENTERPRISE_LIST.apply(checked(FIRM), errand(handler()))

    assert not Enterprise.objects.exists()


STAFF = {"sign_in_name": "chen.yi", "name": "陈一", "phone": "15400000003",
         "office": "企业服务中心", "title": "科员"}  # fmt: skip


def test_a_new_member_of_staff_gets_an_account_without_role_and_a_post() -> None:
    [done] = written(STAFF, kind=STAFF_LIST)

    user = User.objects.get(sign_in_name="chen.yi")
    assert (done.subject, user.name, user.has_usable_password()) == (str(user.pk), "陈一", False)
    assert [post.office.code for post in Post.objects.filter(user=user)] == ["service_center"]
    assert Phone.objects.get(pk=user.pk).number == "15400000003"
    listed = Fact.objects.get(kind="registry.staff.listed")
    assert listed.data["import_id"] == "import-1"


def test_the_same_staff_again_change_nothing() -> None:
    written(STAFF, kind=STAFF_LIST)

    [verdict] = checked(STAFF, kind=STAFF_LIST)

    assert verdict.becomes is Becomes.SAME


def test_a_member_of_staff_is_corrected_and_set_back() -> None:
    user = UserFactory.create(sign_in_name="chen.yi", name="陈二")

    done = written(STAFF, kind=STAFF_LIST)
    user.refresh_from_db()
    assert (user.name, Post.objects.filter(user=user).count()) == ("陈一", 1)

    [taken] = taken_back(done, STAFF_LIST)

    user.refresh_from_db()
    assert taken.is_done
    assert (user.name, Post.objects.filter(user=user).count()) == ("陈二", 0)
    assert not Phone.objects.filter(pk=user.pk).exists()


def test_an_unused_account_is_removed_and_a_used_one_stays() -> None:
    done = written(
        STAFF, STAFF | {"sign_in_name": "lin.er", "phone": "15400000004"}, kind=STAFF_LIST
    )
    User.objects.filter(sign_in_name="lin.er").update(last_login=THURSDAY_10)

    taken = taken_back(done, STAFF_LIST)

    assert [one.is_done for one in taken] == [True, False]
    assert not User.objects.filter(sign_in_name="chen.yi").exists()
    assert User.objects.filter(sign_in_name="lin.er").exists()


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("cells", "field", "says"),
    [
        ({"office": "月球局"}, "office", "The zone has no office called 月球局."),
        ({"phone": "139"}, "phone", "A mobile number has 11 digits; here are 3."),
        ({"sign_in_name": "a b"}, "sign_in_name", "A sign-in name has no blanks."),
    ],
)
def test_a_wrong_cell_of_staff_is_told(cells: dict[str, Any], field: str, says: str) -> None:
    [verdict] = checked(STAFF | cells, kind=STAFF_LIST)

    assert faults(verdict, STAFF_LIST) == [(field, says)]


@pytest.mark.usefixtures("english")
def test_the_account_of_somebody_of_an_enterprise_is_not_kept_by_the_list() -> None:
    user = person(Role.ENTERPRISE_USER)
    User.objects.filter(pk=user.pk).update(sign_in_name="chen.yi")

    [verdict] = checked(STAFF, kind=STAFF_LIST)

    assert faults(verdict, STAFF_LIST) == [
        ("sign_in_name", "This is the account of somebody of an enterprise.")
    ]


@pytest.mark.usefixtures("english")
def test_a_number_of_another_person_is_refused() -> None:
    Phone(user=UserFactory.create(), number="15400000003").save()

    [verdict] = checked(STAFF, kind=STAFF_LIST)

    assert faults(verdict, STAFF_LIST) == [("phone", "This number is another person's already.")]


def test_only_the_system_administrator_writes_staff() -> None:
    with pytest.raises(services.NotForYou):
        STAFF_LIST.apply(checked(STAFF, kind=STAFF_LIST), errand(clerk()))

    assert not User.objects.filter(sign_in_name="chen.yi").exists()
