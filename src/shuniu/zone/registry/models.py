from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from shuniu.zone.accounts.models import User
from shuniu.zone.kernel.fields import BlindIndexField, PersonalTextField
from shuniu.zone.kernel.search import WordsTable
from shuniu.zone.registry.choices import (
    CorrectionState,
    HolidayKind,
    HolidaySource,
    PlaceFileState,
    PlaceKind,
    RegistrationState,
)


class ProfileVersion(models.Model):
    """A zone profile that was put in force; the newest one holds. Rows are never changed."""

    code = models.CharField(max_length=40)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    put_in_force_at = models.DateTimeField()
    put_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.code} #{self.pk}"


class Office(models.Model):
    """A unit of the zone that can have the ball. Its names follow the profile in force."""

    code = models.CharField(max_length=40, unique=True)
    zh = models.CharField(max_length=60)
    en = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    position = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.zh


class Post(models.Model):
    """A person's place in an office. One person may serve in several."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="posts")
    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=40, blank=True)
    is_head = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "office"], name="post_once_per_office")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.office_id}"


class Enterprise(models.Model):
    """A company settled in the zone.

    Attributes
    ----------
    is_above_scale
        None where nobody has said.
    address
        Where it is registered; where it works are its sites.
    verified_at
        When somebody who can know it last said that this record is right.
    merged_into
        The record that stands for this one since the two were found to be the same firm.
    """

    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40, blank=True)
    credit_code = models.CharField(max_length=18, unique=True)
    industry_code = models.CharField(max_length=4, blank=True)
    is_above_scale = models.BooleanField(null=True, blank=True)
    employees = models.PositiveIntegerField(null=True, blank=True)
    scope = models.TextField(blank=True)
    products = models.JSONField(default=list)
    inputs = models.JSONField(default=list)
    address = models.CharField(max_length=120, blank=True)
    registered_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_here"
    )

    def __str__(self) -> str:
        return self.name


class Place(models.Model):
    """A part of the zone with a name and a shape: a park, a plot, a building.

    Attributes
    ----------
    shape
        A GeoJSON geometry in WGS-84: Point, Polygon or MultiPolygon.
    west, south, east, north
        The box around the shape in degrees, to find what lies near without reading the shape.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=PlaceKind)
    part_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    shape = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    is_active = models.BooleanField(default=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "code"]

    def __str__(self) -> str:
        return self.name


class PlaceFile(models.Model):
    """A file of places: kept from its preview until it can be undone no more.

    Attributes
    ----------
    content
        The text of the file as it was sent; ``datum`` says in which system its positions are.
    before
        Code of each place that was written to what it was before; None for one that was added.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, blank=True)
    datum = models.CharField(max_length=10)
    content = models.TextField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=PlaceFileState, default=PlaceFileState.WAITING)
    before = models.JSONField(default=dict)
    written_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Place file {self.pk}"


class Site(models.Model):
    """Where an enterprise works: an address, and a position in WGS-84 where it is known."""

    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.SET_NULL, related_name="sites"
    )
    lon = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    lat = models.FloatField(
        null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    is_main = models.BooleanField(default=False)
    verified_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["enterprise"], condition=models.Q(is_main=True), name="one_main_site"
            ),
            models.CheckConstraint(
                condition=models.Q(lon__isnull=True, lat__isnull=True)
                | models.Q(lon__isnull=False, lat__isnull=False),
                name="site_position_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"Site #{self.pk}"


class Correction(models.Model):
    """A change of a record: asked for by the enterprise, and decided by a clerk of the center.

    What a clerk corrects without being asked is kept as one that was taken over at once.

    Attributes
    ----------
    changes
        Field of the record to ``[what it was, what it shall be]``, when it was sent.
    about_sites
        What is wrong with the sites, in words; the clerk corrects them by hand.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="corrections")
    changes = models.JSONField()
    about_sites = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=CorrectionState, default=CorrectionState.WAITING
    )
    reason = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "asked_at"], name="correction_waiting")]

    def __str__(self) -> str:
        return f"Correction {self.pk}"

    @property
    def is_waiting(self) -> bool:
        return self.state == CorrectionState.WAITING

    @property
    def is_approved(self) -> bool:
        return self.state == CorrectionState.APPROVED


