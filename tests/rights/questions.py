"""What is sent to ask the question of a cell: the address and the fields of the form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from shuniu.zone.accounts.models import DataRequest, SecondFactor, SignInSession, User
from shuniu.zone.desk.choices import Step
from shuniu.zone.kernel import clock
from shuniu.zone.portal.views import incidents
from shuniu.zone.registry.views import contacts, members, people
from tests.kernel.uploads import pdf
from tests.rights.expectations import Cell
from tests.rights.world import DAY, MISSING, NO_ID, Row, World, fields_of, prepare

Fields = dict[str, object]
OWN_ROW = frozenset({"-", "missing", "reopened"})  # asked for the row that is one's own
PASSWORD = "不对的口令-不对的口令-1"
NEW_NAME = {"name": "沈新人", "phone": "15400005555"}

# The steps of an address that ends with one: each is a line of the table.
STEPS: Mapping[str, Iterable[str]] = {
    "desk:case-step": [step.value for step in Step],
    "registry:person-step": people.STEPS,
    "registry:member-step": members.STEPS,
    "registry:contact-step": contacts.STEPS,
    "registry:registration-decide": ("approve", "reject", "again"),
    "portal:incident-step": incidents.FORMS,
}


@dataclass(frozen=True, slots=True)
class Question:
    """An address and the fields that are sent to it."""

    url: str
    fields: Fields = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks about what."""

    world: World
    row: Row
    person: User | None

    @property
    def session(self) -> SignInSession:
        """A session of the person, or for the row of another one, of somebody else."""
        whose = self.person if self.row is self.world.rows["own"] else None
        others = self.world.people[
            "clerk" if self.person != self.world.people["clerk"] else "leader"
        ]
        found = SignInSession.objects.filter(user=whose or others).order_by("pk").last()
        assert found is not None
        return found


Places = Callable[[Asked], list[object]]
Form = Callable[[Asked], Fields]

PLACES: dict[str, Places] = {
    "accounts:session-end": lambda asked: [asked.session.pk],
    "accounts:audit-entry": lambda asked: [asked.world.fact.position],
    "desk:case-page": lambda asked: [asked.row.case.pk],
    "desk:case-step": lambda asked: [asked.row.case.pk],
    "desk:attachments-add": lambda asked: [asked.row.case.pk],
    "desk:attachment": lambda asked: [asked.row.attachment.pk],
    "registry:contact": lambda asked: [asked.row.contact.pk],
    "registry:contact-step": lambda asked: [asked.row.contact.pk],
    "registry:contact-reveal": lambda asked: [asked.row.contact.pk],
    "registry:member": lambda asked: [asked.row.membership.pk],
    "registry:member-step": lambda asked: [asked.row.membership.pk],
    "registry:person": lambda asked: [asked.row.worker.pk],
    "registry:person-step": lambda asked: [asked.row.worker.pk],
    "registry:registration": lambda asked: [asked.world.registration.pk],
    "registry:registration-reveal": lambda asked: [asked.world.registration.pk],
    "registry:registration-decide": lambda asked: [asked.world.registration.pk],
    "portal:delivery-again": lambda asked: [asked.world.delivery.pk],
    "portal:data-class": lambda asked: [asked.world.certificate.data_class],
    "portal:purge": lambda asked: [asked.world.certificate.pk],
    "portal:data-request": lambda asked: [asked.world.request.pk],
    "portal:data-request-grant": lambda asked: [asked.world.request.pk],
    "portal:data-request-refuse": lambda asked: [asked.world.request.pk],
    "portal:incident": lambda asked: [asked.world.incident.pk],
    "portal:incident-step": lambda asked: [asked.world.incident.pk],
    "briefings:day": lambda _asked: [DAY],
    "briefings:word": lambda _asked: [DAY],
}
REPORT: Fields = {
    "title": "一封邮件",
    "noticed_at": f"{DAY}T09:00",
    "happened": "寄错了人",
    "data_kinds": "姓名",
    "consequences": "没有",
}
FORMS: dict[str, Form] = {
    "kernel:language": lambda _asked: {"language": "en"},
    "kernel:theme": lambda _asked: {"theme": "dark"},
    "accounts:sign-in": lambda _asked: {"name": "nobody", "password": PASSWORD},
    "accounts:sign-in-code": lambda _asked: {"code": "123456"},
    "accounts:enter": lambda _asked: {
        "name": "nobody",
        "code": "ABCD-EFGH-JKLM",
        "password": PASSWORD,
        "again": PASSWORD,
    },
    "accounts:password": lambda _asked: {"old": PASSWORD, "new": PASSWORD, "again": PASSWORD},
    "accounts:confirm": lambda _asked: {"password": PASSWORD},
    "accounts:my-name": lambda _asked: {**NEW_NAME},
    "accounts:my-phone": lambda _asked: {"number": NEW_NAME["phone"]},
    "desk:need": lambda asked: {"text": "路灯坏了", "enterprise": asked.row.enterprise.pk},
    "desk:need-for-enterprise": lambda asked: {
        "text": "路灯坏了",
        "enterprise": asked.row.enterprise.name,
        "channel": "phone",
    },
    "desk:attachments-add": lambda _asked: {"uploads": SimpleUploadedFile("a.pdf", pdf())},
    "registry:contact-new": lambda _asked: {**NEW_NAME},
    "registry:contact": lambda _asked: {**NEW_NAME},
    "registry:contact-reveal": lambda _asked: {"reason": "CALL"},
    "registry:member-new": lambda _asked: {**NEW_NAME},
    "registry:member-step/phone": lambda _asked: {"phone": NEW_NAME["phone"]},
    "registry:person-new": lambda _asked: {
        **NEW_NAME,
        "sign_in_name": "somebody-new",
        "posts-TOTAL_FORMS": "0",
        "posts-INITIAL_FORMS": "0",
    },
    "registry:person-step/correct": lambda _asked: {"name": "沈新人", "phone": ""},
    "registry:person-step/posts": lambda _asked: {
        "posts-TOTAL_FORMS": "0",
        "posts-INITIAL_FORMS": "0",
    },
    "registry:person-step/give": lambda _asked: {"role": "escort"},
    "registry:person-step/take": lambda _asked: {"role": "unit_handler"},
    "registry:register": lambda _asked: {"credit_code": "no code"},
    "registry:register-check": lambda _asked: {"credit_code": "9132"},
    "registry:register-state": lambda _asked: {"reference": "7K3M-92QF", "phone": "15400009999"},
    "registry:registration-decide/approve": lambda _asked: {"rank": "user"},
    "registry:registration-decide/reject": lambda _asked: {"reason": "执照过期了。"},
    "portal:data-request-refuse": lambda _asked: {"reason": "还有一件没办完。"},
    "portal:incident-new": lambda _asked: REPORT,
    "portal:incident": lambda _asked: REPORT,
    "portal:incident-step/authority": lambda _asked: {"told_at": f"{DAY}T09:00"},
    "portal:incident-step/persons": lambda _asked: {"told_at": f"{DAY}T09:00"},
    "portal:incident-step/not-told": lambda _asked: {"reason": "已经避免了损害。"},
}
# The enterprise that a list is asked for stands in its query.
BY_ENTERPRISE = frozenset(
    {"registry:contacts", "registry:contact-new", "registry:members", "registry:member-new"}
)
QUERIES = {"desk:case-list": "?turn=all", "registry:registrations": "?state="}
WITH_UUID = frozenset({"registry:contact", "registry:registration"})


