from __future__ import annotations

import uuid

from django.db import models

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.fields import PersonalTextField
from shuniu.zone.portal.choices import ExportState, FileForm


class DataIncident(models.Model):
    """A breach of personal data in the register (PIPL, article 57).

    Changed by :mod:`zone.portal.services` only. Kinds and numbers are asked for, never names.

    Attributes
    ----------
    people
        How many people are concerned, as far as known; None while nobody knows.
    persons_not_told
        Why the persons need not be told (article 57: harm was effectively avoided); empty if told.
    settled_at
        When nothing was left to do.
    """

    title = models.CharField(max_length=80)
    happened = models.TextField()
    noticed_at = models.DateTimeField()
    data_kinds = models.TextField()
    people = models.PositiveIntegerField(null=True, blank=True)
    consequences = models.TextField()
    measures = models.TextField(blank=True)
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()
    authority_told_at = models.DateTimeField(null=True, blank=True)
    persons_told_at = models.DateTimeField(null=True, blank=True)
    persons_not_told = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Incident #{self.pk}"

    @property
    def is_settled(self) -> bool:
        return self.settled_at is not None


class ListExport(models.Model):
    """A list that somebody asked for as a file, made by background work.

    Attributes
    ----------
    list_kind
        Code of an ``ExportedList``.
    query
        The filter, as it stands in the address of the list.
    standing
        Digest of the rights that the file was made with: it is given out under no others.
    row_keys
        Keys of the rows in the file, parted by commas.
    done, rows
        How many rows are written, and how many there will be.
    turn
        Of the work on it: a worker that was taken for dead finds that another has begun anew.
    path
        The stored file; empty until it is ready.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    list_kind = models.CharField(max_length=40)
    form = models.CharField(max_length=4, choices=FileForm)
    query = PersonalTextField()
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=ExportState, default=ExportState.WAITING)
    standing = models.CharField(max_length=64, blank=True)
    row_keys = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    rows = models.PositiveIntegerField()
    turn = models.UUIDField(null=True, blank=True)
    path = models.CharField(max_length=80, blank=True)
    size_bytes = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Export {self.pk}"

    @property
    def is_in_work(self) -> bool:
        return self.state in {ExportState.WAITING, ExportState.MAKING}

    @property
    def is_ready(self) -> bool:
        return self.state == ExportState.READY