class Merge(models.Model):
    """Two records of one firm made one: ``gone`` stands empty and points to ``kept``.

    Attributes
    ----------
    moved
        Table column to the keys of the rows that were moved from one to the other.
    taken_over
        Fields of ``kept`` that were filled from ``gone``, to what they were before.
    """

    kept = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    gone = models.ForeignKey(Enterprise, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField()
    taken_over = models.JSONField()
    merged_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    undone_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Merge #{self.pk}"


class Contact(models.Model):
    """Whom to reach in an enterprise.

    Attributes
    ----------
    told_at
        When a list last wrote it; nobody has verified it by that.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="contacts")
    name = PersonalTextField()
    title = models.CharField(max_length=40, blank=True)
    phone = PersonalTextField()
    phone_index = BlindIndexField(of="phone", db_index=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Contact #{self.pk}"


class Membership(models.Model):
    """A person who speaks for an enterprise; an administrator looks after its people too."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    enterprise = models.ForeignKey(Enterprise, on_delete=models.CASCADE, related_name="memberships")
    is_admin = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "enterprise"], name="membership_once_per_enterprise"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} of {self.enterprise_id}"


class Registration(models.Model):
    """What somebody sent to be let in for an enterprise. Decided by a clerk of the center.

    ``password`` is a hash, kept until an account has it or somebody else's account is used.
    ``reference`` is what the applicant asks by; only who also knows the phone is answered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=9, unique=True)
    credit_code = models.CharField(max_length=18, db_index=True)
    enterprise_name = models.CharField(max_length=120)
    name = PersonalTextField()
    phone = PersonalTextField()
    phone_index = BlindIndexField(of="phone", db_index=True)
    position = models.CharField(max_length=40, blank=True)
    password = models.CharField(max_length=128, blank=True)
    form_key = models.CharField(max_length=64, unique=True)
    address = models.CharField(max_length=45, blank=True)
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=RegistrationState, default=RegistrationState.WAITING
    )
    reason = models.CharField(max_length=200, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    enterprise = models.ForeignKey(
        Enterprise, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )

    class Meta:
        indexes = [
            models.Index(fields=["state", "due_at"], name="registration_waiting"),
            models.Index(fields=["address", "received_at"], name="registration_from_address"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_waiting(self) -> bool:
        return self.state == RegistrationState.WAITING

    @property
    def is_approved(self) -> bool:
        return self.state == RegistrationState.APPROVED

    @property
    def is_rejected(self) -> bool:
        return self.state == RegistrationState.REJECTED


class Holiday(models.Model):
    """A day that differs from its weekday: off, or worked in exchange (调休), or worked by half.

    A year without any row of a published table counts as not loaded: deadlines in it assume Monday
    to Friday and say so. Rows are replaced and never changed in place, so that the newest key and
    the number of rows tell every process whether its calendar still holds.
    """

    day = models.DateField(unique=True)
    kind = models.CharField(max_length=12, choices=HolidayKind)
    name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=8, choices=HolidaySource, default=HolidaySource.PACKAGE)

    class Meta:
        ordering = ["day"]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class CalendarEdit(models.Model):
    """Days of the calendar that were changed together, with what they were before.

    ``changes`` holds one entry a day: ``day``, ``before`` and ``after``, each a kind, a name and a
    source, or null where the weekday decides. So the calendar of any earlier moment is known, and
    a closed case keeps the deadlines that held for it.
    """

    edited_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    edited_at = models.DateTimeField(db_index=True)
    changes = models.JSONField()
    undoes = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="undone_by"
    )

    def __str__(self) -> str:
        return f"CalendarEdit #{self.pk}"


class EnterpriseWords(WordsTable):
    """What an enterprise is found by. Its parts are those of ``registry.choices.EnterprisePart``.

    Derived from the record; rebuilt by ``shuniu search rebuild``.
    """
