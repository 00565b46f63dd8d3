"""The rights of programs: for each operation of the API, the page whose rights it has.

``GET`` or ``POST``, the operation, and the address of the table whose lines hold for it. What a
page leads on to (302) is an answer here, and what it asks to sign in for is a 401. Where a program
gets another answer than a page, ``OTHERWISE`` says so.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shuniu.zone.desk.choices import Step
from shuniu.zone.kernel.models import Fact
from tests.api.programs import key_of
from tests.kernel.uploads import pdf
from tests.rights.asking import Asked
from tests.rights.expectations import LINES, Cell
from tests.rights.matrix import Answer, Matrix, counted, listening, read, undone
from tests.rights.questions import (
    BEFORE,
    DAY_OFF,
    FORMS,
    PLACES,
    PLACES_TEXT,
    Fields,
    words_of_instruction,
    words_of_issue,
)
from tests.rights.table_of_hall import LIKE as LIKE_OF_HALL
from tests.rights.world import DAY, MISSING, NO_ID, World, fields_of, prepare
from tests.sheets import firm, xlsx

LIKE = """
GET  me                     accounts:account
GET  zone                   accounts:account
GET  keys                   accounts:tokens
GET  sessions               accounts:sessions
POST key-revoke             accounts:token-end

GET  cases                  desk:case-list
GET  case-count             desk:case-list
POST cases                  desk:need
GET  case                   desk:case-page
POST case-files             desk:attachments-add
GET  file                   desk:attachment
POST case-accept            desk:case-step/accept
POST case-reject            desk:case-step/reject
POST case-object            desk:case-step/object
POST case-escalate          desk:case-step/escalate
POST case-take-back         desk:case-step/take-back
POST case-dispatch          desk:case-step/dispatch
POST case-sign              desk:case-step/sign
POST case-contact           desk:case-step/contact
POST case-plan              desk:case-step/plan
POST case-note              desk:case-step/note
POST case-reply             desk:case-step/reply
POST case-return            desk:case-step/return
POST case-ask               desk:case-step/ask
POST case-answer            desk:case-step/answer
POST case-resume            desk:case-step/resume
POST case-ask-extension     desk:case-step/ask-extension
POST case-grant-extension   desk:case-step/grant-extension
POST case-ask-suspension    desk:case-step/ask-suspension
POST case-suspend           desk:case-step/suspend
POST case-deny              desk:case-step/deny
POST case-review            desk:case-step/review
POST case-confirm           desk:case-step/confirm
POST case-refuse            desk:case-step/refuse
POST case-withdraw          desk:case-step/withdraw
POST case-add               desk:case-step/add
POST case-urge              desk:case-step/urge
POST case-respond           desk:case-step/respond
POST case-call-back         desk:case-step/call-back
POST case-check-withdrawal  desk:case-step/check-withdrawal
POST case-merge             desk:case-step/merge
POST case-unmerge           desk:case-step/unmerge
POST case-split             desk:case-step/split
GET  case-alike             desk:beside-find
POST case-beside/relate     desk:beside-step/relate
POST case-beside/unrelate   desk:beside-step/unrelate
POST case-beside/not-same   desk:beside-step/not-same

