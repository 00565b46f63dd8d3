from __future__ import annotations

import uuid

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.fields import PersonalTextField


class Fact(models.Model):
    """One thing that happened. Rows are added by ``record_facts`` alone, and never changed.

    Attributes
    ----------
    origin
        Where the request came from: an address, "worker", "command line", or empty if unknown.
    position
        Place in the chain of facts: 1, 2, 3 and so on without gaps.
    seal
        Ties the row to the one before it, see ``chain``.
    """

    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=60)
    happened_at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    data = models.JSONField(encoder=DjangoJSONEncoder)
    origin = models.CharField(max_length=45, blank=True)
    position = models.BigIntegerField(unique=True)
    seal = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "id"], name="fact_subject"),
            models.Index(fields=["kind", "happened_at"], name="fact_kind_time"),
            models.Index(fields=["happened_at", "position"], name="fact_time"),
            models.Index(fields=["actor", "happened_at"], name="fact_actor_time"),
            models.Index(fields=["origin", "happened_at"], name="fact_origin_time"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class FactWords(models.Model):
    """What a person wrote to say why, beside a fact: it ends one day, while facts do not."""

    fact = models.OneToOneField(
        Fact, primary_key=True, on_delete=models.PROTECT, related_name="words"
    )
    text = PersonalTextField()
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Words of fact {self.pk}"


class DeliveryState(models.TextChoices):
    WAITING = "WAITING", _("waiting")
    DONE = "DONE", _("done")
    DEAD = "DEAD", _("given up")


class Delivery(models.Model):
    """A fact on its way to one reaction: written with the fact, delivered at least once."""

    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="deliveries")
    reaction = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_error = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "reaction"], name="delivery_once_per_fact")
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                condition=models.Q(state="WAITING"),
                name="delivery_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reaction} of fact {self.fact_id}"


class ChainCheck(models.Model):
    """One check of the chain of facts, asked for by a person or by the schedule.

    Attributes
    ----------
    finished_at
        Empty while the worker has not finished it.
    facts, heads
        How many facts and exported heads were looked at.
    problems
        What is not as it was written: position, kind and count of each, the first ones only.
    """

    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    finished_at = models.DateTimeField(null=True, blank=True)
    facts = models.PositiveBigIntegerField(default=0)
    heads = models.PositiveBigIntegerField(default=0)
    problems = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"Check #{self.pk}"

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def is_whole(self) -> bool:
        return self.is_finished and not self.problems


