"""Shape of what people send to the service hall."""

from __future__ import annotations

from shuniu.zone.hall.forms.items import ItemForm
from shuniu.zone.hall.forms.tickets import (
    STEP_FORMS,
    CallForm,
    CounterForm,
    KeyForm,
    StepForm,
    TicketForm,
)

__all__ = [
    "STEP_FORMS",
    "CallForm",
    "CounterForm",
    "ItemForm",
    "KeyForm",
    "StepForm",
    "TicketForm",
]