GET  enterprises            registry:enterprises
GET  enterprises-suggest    registry:enterprise-suggest
POST callers                registry:caller
POST enterprises            registry:enterprise-new
GET  enterprise             registry:enterprise
POST enterprise-correct     registry:enterprise-edit
POST enterprise-verify      registry:enterprise-verify
POST enterprise-merge       registry:merge-new
GET  merges                 registry:merges
POST merge-undo             registry:merge-undo
GET  contacts               registry:enterprise
POST contacts               registry:contact-new
POST contact-reveal         registry:contact-reveal
POST contact-correct        registry:contact
POST contact-step/confirm   registry:contact-step/confirm
POST contact-step/remove    registry:contact-step/remove
GET  enterprise-members     registry:contacts
GET  members                registry:corrections
POST enterprise-members     registry:member-new
POST member-code            registry:member-step/code
POST member-phone           registry:member-step/phone
POST member-step/promote    registry:member-step/promote
POST member-step/release    registry:member-step/release
POST member-step/remove     registry:member-step/remove
POST enterprise-corrections registry:own-correct
GET  corrections            registry:corrections
GET  correction             registry:correction
POST correction-approve     registry:correction-decide/approve
POST correction-reject      registry:correction-decide/reject
POST correction-withdraw    registry:correction-decide/withdraw
GET  registrations          registry:registrations
GET  registration           registry:registration
POST registration-reveal    registry:registration-reveal
POST registration-approve   registry:registration-decide/approve
POST registration-reject    registry:registration-decide/reject
POST registration-again     registry:registration-decide/again
GET  calendar               desk:calendar
POST calendar-look          desk:calendar-look
POST calendar-save          desk:calendar-save
POST calendar-undo          desk:calendar-undo
GET  places                 registry:places
GET  places-file            registry:places-file
POST places                 registry:place-new
GET  place                  registry:place
POST place-correct          registry:place-correct
POST place-step/retire      registry:place-step/retire
POST place-step/restore     registry:place-step/restore
GET  sites                  registry:enterprise
POST sites                  registry:site-new
POST site-correct           registry:site
POST site-step/confirm      registry:site-step/confirm
POST site-step/main         registry:site-step/main
POST site-step/remove       registry:site-step/remove
GET  people                 registry:people
POST people                 registry:person-new
GET  person                 registry:person
POST person-correct         registry:person-step/correct
POST person-posts           registry:person-step/posts
POST person-give            registry:person-step/give
POST person-take            registry:person-step/take
POST person-code            registry:person-step/code
POST person-step/end-sessions registry:person-step/end-sessions
POST person-step/end-keys   registry:person-step/end-keys
POST person-step/close      registry:person-step/close
POST person-step/reopen     registry:person-step/reopen

GET  search                 portal:search
GET  system                 portal:system
POST delivery-again         portal:delivery-again
GET  briefings              briefings:list
GET  briefing               briefings:day
GET  briefing-word          briefings:day-file
GET  issues                 briefings:list
POST issue-draft            briefings:issue-draft
POST period-draft           briefings:period-draft
GET  issue                  briefings:issue
GET  issue-file             briefings:issue-file
POST issue-save             briefings:issue-step/save
POST issue-hand-up          briefings:issue-step/hand-up
POST issue-send-back        briefings:issue-step/send-back
POST issue-withdraw         briefings:issue-step/withdraw
GET  instructions           briefings:list
POST issue-instruct         briefings:issue-instruct
POST issue-step/take-back   briefings:issue-step/take-back
POST issue-step/renew       briefings:issue-step/renew
POST issue-step/sign        briefings:issue-step/sign
POST issue-step/unsign      briefings:issue-step/unsign
POST issue-step/publish     briefings:issue-step/publish

GET  views                  desk:case-list
POST views                  desk:view-new
POST view-rename            desk:view-step/rename
POST view-step/prefer       desk:view-step/prefer
POST view-step/remove       desk:view-step/remove
POST view-step/restore      desk:view-step/restore
POST freight-read           freight:read
GET  freight-words          freight:words
POST freight-words          freight:word-new
POST freight-word/accept    freight:word-step/accept
POST freight-word/refuse    freight:word-step/refuse

