"""Shape of what people send to the registry. Sense is judged by the commands."""

from __future__ import annotations

from shuniu.zone.registry.credit_code import credit_code_problem
from shuniu.zone.registry.forms.caller import CallerForm
from shuniu.zone.registry.forms.enterprise import CodeForm, ColleagueForm, ContactForm, PhoneForm
from shuniu.zone.registry.forms.fields import problem_while_typing
from shuniu.zone.registry.forms.people import (
    AccountForm,
    GiveRoleForm,
    PostFormSet,
    RenameForm,
    post_forms,
)
from shuniu.zone.registry.forms.places import (
    PlaceFileForm,
    PlaceForm,
    SealForm,
    SiteForm,
)
from shuniu.zone.registry.forms.profile import ProfileForm
from shuniu.zone.registry.forms.records import (
    CorrectionForm,
    CorrectionReasonForm,
    MergeForm,
    NewRecordForm,
    RecordForm,
)
from shuniu.zone.registry.forms.registrations import (
    ADMIN,
    ApproveForm,
    RegistrationForm,
    RejectForm,
    StateForm,
)
from shuniu.zone.registry.forms.reveal import RevealForm

__all__ = [
    "ADMIN",
    "AccountForm",
    "ApproveForm",
    "CallerForm",
    "CodeForm",
    "ColleagueForm",
    "ContactForm",
    "CorrectionForm",
    "CorrectionReasonForm",
    "GiveRoleForm",
    "MergeForm",
    "NewRecordForm",
    "PhoneForm",
    "PlaceFileForm",
    "PlaceForm",
    "PostFormSet",
    "ProfileForm",
    "RecordForm",
    "RegistrationForm",
    "RejectForm",
    "RenameForm",
    "RevealForm",
    "SealForm",
    "SiteForm",
    "StateForm",
    "credit_code_problem",
    "post_forms",
    "problem_while_typing",
]
