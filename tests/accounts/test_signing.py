"""The door: passwords, guesses, second factors and one-time codes, by the commands themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from pytest_django import Settings

from shuniu.zone.accounts import queries, services
from shuniu.zone.accounts.choices import CodeUse, Role
from shuniu.zone.accounts.models import OneTimeCode, RecoveryCode, SecondFactor, SignInSession, User
from shuniu.zone.accounts.services import Knock, NewAccount, Tried
from shuniu.zone.kernel.models import Fact
from shuniu.zone.registry.models import ProfileVersion
from tests.factories import THURSDAY_10, clerk, person

PASSWORD = "Drei Birnen 27 vorm Zaun"
NEW = "Neun Pflaumen 33 im Korb"
HOME = Knock("203.0.113.7")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def user(zone: ProfileVersion) -> User:  # noqa: ARG001  # the zone is there first
    account = NewAccount("shen", "沈建华", (Role.ENTERPRISE_USER,), PASSWORD, phone="15400012345")
    return services.open_accounts(accounts=(account,), actor=None, now=THURSDAY_10)[0]


@pytest.fixture
def secret(user: User) -> str:
    """The secret of a second factor that the person has confirmed."""
    factor = services.begin_second_factor(actor=user, now=THURSDAY_10)
    services.confirm_second_factor(
        code=code_at(factor.secret, THURSDAY_10), session_key=None, actor=user, now=THURSDAY_10
    )
    return factor.secret


def code_at(secret: str, moment: datetime) -> str:
    codes = services.codes_at(secret, moment)
    return codes[sorted(codes)[1]]


def door(
    name: str = "shen",
    password: str = PASSWORD,
    *,
    code: str = "",
    knock: Knock = HOME,
    now: datetime = THURSDAY_10,
) -> str:
    """Knock; return what came of it: the name of who comes in, or the code of the refusal."""
    try:
        user, used = services.try_password(
            tried=Tried(name, password, code), knock=knock, actor=None, now=now
        )
    except (services.SignInRefused, services.TooManyGuesses) as refusal:
        return refusal.code
    return f"{user.name} {used or 'alone'}"


REFUSED, BLOCKED = "accounts.sign_in_refused", "accounts.too_many_guesses"


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize(
    "name",
    [
        "shen",
        " SHEN ",
        "15400012345",
        "154 0001 2345",
        "+86 154-0001-2345",
        "１５４０００１２３４５",
    ],
)
def test_name_and_phone_number_open_the_door_however_they_are_written(name: str) -> None:
    assert door(name) == "沈建华 alone"


@pytest.mark.usefixtures("user")
def test_a_wrong_password_and_an_unknown_name_are_refused_alike_and_leave_one_fact_each() -> None:
    before = Fact.objects.count()

    assert [door(password="x"), door("nobody"), door("")] == [REFUSED] * 3

    facts = Fact.objects.order_by("pk")[before:]
    assert [(f.kind, f.data["user_id"] > 0, f.data["cause"]) for f in facts] == [
        ("accounts.user.sign_in_failed", True, "sign_in_refused"),
        ("accounts.user.sign_in_failed", False, "sign_in_refused"),
        ("accounts.user.sign_in_failed", False, "sign_in_refused"),
    ]


def test_a_closed_account_is_refused_like_a_wrong_password(user: User) -> None:
    services.close_account(user_id=user.pk, actor=None, now=THURSDAY_10)

    assert door() == REFUSED


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("name", ["shen", "nobody"])
def test_after_five_wrong_guesses_the_wait_doubles(name: str) -> None:
    answers = [door(name, "x") for _ in range(6)]
    waits = []
    now = THURSDAY_10
    for _turn in range(4):
        with pytest.raises(services.TooManyGuesses) as refusal:
            services.try_password(tried=Tried(name, "x"), knock=HOME, actor=None, now=now)
        waits.append(refusal.value.places["minutes"])
        now += timedelta(minutes=float(str(waits[-1])))
        assert door(name, "x", now=now) == REFUSED

    assert answers == [REFUSED] * 5 + [BLOCKED]
    assert waits == [1, 2, 4, 8]


@pytest.mark.usefixtures("user")
@pytest.mark.parametrize("name", ["shen", "nobody"])
def test_ten_thousand_guesses_from_fifty_addresses_get_ten_in_a_quarter_of_an_hour(
    name: str,
) -> None:
    """Three hundred here; the drill makes them all."""
    span = timedelta(minutes=15) / 300
    knocks = [Knock(f"198.51.100.{n % 50}") for n in range(300)]

    answers = [
        door(name, f"guess {n}", knock=knock, now=THURSDAY_10 + n * span)
        for n, knock in enumerate(knocks)
    ]

    assert answers.count(REFUSED) == 10
    assert answers.count(BLOCKED) == 290


def besieged(name: str = "shen") -> None:
    for n in range(20):
        door(name, f"guess {n}", knock=Knock(f"198.51.100.{n}"))


def test_a_browser_that_was_signed_in_before_is_not_locked_out_by_strangers(user: User) -> None:
    device = services.know_device(device="", actor=user, now=THURSDAY_10)
    besieged()

    assert door(knock=Knock("203.0.113.9", "stolen?")) == BLOCKED
    assert door(knock=Knock("203.0.113.9", device)) == "沈建华 alone"


def test_a_known_browser_has_ten_guesses_of_its_own(user: User) -> None:
    device = services.know_device(device="", actor=user, now=THURSDAY_10)
    known = Knock("203.0.113.9", device)

    answers = [door(password="x", knock=known) for _ in range(12)]

    assert answers == [REFUSED] * 10 + [BLOCKED] * 2
    assert door(knock=known, now=THURSDAY_10 + 15 * MINUTE) == "沈建华 alone"


def test_with_the_second_factor_the_owner_gets_in_while_strangers_guess(secret: str) -> None:
    besieged()
    later = THURSDAY_10 + MINUTE

    assert door(now=later) == BLOCKED
    assert door(code=code_at(secret, later), now=later) == "沈建华 TOTP"


def test_a_code_with_a_wrong_password_is_used_up_and_tells_nothing(secret: str) -> None:
    later = THURSDAY_10 + MINUTE
    code = code_at(secret, later)

    assert door(password="x", code=code, now=later) == REFUSED
    assert door(code=code, now=later) == REFUSED
    assert door(code="000000", now=later) == REFUSED


@pytest.mark.usefixtures("secret")
def test_codes_given_with_the_password_are_five_for_an_address() -> None:
    answers = [door(code=f"{n:06d}") for n in range(7)]

    assert answers == [REFUSED] * 5 + [BLOCKED] * 2


def second(user: User, code: str, now: datetime) -> str:
    try:
        return services.try_second_factor(user=user, code=code, actor=None, now=now)
    except (services.SecondFactorRefused, services.TooManyGuesses) as refusal:
        return refusal.code


def test_a_code_is_taken_once_and_within_half_a_minute_of_its_time(user: User, secret: str) -> None:
    later = THURSDAY_10 + 5 * MINUTE
    early, late = later - timedelta(seconds=30), later + timedelta(seconds=30)
    wrong = "accounts.second_factor_refused"

    assert second(user, code_at(secret, later - MINUTE), later) == wrong
    assert second(user, code_at(secret, early), later) == CodeUse.TOTP
    assert second(user, code_at(secret, early), later) == wrong
    assert second(user, code_at(secret, late), later) == CodeUse.TOTP
    assert second(user, code_at(secret, later), later) == wrong
    assert second(user, code_at(secret, later + MINUTE), later) == wrong


def test_no_code_is_taken_a_second_time_whatever_is_replayed(user: User, secret: str) -> None:
    taken = 0
    for step in range(1, 31):
        now = THURSDAY_10 + step * timedelta(seconds=30)
        code = code_at(secret, now)
        assert second(user, code, now) == CodeUse.TOTP
        taken += sum(second(user, code, now) == CodeUse.TOTP for _ in range(9))

    assert taken == 0


def test_a_recovery_code_stands_in_once(user: User, secret: str) -> None:
    codes = services.renew_recovery_codes(actor=user, now=THURSDAY_10)

    assert len(set(codes)) == 10
    assert second(user, codes[3].lower().replace("-", " "), THURSDAY_10) == CodeUse.RECOVERY
    assert second(user, codes[3], THURSDAY_10) == "accounts.second_factor_refused"
    assert queries.recovery_codes_left(user) == 9
    assert RecoveryCode.objects.filter(digest__in=codes).count() == 0
    assert secret


def test_new_recovery_codes_end_the_old_ones(user: User, secret: str) -> None:
    old = services.renew_recovery_codes(actor=user, now=THURSDAY_10)
    new = services.renew_recovery_codes(actor=user, now=THURSDAY_10)

    assert secret
    assert second(user, old[0], THURSDAY_10) == "accounts.second_factor_refused"
    assert second(user, new[0], THURSDAY_10) == CodeUse.RECOVERY


def test_a_recovery_code_of_another_person_opens_nothing(user: User, secret: str) -> None:
    other = clerk()
    factor = services.begin_second_factor(actor=other, now=THURSDAY_10)
    theirs = services.confirm_second_factor(
        code=code_at(factor.secret, THURSDAY_10), session_key=None, actor=other, now=THURSDAY_10
    )

    assert secret
    assert second(user, theirs[0], THURSDAY_10) == "accounts.second_factor_refused"


def test_ten_wrong_codes_and_no_more(user: User, secret: str) -> None:
    answers = [second(user, "12345", THURSDAY_10) for _ in range(11)]

    assert answers == ["accounts.second_factor_refused"] * 10 + [BLOCKED]
    assert second(user, code_at(secret, THURSDAY_10 + MINUTE), THURSDAY_10 + MINUTE) == BLOCKED


def test_the_secret_is_new_for_everybody_and_sealed_in_the_database(user: User) -> None:
    one = services.begin_second_factor(actor=user, now=THURSDAY_10).secret
    other = services.begin_second_factor(actor=clerk(), now=THURSDAY_10).secret

    assert (len(one), one == other) == (32, False)
    assert str(SecondFactor.objects.values_list("secret", flat=True).get(pk=user.pk)) == "•••"


def test_setting_up_goes_on_with_the_same_secret_until_it_is_confirmed(user: User) -> None:
    first = services.begin_second_factor(actor=user, now=THURSDAY_10)
    again = services.begin_second_factor(actor=user, now=THURSDAY_10 + MINUTE)

    assert first.secret == again.secret
    assert queries.second_factor_of(user) is None
    with pytest.raises(services.SecondFactorRefused):
        services.confirm_second_factor(code="000000", session_key=None, actor=user, now=THURSDAY_10)


def test_the_second_factor_is_turned_off_only_where_no_role_needs_it(
    user: User, secret: str
) -> None:
    staff = clerk()

    services.drop_second_factor(actor=user, now=THURSDAY_10)

    assert secret
    assert (queries.second_factor_of(user), queries.recovery_codes_left(user)) == (None, 0)
    with pytest.raises(services.SecondFactorNeeded):
        services.drop_second_factor(actor=staff, now=THURSDAY_10)


def issue(user: User, *, resets: bool = False, now: datetime = THURSDAY_10) -> str:
    return services.issue_code(user_id=user.pk, resets_second_factor=resets, actor=None, now=now)


def enter(
    code: str, *, name: str = "shen", password: str = NEW,
    now: datetime = THURSDAY_10, knock: Knock = HOME,
) -> str:  # fmt: skip
    try:
        user = services.enter_with_code(
            name=name, code=code, password=password, knock=knock, actor=None, now=now
        )
    except (services.CodeRefused, services.TooManyGuesses, services.PasswordRefused) as refusal:
        return refusal.code
    return user.name


CODE_REFUSED = "accounts.code_refused"


def test_a_one_time_code_sets_a_password_once(user: User) -> None:
    code = issue(user)

    assert enter(code.lower().replace("-", "")) == "沈建华"
    assert enter(code) == CODE_REFUSED
    assert (door(), door(password="Neun Pflaumen 33 im Korb")) == (REFUSED, "沈建华 alone")
    assert OneTimeCode.objects.filter(digest__contains=code).count() == 0


def test_a_one_time_code_is_over_after_a_day(user: User) -> None:
    code = issue(user)

    assert enter(code, now=THURSDAY_10 + timedelta(hours=24)) == CODE_REFUSED
    assert enter(code, now=THURSDAY_10 + timedelta(hours=23, minutes=59)) == "沈建华"


def test_a_one_time_code_is_for_one_person_and_ends_with_the_next(user: User) -> None:
    clerk()
    other = person(Role.ENTERPRISE_USER)
    first, theirs = issue(user), issue(other)
    second_code = issue(user)

    assert [enter(first), enter(theirs), enter("")] == [CODE_REFUSED] * 3
    assert enter(second_code) == "沈建华"


def test_a_password_that_cannot_be_taken_does_not_use_up_the_code(user: User) -> None:
    code = issue(user)

    assert enter(code, password="short") == "accounts.password_refused"
    assert enter(code) == "沈建华"


def test_a_lost_phone_is_replaced_by_a_code_that_says_so(user: User, secret: str) -> None:
    assert enter(issue(user)) == "沈建华"
    assert queries.second_factor_of(user) is not None

    assert enter(issue(user, resets=True), password="Elf Quitten 44 am Ast") == "沈建华"

    assert secret
    assert (queries.second_factor_of(user), queries.recovery_codes_left(user)) == (None, 0)


def test_one_time_codes_are_ten_for_an_address(user: User) -> None:
    code = issue(user)

    answers = [enter(f"XXXX-XXXX-XX{n:02d}") for n in range(12)]

    assert answers == [CODE_REFUSED] * 10 + [BLOCKED] * 2
    assert enter(code, knock=Knock("203.0.113.99")) == "沈建华"


def begin(user: User, key: str, now: datetime = THURSDAY_10) -> SignInSession:
    return services.begin_session(
        user=user, session_key=key, with_second_factor=None, knock=HOME, actor=user, now=now
    )


def running(user: User) -> list[int]:
    return sorted(queries.sessions_of(user).values_list("pk", flat=True))


def test_a_changed_password_ends_all_other_sessions(user: User) -> None:
    here, _there = begin(user, "here"), begin(user, "there")

    services.change_password(
        old=PASSWORD, new="Neun Pflaumen 33 im Korb", session_key="here", actor=user,
        now=THURSDAY_10,
    )  # fmt: skip

    assert running(user) == [here.pk]
    told = Fact.objects.get(kind="accounts.user.password_changed")
    assert told.data == {"user_id": user.pk, "sessions": 1}


@pytest.mark.parametrize(
    ("old", "new", "refusal"),
    [
        ("x", "Neun Pflaumen 33 im Korb", services.WrongPassword),
        (PASSWORD, "short", services.PasswordRefused),
        (PASSWORD, PASSWORD, services.PasswordRefused),
        (PASSWORD, "Drei Birnen 27 mit shen", services.PasswordRefused),
    ],
)
def test_a_password_is_not_changed(
    user: User, old: str, new: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        services.change_password(old=old, new=new, session_key="", actor=user, now=THURSDAY_10)

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(("rules", "is_old"), [("asvs", False), ("dengbao", True)])
def test_a_password_gets_old_after_ninety_days_under_dengbao_alone(
    user: User, settings: Settings, rules: str, is_old: bool
) -> None:
    settings.PASSWORD_RULES = rules
    day = timedelta(days=1)

    assert queries.password_is_old(user, THURSDAY_10 + 90 * day - MINUTE) is False
    assert queries.password_is_old(user, THURSDAY_10 + 90 * day) is is_old


def test_one_code_used_by_two_at_once_opens_once(user: User) -> None:
    code = issue(user)
    found = OneTimeCode.objects.get(user=user)
    OneTimeCode.objects.filter(pk=found.pk).update(used_at=THURSDAY_10)

    assert enter(code) == CODE_REFUSED


Ending = Callable[[User], object]


@pytest.mark.parametrize(
    "ending",
    [
        lambda user: services.close_account(user_id=user.pk, actor=None, now=THURSDAY_10),
        lambda user: services.end_sessions(
            user_id=user.pk, but_key=None, actor=None, now=THURSDAY_10
        ),
        lambda user: enter(issue(user)),
    ],
)
def test_all_sessions_end(user: User, ending: Ending) -> None:
    begin(user, "here")
    begin(user, "there")

    ending(user)

    assert running(user) == []
