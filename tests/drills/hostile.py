"""Everybody types payloads into every field that keeps words, over HTTP, as browsers would."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import cycle
from uuid import UUID

import httpx

from shuniu.zone.registry.credit_code import check_symbol
from tests.drills.demo import DemoZone, token_of
from tests.drills.person import case_of, new_key
from tests.drills.server import Worker, wait_until
from tests.kernel.uploads import pdf
from tests.payloads import SCRIPTS

UNIT, OTHER_UNIT = "econ_bureau", "emergency_bureau"
PASSWORD = "seven-lamps-over-the-yard"
# Without their check symbols.
CODES = ("91320614MA21C0DE0", "91320614MA21C0DE1", "91320614MA21C0DE2", "91320614MA21C0DE3")
NOTICED = "2026-06-01T09:00"
ENTERPRISE = re.compile(r'name="enterprise" value="(\d+)"')


@dataclass(frozen=True, slots=True)
class Typist:
    """Somebody at a browser."""

    client: httpx.Client

    def send(
        self, path: str, fields: Mapping[str, str], *, file_name: str | None = None
    ) -> httpx.Response:
        """Send a form with its token and a key, and with a small file under a name."""
        headers = {**token_of(self.client), "Idempotency-Key": new_key()}
        files = {"uploads": (file_name, pdf(), "application/pdf")} if file_name else None
        return self.client.post(path, data=dict(fields), files=files, headers=headers)


@dataclass(slots=True)
class Stored:
    """What was taken: how often for each form; the cases that hold payloads."""

    taken: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    cases: list[int] = field(default_factory=list)

    def count(self, form: str, answer: httpx.Response) -> bool:
        """Note the answer to a form; return whether it was taken."""
        assert answer.status_code < 500, f"{form}: {answer.text[:2000]}"
        is_taken = answer.status_code in {200, 302}
        (self.taken if is_taken else self.refused)[form] += 1
        return is_taken


class Hostile:
    """Fills a zone that a web server serves."""

    def __init__(self, zone: DemoZone, address: str) -> None:
        self.zone, self.address, self.stored = zone, address, Stored()
        self.typists: dict[str, Typist] = {}

    def by(self, role: str) -> Typist:
        """Return the person of a role; each signs in once."""
        if role not in self.typists:
            self.typists[role] = Typist(self.zone.browser_of(self.address, role))
        return self.typists[role]

    def fill(self) -> Stored:
        """Store the payloads everywhere."""
        try:
            self.needs()
            self.names()
            self.contacts()
            self.staff()
            self.incidents()
            self.requests()
            self.registrations()
        finally:
            for typist in self.typists.values():
                typist.client.close()
        return self.stored

    def needs(self) -> None:
        """Send a case for each payload and take it through its steps, with words in each."""
        firm = self.by("enterprise_user")
        enterprise = ENTERPRISE.search(firm.client.get("/needs/").text)
        assert enterprise is not None
        for number, text in enumerate(SCRIPTS):
            fields = {"text": f"第{number}盏路灯坏了 {text}", "enterprise": enterprise[1]}
            name = text.replace("\x00", "")
            answer = firm.send("/needs/", fields, file_name=f"{name}.pdf")
            if self.stored.count("desk:need", answer):
                self.stored.cases.append(case_of(answer))
        self._read()
        for number, (case, text) in enumerate(zip(self.stored.cases, SCRIPTS, strict=True)):
            self._walk(case, text, number)

    def _read(self) -> None:
        """Let a worker read the new cases, so that their pages show what it found."""
        newest = self.stored.cases[-1]
        worker = Worker(self.zone.place)
        try:
            wait_until(lambda: self._is_read(newest), "the cases are read", seconds=120)
        finally:
            worker.program.kill()

    def _is_read(self, case: int) -> bool:
        [[suggestion]] = self.zone.place.rows(
            "SELECT CAST(suggestion AS text) FROM desk_case WHERE id = %s", str(case)
        )
        return bool(suggestion != "{}")

    def _walk(self, case: int, text: str, number: int) -> None:
        """Take the steps of a case; how it ends changes from one to the next."""
        self.step("enterprise_user", case, "add", text)
        if number % 6 == 5:
            self.step("enterprise_user", case, "withdraw", text)
            return
        self.step("center_clerk", case, "accept", text, category="municipal", urgency="normal")
        self.step("center_clerk", case, "dispatch", text, unit=self._office(UNIT))
        self.step("unit_handler", case, "sign", text)
        if number % 6 == 4:
            self.step("unit_handler", case, "return", text, suggested_unit=self._office(OTHER_UNIT))
            return
        self.step("unit_handler", case, "contact", text)
        self.step("unit_handler", case, "plan", text, planned_on=self._later())
        self.step("unit_handler", case, "note", text)
        if number % 6 == 3:
            return
        self.step("unit_handler", case, "reply", text)
        if number % 6 == 2:
            self.step("enterprise_user", case, "refuse", text)
        elif number % 6 == 1:
            self.step("enterprise_user", case, "confirm", text, solved="yes", rating="5")

    def step(self, role: str, case: int, step: str, text: str, **more: str) -> None:
        answer = self.by(role).send(f"/cases/{case}/{step}/", {"text": text, **more})
        self.stored.count(f"desk:case-step/{step}", answer)

    def _office(self, code: str) -> str:
        [[number]] = self.zone.place.rows("SELECT id FROM registry_office WHERE code = %s", code)
        return str(number)

    def _later(self) -> str:
        [[day]] = self.zone.place.rows("SELECT CAST(MAX(done_due_at) AS text) FROM desk_case")
        return str(day)[:10]

    def names(self) -> None:
        """Let everybody be called like a payload, and enterprises too, as if they were imported."""
        for role, text in zip(self.zone.sign_ins, SCRIPTS[8:], strict=False):
            answer = self.by(role).send("/account/data/name/", {"name": text, "phone": ""})
            self.stored.count("accounts:my-name", answer)
        ids = self.zone.place.rows("SELECT id FROM registry_enterprise ORDER BY id")
        for (number,), text in zip(ids, SCRIPTS, strict=False):
            name = f"{number}{text}".replace("\x00", "")
            self.zone.place.change(
                "UPDATE registry_enterprise SET name = %s, short_name = %s WHERE id = %s",
                *(name, name[:40], str(number)),
            )
        place = {"name": "zhongxin", "password": "wrong"}
        self.by("").client.headers["User-Agent"] = SCRIPTS[8]
        self.stored.count("accounts:sign-in", self.by("").send("/sign-in/", place))

    def contacts(self) -> None:
        """Write contacts and colleagues of the enterprise."""
        chief = self.by("enterprise_admin")
        page = re.search(r"enterprise=(\d+)", chief.client.get("/contacts/").text)
        query = f"?enterprise={page[1]}" if page else ""
        for number, text in enumerate(SCRIPTS):
            phone = f"1540000{number:04}"
            fields = {"name": text[:60], "title": text[:40], "phone": phone}
            self.stored.count("registry:contact-new", chief.send(f"/contacts/new/{query}", fields))
            if number % 6 == 0:
                fields |= {"phone": f"1550000{number:04}"}
                answer = chief.send(f"/members/new/{query}", fields)
                self.stored.count("registry:member-new", answer)

    def staff(self) -> None:
        """Open accounts of staff."""
        admin = self.by("system_admin")
        for number, text in enumerate(SCRIPTS):
            fields = {
                "name": text[:60],
                "sign_in_name": f"typist-{number}",
                "phone": "",
                "posts-TOTAL_FORMS": "1",
                "posts-INITIAL_FORMS": "0",
                "posts-0-office": self._office(UNIT),
                "posts-0-title": text[:40],
            }
            self.stored.count("registry:person-new", admin.send("/people/new/", fields))

    def incidents(self) -> None:
        """Report incidents with personal data."""
        security = self.by("security_admin")
        for text in SCRIPTS:
            names = ("title", "happened", "data_kinds", "consequences", "measures")
            fields = {"noticed_at": NOTICED} | dict.fromkeys(names, text)
            answer = security.send("/data-protection/incidents/new/", fields)
            self.stored.count("portal:incident-new", answer)

    def requests(self) -> None:
        """Ask for the deletion of the own data and have it refused."""
        for role, text in zip(("unit_handler", "leader", "supervisor"), SCRIPTS, strict=False):
            answer = self.by(role).send("/account/data/deletion/", {})
            self.stored.count("accounts:deletion-ask", answer)
            [[number]] = self.zone.place.rows("SELECT MAX(id) FROM accounts_datarequest")
            if text is not SCRIPTS[0]:  # one stays open
                answer = self.by("security_admin").send(
                    f"/data-protection/requests/{number}/refuse/", {"reason": text}
                )
                self.stored.count("portal:data-request-refuse", answer)

    def registrations(self) -> None:
        """Ask to be let in for enterprises that are called like payloads; one is turned down."""
        texts = cycle(SCRIPTS)
        for number, code in enumerate(CODES):
            fields = {
                "credit_code": code + check_symbol(code),
                "enterprise_name": next(texts),
                "name": next(texts)[:60],
                "position": next(texts)[:40],
                "phone": f"1560000{number:04}",
                "password": PASSWORD,
                "agreed": "on",
                "idempotency_key": new_key(),
            }
            self.stored.count("registry:register", self.by("").send("/register/", fields))
        for (number,), decision in zip(
            self.zone.place.rows("SELECT id FROM registry_registration ORDER BY received_at"),
            ("approve", "reject"),
            strict=False,
        ):
            fields = {"rank": "user", "reason": next(texts)}
            answer = self.by("center_clerk").send(
                f"/registrations/{UUID(str(number))}/{decision}/", fields
            )
            self.stored.count(f"registry:registration-decide/{decision}", answer)
