"""Planted defects: each makes the server wrong in one way that a drill must find.

A defect is an app that changes one function when it is ready. Only ``tests.drills.settings`` knows
how to ask for one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.urls import path
from django.utils.html import escape

WRITTEN_AFTER_S = 0.5
PLANTED_PAGE = "/planted/"


class QuickHasher(Argon2PasswordHasher):
    """Argon2 as cheap as it gets: no defect, but twenty people have to sign in for a drill."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1


class Defect(AppConfig):
    name = "tests.drills.planted"
    label = "planted"


class AnswersBeforeWriting(Defect):
    """A case is acknowledged half a second before it is written."""

    def ready(self) -> None:
        from shuniu.zone.desk import services  # noqa: PLC0415  # apps are not loaded before

        really_open = services.open_case

        def promise(**given: Any) -> Any:
            from shuniu.zone.desk.models import Case  # noqa: PLC0415  # the same

            newest = Case.objects.order_by("pk").last()
            later = threading.Timer(WRITTEN_AFTER_S, partial(really_open, **given))
            later.start()
            return Case(pk=newest.pk + 1 if newest else 1, number="QS-PROMISED")

        services.open_case = promise


class DeliversTwice(Defect):
    """Workers do not ask each other before they take a delivery, and the reading does not look."""

    def ready(self) -> None:
        from shuniu.zone.desk.choices import CaseState  # noqa: PLC0415  # see above
        from shuniu.zone.desk.models import Case  # noqa: PLC0415
        from shuniu.zone.desk.services import reading  # noqa: PLC0415
        from shuniu.zone.kernel.models import Delivery  # noqa: PLC0415
        from shuniu.zone.kernel.services import writing  # noqa: PLC0415

        really_read = reading.read_case

        def take(delivery: Delivery, now: datetime) -> bool:
            Delivery.objects.filter(pk=delivery.pk).update(next_try_at=now + writing.LEASE)
            return True

        def read_again(*, case_id: int, actor: Any, now: datetime) -> Case:
            Case.objects.filter(pk=case_id, state=CaseState.SUBMITTED).update(suggestion={})
            return really_read(case_id=case_id, actor=actor, now=now)

        writing._claim = take
        from shuniu.zone.desk import services as desk  # noqa: PLC0415

        desk.read_case = read_again


class DeliversAtMostOnce(Defect):
    """A delivery counts as done when it is taken, so a killed worker loses it."""

    def ready(self) -> None:
        from shuniu.zone.kernel.models import Delivery, DeliveryState  # noqa: PLC0415
        from shuniu.zone.kernel.services import writing  # noqa: PLC0415

        def take(delivery: Delivery, now: datetime) -> bool:
            waiting = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.WAITING)
            later = now + timedelta(days=1)
            return waiting.update(state=DeliveryState.DONE, next_try_at=later) == 1

        writing._claim = take


class SignsWithoutLook(Defect):
    """Signing reads, thinks and writes without a lock or a condition."""

    def ready(self) -> None:
        from shuniu.zone.accounts.models import User  # noqa: PLC0415  # see above
        from shuniu.zone.desk import services  # noqa: PLC0415
        from shuniu.zone.desk.choices import Step  # noqa: PLC0415
        from shuniu.zone.desk.models import Case  # noqa: PLC0415
        from shuniu.zone.desk.services import keeping, moves  # noqa: PLC0415

        def sign(*, case_id: int, actor: User, now: datetime) -> Case:
            case = Case.objects.get(pk=case_id)
            if not moves.is_possible(case, Step.SIGN):
                raise keeping.not_possible_now(case)
            time.sleep(0.02)
            move = moves.sign(case, handler=actor, now=now)
            with transaction.atomic():
                return keeping.keep(case, move, actor=actor, now=now)

        services.COMMANDS[Step.SIGN] = sign


class AsksByWords(Defect):
    """A page builds its question to the database of the words that it is asked for."""

    def ready(self) -> None:
        from django.db import connection  # noqa: PLC0415  # see above

        def cases(request: HttpRequest) -> HttpResponse:
            words = request.GET.get("words", "")
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT number FROM desk_case WHERE number = '{words}'")  # noqa: S608  # the defect
                rows = [escape(row[0]) for row in cursor.fetchall()]
            return HttpResponse(f"<p>{len(rows)}</p>" + "".join(f"<p>{row}</p>" for row in rows))

        add_page(cases)


class ShowsAsItIs(Defect):
    """A page shows the words of people as they are."""

    def ready(self) -> None:
        def cases(_request: HttpRequest) -> HttpResponse:
            from shuniu.zone.desk.models import Case  # noqa: PLC0415  # see above

            page = Engine().from_string(
                "{% for case in cases %}<p>{{ case.text|safe }}{% endfor %}"
            )
            newest = Case.objects.order_by("-pk")[:100]
            return HttpResponse(page.render(Context({"cases": newest})))

        add_page(cases)


def add_page(view: Callable[[HttpRequest], HttpResponse]) -> None:
    """Let the product have one more page, at ``PLANTED_PAGE``."""
    from shuniu.config import urls  # noqa: PLC0415  # see above

    pages: list[Any] = urls.urlpatterns
    pages.append(path(PLANTED_PAGE.lstrip("/"), view))