def has_second_factor(asked: Asked) -> None:
    """Let the person have a second factor, turned on."""
    if asked.person is not None:
        now = clock.now()
        SecondFactor(
            user=asked.person, secret="JBSWY3DPEHPK3PXP", made_at=now, confirmed_at=now
        ).save()


def has_asked(asked: Asked) -> None:
    """Let the person wait for the deletion of the own data."""
    if asked.person is not None:
        DataRequest.objects.create(user=asked.person, asked_at=clock.now())


def is_closed(asked: Asked) -> None:
    """Let the account that is looked at be closed."""
    User.objects.filter(pk=asked.world.rows["foreign"].worker.pk).update(is_active=False)


def is_decided(asked: Asked) -> None:
    asked.world.registration.__class__.objects.update(state="REJECTED", decided_at=clock.now())


def is_ordinary(asked: Asked) -> None:
    """Let another administrator be there, so that one can be taken away."""
    asked.row.membership.__class__.objects.filter(pk=asked.row.membership.pk).update(is_admin=True)


def is_done(asked: Asked) -> None:
    incident = asked.world.incident
    incident.__class__.objects.filter(pk=incident.pk).update(
        authority_told_at=clock.now(), persons_told_at=clock.now() - timedelta(minutes=1)
    )


# What has to be there before the request is sent.
BEFORE: dict[str, Callable[[Asked], None]] = {
    "accounts:second-factor-off": has_second_factor,
    "accounts:recovery-codes": has_second_factor,
    "accounts:deletion-back": has_asked,
    "registry:person-step/reopen": is_closed,
    "registry:registration-decide/again": is_decided,
    "registry:member-step/release": is_ordinary,
    "portal:incident-step/settle": is_done,
}


def question_of(world: World, cell: Cell, *, is_missing: bool = False) -> Question:
    """Return what is sent for a cell, or the same about a row that does not exist.

    The row is brought into a state in which the step is possible.
    """
    name, _, step = cell.address.partition("/")
    row = world.rows["own" if cell.row in OWN_ROW else cell.row]
    asked = Asked(world, row, world.people.get(cell.role))
    places = PLACES[name](asked) if name in PLACES else []
    if places and (is_missing or cell.row == "missing"):
        places[0] = _no_id(places[0])
    if step:
        places.append(Step(step) if name == "desk:case-step" else step)
    url = reverse(name, args=places) + QUERIES.get(name, "")
    if name in BY_ENTERPRISE:
        url += f"?enterprise={MISSING if is_missing else row.enterprise.pk}"
    if name == "desk:case-step":
        prepare(row, cell.row, Step(step))
        return Question(url, fields_of(Step(step), cell.row))
    if cell.address in BEFORE:
        BEFORE[cell.address](asked)
    form = FORMS.get(cell.address) or FORMS.get(name)
    return Question(url, form(asked) if form and cell.method == "POST" else {})


def _no_id(place: object) -> object:
    """Return an id like this one that no row has."""
    if isinstance(place, int):
        return MISSING
    return "no-such-class" if isinstance(place, str) else NO_ID
