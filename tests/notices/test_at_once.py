"""Two workers at once: nothing is sent twice, and a robot keeps its minute."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from shuniu.zone.notices import services
from shuniu.zone.notices.channels import Post
from shuniu.zone.notices.models import Outgoing
from shuniu.zone.registry.models import ProfileVersion
from tests.factories import CaseFactory, handler, office
from tests.notices.people import LATER, robot, told, with_address
from tests.notices.servers import GroupServer, MailServer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("shared_database"),
]


def both_send() -> None:
    """Let two workers send until nothing is due."""
    begin = threading.Barrier(2)

    def work() -> None:
        post = Post()
        try:
            begin.wait()
            idle = 0
            while idle < 5:
                idle = 0 if services.send_next(post=post, now=LATER) else idle + 1
        finally:
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
    with transaction.atomic():
        for n in range(12):
            told(worker, case, f"{n}")

    both_send()

    keys = [str(letter["Message-ID"]) for letter in mail.letters]
    assert (len(keys), len(set(keys))) == (12, 12)
    assert set(Outgoing.objects.values_list("state", flat=True)) == {"SENT"}


def test_a_robot_serves_one_worker_at_a_time(zone: ProfileVersion, group: GroupServer) -> None:
    assert zone is not None
    robot()
    case = CaseFactory.create()
    with transaction.atomic():
        for n in range(15):
            told(None, case, f"{n}", has_group=True)

    both_send()

    assert len(group.texts()) == 15
