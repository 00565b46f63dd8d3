"""Browsers for tests, signed in without the pages that signing in takes."""

from __future__ import annotations

from typing import Any

from django import test

from shuniu.zone.accounts.choices import CodeUse
from shuniu.zone.accounts.models import User
from shuniu.zone.accounts.services import Knock, begin_session
from shuniu.zone.kernel import clock

ADDRESS = "203.0.113.7"


class Client(test.Client):
    """Django's test client whose ``force_login`` begins a stay, as the sign-in page does."""

    def force_login(
        self, user: Any, backend: str | None = None, *, second_factor: bool = True
    ) -> None:
        """Sign in; without the second factor, as after the password alone."""
        super().force_login(user, backend)
        assert isinstance(user, User)
        begin_session(
            user=user,
            session_key=self.session.session_key,
            with_second_factor=CodeUse.TOTP if second_factor else None,
            knock=Knock(ADDRESS),
            actor=user,
            now=clock.now(),
        )
