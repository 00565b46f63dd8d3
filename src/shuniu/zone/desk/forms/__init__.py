"""Shape of what people send to the desk. Sense is judged by the commands."""

from __future__ import annotations

from shuniu.zone.desk.forms.calendar import DaysForm, SaveDaysForm
from shuniu.zone.desk.forms.needs import AttachForm, NeedForEnterpriseForm, NeedForm
from shuniu.zone.desk.forms.steps import FORMS, NoteForm, StepForm, TogetherForm

__all__ = [
    "FORMS",
    "AttachForm",
    "DaysForm",
    "NeedForEnterpriseForm",
    "NeedForm",
    "NoteForm",
    "SaveDaysForm",
    "StepForm",
    "TogetherForm",
]