GET  notices                notices:list
GET  notice-count           notices:bell
POST notices-read           notices:read-all
POST notice-read            notices:open
GET  outbox                 notices:outbox
GET  outbox-messages        notices:outbox
POST outbox-robots          notices:robot-new
POST outbox-way/test        notices:outlet-step/test
POST outbox-way/on          notices:outlet-step/on
POST outbox-way/off         notices:outlet-step/off
POST outbox-way/remove      notices:outlet-step/remove
POST outbox-all/again       notices:messages-step/again
POST outbox-all/drop        notices:messages-step/drop
POST outbox-message/again   notices:message-step/again
POST outbox-message/drop    notices:message-step/drop
POST place-files            registry:places-import
GET  place-file             registry:place-file
POST place-file-confirm     registry:place-file-step/confirm
POST place-file-undo        registry:place-file-step/undo
GET  profile                registry:profile
GET  data-requests          portal:data-protection
GET  data-request           portal:data-request
POST data-request-grant     portal:data-request-grant
POST data-request-refuse    portal:data-request-refuse
GET  imports                kernel:imports
POST imports-kind           kernel:import-new
GET  import                 kernel:import
POST import-columns         kernel:import-columns
POST import-confirm         kernel:import-step/confirm
POST import-step/again      kernel:import-step/again
POST import-step/undo       kernel:import-step/undo
POST import-step/drop       kernel:import-step/drop
GET  audit                  accounts:audit
GET  audit-entry            accounts:audit-entry
POST audit-check            accounts:audit-check
"""
OTHERWISE: dict[str, dict[str, str]] = {
    # One operation for both pages: a need of one's own, and one that is written for an enterprise.
    "POST cases own": {"clerk": "200", "officer": "200"},
    "POST cases foreign": {"clerk": "200", "officer": "200", "firm": "404", "chief": "404"},
    # An enterprise's administrator reads the own record under the same address as staff.
    "GET enterprise own": {"chief": "200"},
    "GET enterprise foreign": {"chief": "404"},
    "GET enterprise missing": {"chief": "404"},
    "GET contacts own": {"chief": "200"},
    "GET contacts foreign": {"chief": "404"},
    "GET contacts missing": {"chief": "404"},
    "GET corrections -": {"chief": "200"},
    "GET correction own": {"chief": "200"},
    "GET correction missing": {"chief": "404"},
    # A number that nobody gave up is judged by the command alone, whoever asks.
}
# The address is repeated in a problem: so its length differs with that of a number, and with it
# whether it is worth packing.
LENGTH = re.compile(r"Content-Length: \d+|, Accept-Encoding")
DONE = {"200", "201", "202", "204"}
# Where the body differs from the fields of the page.
WRITTEN = frozenset({"seen", "title", "summary", "told"})
BODIES: dict[str, Callable[[Asked], Fields]] = {
    "callers": lambda _asked: {"number": ""},
    "calendar-look": lambda _asked: {"text": DAY_OFF, "year": 2026},
    "calendar-save": lambda _asked: {"text": DAY_OFF, "year": 2026},
    "enterprise-correct": lambda _asked: {"employees": 7},
    "enterprise-corrections": lambda _asked: {"employees": 7},
    "people": lambda _asked: {
        "name": "沈新人",
        "phone": "15400005555",
        "sign_in_name": "somebody-new",
    },
    "person-posts": lambda _asked: {"posts": []},
    "issue-save": lambda _asked: {"seen": 1, "summary": "另一句话。"},
    "issue-hand-up": lambda asked: {
        name: value for name, value in words_of_issue(asked).items() if name in WRITTEN
    },
    **dict.fromkeys(
        ("issue-send-back", "issue-withdraw"), lambda _asked: {"seen": 1, "reason": "导语太长。"}
    ),
    "issue-step": lambda _asked: {"seen": 1},
    "issue-instruct": lambda asked: {**words_of_instruction(asked), "unit": "econ_bureau"},
    "views": lambda _asked: {"name": "新的", "wanted": {"turn": "open"}},
    "notices-read": lambda _asked: {"up_to": 0},
    **dict.fromkeys(("notice-read", "outbox-way", "outbox-message"), lambda _asked: {}),
    "outbox-all": lambda _asked: {},
    "import-columns": lambda _asked: {
        "sheet": 0,
        "head": 0,
        "depth": 1,
        "columns": {"name": 0, "credit_code": 1},
    },
}
PLACES_HERE: dict[str, Callable[[Asked], list[object]]] = {
    "key-revoke": lambda asked: [asked.token],
    "calendar": lambda _asked: [2026],
    "imports-kind": lambda _asked: ["enterprises"],
    "briefing": lambda _asked: [DAY.isoformat()],
    "briefing-word": lambda _asked: [DAY.isoformat()],
    "period-draft": lambda _asked: ["weekly", DAY.isoformat()],
    "issue-draft": lambda _asked: [(DAY - timedelta(days=1)).isoformat()],
    "views": lambda _asked: [],
    "outbox-all": lambda _asked: [],
}
OF_ENTERPRISE = frozenset(
    {"contacts", "enterprise-members", "enterprise-corrections", "sites", "enterprise"}
)
FILES: dict[str, Callable[[], Fields]] = {
    "case-files": lambda: {"uploads": SimpleUploadedFile("a.pdf", pdf())},
    "place-files": lambda: {
        "file": SimpleUploadedFile("a.geojson", PLACES_TEXT.encode()),
        "datum": "WGS84",
    },
    "imports-kind": lambda: {"file": SimpleUploadedFile("a.xlsx", xlsx([firm(8)]))},
}
QUERIES = {
    "cases": "?turn=all",
    "enterprises-suggest": "?words=x",
    "members": "?words=x",
    "search": "?words=x",
}


def operations() -> Iterator[tuple[str, str, str]]:
    """Yield method, operation and the page that it is like."""
    for line in (LIKE + LIKE_OF_HALL).strip().splitlines():
        if line.strip():
            method, name, page = line.split()
            yield method, name, page


def cells_of_programs(role: str) -> list[Cell]:
    """Return what a program of a role asks, and what must come of it."""
    found = []
    for method, name, page in operations():
        for line in LINES:
            if line.address != page or line.method != method:
                continue
            answers = line.answers | OTHERWISE.get(f"{method} {name} {line.row}", {})
            expected = {"in": "401", "302": "200"}.get(answers[role], answers[role])
            is_done = expected == "200" and role != "out"
            facts = line.facts if is_done else 0
            cell = Cell(f"api:{name}", line.row, method, role, expected, facts)
            if not (line.row == "missing" and expected == "403"):
                found.append(replace(cell, expected="401") if role == "out" else cell)
    return found


class Programs(Matrix):
    """The same questions, asked by programs with a key."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.keys = {role: key_of(person) for role, person in world.people.items()}
        self.pages = {f"api:{name} {method}": page for method, name, page in operations()}

    def ask(
        self,
        cell: Cell,
        *,
        is_missing: bool = False,
        token: bool = True,
        extra: Fields | None = None,
        after: Callable[[], None] = lambda: None,
    ) -> Answer:
        """Send the request of a cell and undo what it did."""
        with undone():
            url, body = self._question(cell, is_missing=is_missing)
            name = cell.address.removeprefix("api:")
            headers = {"Idempotency-Key": uuid4().hex, "Accept-Encoding": "identity"}
            if cell.role in self.keys and token:
                headers["Authorization"] = f"Bearer {self.keys[cell.role]}"
            newest = Fact.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            with counted() as count, listening() as heard:
                response = self._sent(cell.method, name, url, {**body, **(extra or {})}, headers)
            after()
            facts = Fact.objects.filter(pk__gt=newest).order_by("pk")
            kinds = tuple(facts.values_list("kind", flat=True))
            answer = read(response, count[0], "\n".join(heard), kinds)
            status = 200 if str(answer.status) in DONE else answer.status
            return replace(
                answer,
                status=status,
                body=answer.body.replace(url.partition("?")[0], ""),
                headers=LENGTH.sub("", answer.headers),
            )

    def _sent(self, method: str, name: str, url: str, body: Fields, headers: Any) -> Any:
        client = Client()
        if name in FILES and method == "POST":
            return client.post(url, FILES[name](), headers=headers)
        if method == "POST":
            text = json.dumps(body, default=str)
            return client.post(url, text, content_type="application/json", headers=headers)
        return client.generic(method, url, headers=headers)

    def _question(self, cell: Cell, *, is_missing: bool) -> tuple[str, Fields]:
        """Return address and body: those of the page, as far as they are the same."""
        name, _, step = cell.address.removeprefix("api:").partition("/")
        pages = [
            self.pages.get(f"{cell.address} {method}") for method in (cell.method, "GET", "POST")
        ]
        page = next(filter(None, pages))
        asked = Asked(
            self.world,
            self.world.rows["own" if cell.row in {"-", "missing", "reopened"} else cell.row],
            self.world.people.get(cell.role),
        )
        places = self._places(name, page, asked)
        if places and (is_missing or cell.row == "missing"):
            places[0] = _no_id(places[0])
        places += [step] if step else []
        url = reverse(f"api:{name}", args=places) + (
            QUERIES.get(name, "") if cell.method == "GET" else ""
        )
        if page.startswith("desk:case-step/"):
            taken = Step(page.partition("/")[2])
            prepare(asked.row, cell.row, taken)
            return url, fields_of(taken, cell.row) if taken != Step.SIGN else {}
        if page in BEFORE:
            BEFORE[page](asked)
        form = BODIES.get(name) or FORMS.get(page) or FORMS.get(page.partition("/")[0])
        return url, form(asked) if form and cell.method == "POST" else {}

    def _places(self, name: str, page: str, asked: Asked) -> list[object]:
        if name in PLACES_HERE:
            return PLACES_HERE[name](asked)
        if name in OF_ENTERPRISE:
            return [asked.row.enterprise.pk]
        page_name = page.partition("/")[0]
        needs_place = page_name in PLACES and name not in {"cases", "enterprises", "places"}
        return PLACES[page_name](asked) if needs_place else []


def _no_id(place: object) -> object:
    if isinstance(place, int):
        return MISSING
    return "no-such-kind" if isinstance(place, str) else NO_ID
