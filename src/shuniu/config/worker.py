"""The worker: reactions that are due, and the schedule."""

from __future__ import annotations

import threading
from datetime import datetime

import structlog
from django.db import close_old_connections, connection

from shuniu.config.schedule import SCHEDULE
from shuniu.zone.kernel import clock
from shuniu.zone.kernel.origin import WORKER, origin_is
from shuniu.zone.kernel.services import deliver_due, start_tick
from shuniu.zone.notices.channels import Post
from shuniu.zone.notices.services import send_next

IDLE_S = 0.5
OUTBOX_IDLE_S = 2.0
OUTBOX_ENDS_WITHIN_S = 5.0
log = structlog.get_logger("shuniu.worker")


def work(stop: threading.Event) -> None:
    """Work until ``stop`` is set. Several workers may run at once."""
    log.info("worker_started")
    turns: dict[str, datetime] = {}
    outbox = threading.Thread(target=send_messages, args=[stop], name="outbox", daemon=True)
    outbox.start()
    with origin_is(WORKER):
        while not stop.is_set():
            close_old_connections()
            run_schedule(clock.now(), turns)
            if not run_deliveries(clock.now()):
                stop.wait(IDLE_S)
    outbox.join(OUTBOX_ENDS_WITHIN_S)
    log.info("worker_stopped")


def send_messages(stop: threading.Event) -> None:
    """Send what leaves the building, beside everything else: a server that hangs holds up no work.

    A message that is cut off at the end of the worker is sent again by the next one.
    """
    post = Post()
    with origin_is(WORKER):
        while not stop.is_set():
            close_old_connections()
            if not send_message(post, clock.now()):
                post.close()
                stop.wait(OUTBOX_IDLE_S)
    post.close()
    connection.close()


def send_message(post: Post, now: datetime) -> bool:
    """Send the next message and return whether there was one."""
    try:
        return send_next(post=post, now=now)
    except Exception:
        log.exception("outbox_failed")
        return False


def run_schedule(now: datetime, turns: dict[str, datetime]) -> None:
    """Start what is due; ``turns`` remembers the turns that this worker need not ask about."""
    for entry in SCHEDULE:
        slot = entry.slot(now)
        if turns.get(entry.name) == slot:
            continue
        turns[entry.name] = slot
        try:
            if start_tick(name=entry.name, slot=slot, every=entry.every):
                entry.job(now)
        except Exception:
            log.exception("schedule_failed", entry=entry.name)


def run_deliveries(now: datetime) -> int:
    """Deliver what is due and return how much was tried."""
    try:
        return deliver_due(now=now, limit=1)  # one at a time: a lease begins when its work does
    except Exception:
        log.exception("deliveries_failed")
        return 0
