"""What is recorded when files of a case are read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from shuniu.zone.accounts.models import User
from shuniu.zone.desk import facts
from shuniu.zone.desk.models import Attachment
from shuniu.zone.kernel.services import record_fact


@transaction.atomic
def note_file_opened(*, attachment_id: int, actor: User, now: datetime) -> None:
    """Record that somebody opened a file of a restricted case."""
    case_id = Attachment.objects.values_list("case_id", flat=True).get(pk=attachment_id)
    opened = facts.AttachmentOpened(attachment_id=attachment_id, case_id=case_id)
    record_fact(opened, actor=actor, at=now)
