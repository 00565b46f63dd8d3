"""Two workers at once: nothing is sent twice, and a robot keeps its minute."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from shuniu.zone.notices import services
from shuniu.zone.notices.channels import Post
from shuniu.zone.notices.models import Outgoing
from shuniu.zone.registry.models import ProfileVersion
from tests.factories import CaseFactory, handler, office
from tests.notices.people import LATER, robot, told, with_address
from tests.notices.servers import GroupServer, MailServer

pytestmark = pytest.mark.django_db(transaction=True)


def both_send() -> None:
    """Let two workers send until nothing is due."""
    begin = threading.Barrier(2)

    def work() -> None:
        post = Post()
        begin.wait()
        idle = 0
        while idle < 5:
            idle = 0 if services.send_next(post=post, now=LATER) else idle + 1
        post.close()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def test_two_workers_send_each_e_mail_once(zone: ProfileVersion, mail: MailServer) -> None:
    assert zone is not None
    worker = with_address(handler())
    case = CaseFactory.create(lead_unit=office(), state="DISPATCHED")
    with_transaction(lambda: [told(worker, case, f"{n}") for n in range(12)])

    both_send()

    keys = [str(letter["Message-ID"]) for letter in mail.letters]
    assert (len(keys), len(set(keys))) == (12, 12)
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"SENT"}


def test_a_robot_serves_one_worker_at_a_time(zone: ProfileVersion, group: GroupServer) -> None:
    assert zone is not None
    robot()
    case = CaseFactory.create()
    with_transaction(lambda: [told(None, case, f"{n}", has_group=True) for n in range(15)])

    both_send()

    assert len(group.texts()) == 15


def with_transaction(act: Callable[[], object]) -> None:
    """Act in a transaction of its own."""
    with transaction.atomic():
        act()
