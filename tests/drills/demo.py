"""The demo zone for a drill: many rows, and one person of each role who can sign in."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.drills.person import CODE_ADDRESS, browser
from tests.drills.server import ROOT, Place
from tools.codes import code_of

SECONDS_TO_MAKE = 180


@dataclass(frozen=True, slots=True)
class SignIn:
    """How somebody signs in; ``secret`` is what the person's app makes codes from, if any."""

    name: str
    password: str
    secret: str | None


@dataclass(frozen=True, slots=True)
class DemoZone:
    """Where the zone lives, how one signs in for each role, and who has done so.

    What a browser was given stays good when the web server starts again.
    """

    place: Place
    sign_ins: dict[str, SignIn]
    kept: dict[str, httpx.Cookies] = field(default_factory=dict)

    def browser_of(self, address: str, role: str) -> httpx.Client:
        """Return a browser in which the person of a role is signed in; nobody for no role."""
        client = browser(address)
        if role in self.kept:
            client.cookies = self.kept[role]
            return client
        client.get("/sign-in/")
        if role:
            _sign_in(client, self.sign_ins[role])
            self.kept[role] = client.cookies
        return client

    def cookies_of(self, address: str, role: str) -> dict[str, str]:
        """Return the cookies of the person of a role, or of nobody, who has a token alone."""
        client = self.browser_of(address, role)
        client.close()
        return dict(client.cookies)


def make_demo(home: Path, *, beside: Place) -> DemoZone:
    """Make the demo zone in a new folder, on the kind of database that another place has."""
    home.mkdir(mode=0o700)
    place = Place(home)
    if beside.database:
        place = Place(home, home.name.replace("-", "_"), beside.socket_folder)
        clerk = Place(home, "postgres", beside.socket_folder)
        clerk.change(f'CREATE DATABASE "{place.database}"')
    quick = place.environment(DJANGO_SETTINGS_MODULE="tests.drills.settings")
    for word in ("setup", "demo"):
        subprocess.run(
            [sys.executable, "-m", "shuniu", word],
            env=quick,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            check=True,
            timeout=SECONDS_TO_MAKE,
        )
    rows = json.loads((home / "demo-sign-ins.json").read_text(encoding="utf-8"))
    sign_ins = {
        row["role"]: SignIn(row["name"], row["password"], row["second_factor_secret"])
        for row in rows
    }
    return DemoZone(place, sign_ins)


def _sign_in(client: httpx.Client, person: SignIn) -> None:
    """Sign in at the pages themselves."""
    fields = {"name": person.name, "password": person.password}
    answer = client.post("/sign-in/", data=fields, headers=token_of(client))
    assert answer.status_code == 302, answer.text
    if answer.headers["Location"].startswith(CODE_ADDRESS):
        assert person.secret is not None
        code = {"code": code_of(person.secret)}
        answer = client.post(CODE_ADDRESS, data=code, headers=token_of(client))
        assert answer.status_code == 302, answer.text


def token_of(client: httpx.Client) -> dict[str, str]:
    """Return the header without which no form is taken."""
    return {"X-CSRFToken": client.cookies["csrftoken"]}
