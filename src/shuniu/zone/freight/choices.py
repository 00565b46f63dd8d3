from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class WordState(TextChoices):
    """Whether the reader uses a word."""

    PROPOSED = "PROPOSED", pgettext_lazy("freight word", "waits for a decision")
    ACCEPTED = "ACCEPTED", pgettext_lazy("freight word", "in use")
    REFUSED = "REFUSED", pgettext_lazy("freight word", "not taken")


class WordStep(TextChoices):
    """What somebody decides about a word, as it stands in an address."""

    ACCEPT = "accept", pgettext_lazy("freight word", "Take it")
    REFUSE = "refuse", pgettext_lazy("freight word", "Do not take it")


STATE_AFTER = {WordStep.ACCEPT: WordState.ACCEPTED, WordStep.REFUSE: WordState.REFUSED}