class Tick(models.Model):
    """The last time that an entry of the schedule was started."""

    name = models.CharField(max_length=80, primary_key=True)
    started_for = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """A series of numbers without gaps, such as the cases of one day."""

    name = models.CharField(max_length=60, primary_key=True)
    value = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class KeptAnswer(models.Model):
    """The answer that a form was given, kept so that sending it twice changes nothing.

    What was shown once, such as a phone number or a code, is in the body: so it is sealed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField(db_index=True)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = PersonalTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="kept_answer_key")]

    def __str__(self) -> str:
        return self.key


class WordPair(models.Model):
    """Two characters that follow one another in what can be found: see ``search.slips``."""

    first = models.CharField(max_length=1)
    second = models.CharField(max_length=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="word_pair_once")]
        indexes = [models.Index(fields=["second"], name="word_pair_second")]

    def __str__(self) -> str:
        return f"{self.first}{self.second}"


class PurgeCertificate(models.Model):
    """What one run of the purge took away of one class of data; nothing of what it was.

    Attributes
    ----------
    before
        The cut-off: data whose time began earlier were due.
    rows
        How many rows were deleted or emptied, by table.
    actor
        Who decided it; nobody when the time was over.
    fact
        The fact that the run recorded when it was through; it seals the counts.
    """

    data_class = models.CharField(max_length=30)
    before = models.DateTimeField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    rows = models.JSONField(default=dict)
    files = models.PositiveIntegerField(default=0)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    fact = models.OneToOneField(Fact, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["data_class"],
                condition=models.Q(ended_at__isnull=True),
                name="purge_runs_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.data_class} #{self.pk}"

    @property
    def row_count(self) -> int:
        return sum(self.rows.values())


class ImportState(models.TextChoices):
    RECEIVED = "RECEIVED", _("being read")
    COLUMNS = "COLUMNS", _("columns to be confirmed")
    CHECKING = "CHECKING", _("being checked")
    READY = "READY", _("checked, not written")
    WRITING = "WRITING", _("being written")
    DONE = "DONE", _("written")
    UNDOING = "UNDOING", _("being undone")
    UNDONE = "UNDONE", _("undone")
    FAILED = "FAILED", _("could not be read")
    DROPPED = "DROPPED", _("given up")


class Marking(models.TextChoices):
    NONE = "", _("not asked for")
    ASKED = "ASKED", _("being made")
    READY = "READY", _("ready")
    FAILED = "FAILED", _("could not be made")


class ImportRun(models.Model):
    """A list that somebody sent, from the file to what was written of it.

    Attributes
    ----------
    kind
        Code of a ``ListKind``.
    language
        That of the person who sent it.
    path
        The stored file; empty once it was deleted.
    glimpse
        The first rows of each sheet as JSON, for the page on which columns are confirmed.
    layout
        Sheet, headings and columns, see ``importing.layout``.
    options
        What was chosen for the whole file, such as the datum of positions.
    version
        Counts the layouts: a check of an older one is worth nothing.
    counts
        How many rows are of which kind, were written, left out and undone, and what stands now.
    marking, marked_path
        How it stands with the file with the marks; forgotten when the rows become others.
    problem
        Why it could not be read: a code of ``importing.wording``.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    state = models.CharField(
        max_length=10, choices=ImportState, default=ImportState.RECEIVED, db_index=True
    )
    name = models.CharField(max_length=120)
    is_pasted = models.BooleanField(default=False)
    file_type = models.CharField(max_length=10)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    path = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10)
    glimpse = PersonalTextField()
    layout = models.JSONField(default=dict)
    options = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    marking = models.CharField(max_length=6, choices=Marking, blank=True)
    marked_path = models.CharField(max_length=80, blank=True)
    problem = models.CharField(max_length=400, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(db_index=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, db_index=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Import {self.pk}"

    @property
    def delimiter(self) -> str:
        """Return what parts the cells; empty where the file itself tells."""
        return "\t" if self.is_pasted else ""

    @property
    def is_workbook(self) -> bool:
        return self.file_type == "xlsx"

    @property
    def is_checking(self) -> bool:
        return self.state == ImportState.CHECKING

    @property
    def is_ready(self) -> bool:
        return self.state == ImportState.READY

    @property
    def is_over(self) -> bool:
        return self.state in {ImportState.DONE, ImportState.UNDONE}

    @property
    def is_marking(self) -> bool:
        return self.marking == Marking.ASKED

    @property
    def is_marked(self) -> bool:
        return self.marking == Marking.READY

    @property
    def to_undo(self) -> int:
        """Return how many rows may be taken back, once more those that stayed the last time."""
        counts = self.counts
        return counts.get("stands_NEW", 0) + counts.get("stands_CHANGED", 0) if self.path else 0

    @property
    def state_words(self) -> str:
        """Return the state for people: of what was undone, whether all of it was."""
        if self.state == ImportState.UNDONE and self.counts.get("kept"):
            return gettext("undone in part")
        return self.get_state_display()

    @property
    def is_undoing(self) -> bool:
        return self.state == ImportState.UNDOING

    @property
    def is_undone(self) -> bool:
        return self.state == ImportState.UNDONE

    @property
    def is_failed(self) -> bool:
        return self.state == ImportState.FAILED


class ImportVerdict(models.TextChoices):
    NEW = "NEW", _("new")
    CHANGED = "CHANGED", _("changed")
    SAME = "SAME", _("unchanged")
    FAULTY = "FAULTY", _("faulty")


class ImportRow(models.Model):
    """What a row of a list says, and what would become of it.

    Attributes
    ----------
    number
        That of the sheet, from 1.
    has_notes
        Whether something about it is worth a look, though it can be written.
    body
        Cells, values, findings and changes as JSON: names and telephone numbers are among them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    verdict = models.CharField(max_length=10, choices=ImportVerdict)
    has_notes = models.BooleanField(default=False)
    body = PersonalTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]
        indexes = [models.Index(fields=["run", "verdict", "number"], name="import_row_verdict")]

    def __str__(self) -> str:
        return f"Row {self.number} of import {self.run_id}"


class ImportOutcome(models.TextChoices):
    WRITTEN = "WRITTEN", _("written")
    LEFT = "LEFT", _("left out")
    UNDONE = "UNDONE", _("undone")
    KEPT = "KEPT", _("kept when the rest was undone")


class ImportTrace(models.Model):
    """What was done with a row that was to be written.

    Attributes
    ----------
    subject
        Key of what was written.
    body
        What it was before, and the findings for which a row was left out or kept, as JSON.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="traces")
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10, choices=ImportOutcome)
    subject = models.CharField(max_length=60, blank=True)
    body = PersonalTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_trace_once")]
        indexes = [models.Index(fields=["run", "outcome", "number"], name="import_trace_outcome")]

    def __str__(self) -> str:
        return f"Trace of row {self.number} of import {self.run_id}"


class ImportHeading(models.Model):
    """Which field a heading meant when a list was last written; empty: the column was left out."""

    kind = models.CharField(max_length=40)
    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "heading"], name="import_heading_once")
        ]

    def __str__(self) -> str:
        return f"{self.heading} of {self.kind}"
