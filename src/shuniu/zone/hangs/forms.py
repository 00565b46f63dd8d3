"""Shape of what people send about hangs. Sense is judged by the commands."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from shuniu.zone.accounts.choices import Role
from shuniu.zone.accounts.models import User
from shuniu.zone.hangs import queries
from shuniu.zone.hangs.choices import FREE_SOURCES, Solved, SourceKind, Step
from shuniu.zone.registry.queries import no_offices

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelChoiceField = forms.ModelChoiceField

FILE_TYPES = "image/jpeg,image/png,image/webp,application/pdf,.docx,.xlsx,.pptx"
REVIEW_AFTER = timedelta(days=30)


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files, also none."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[bytes]]:
        uploads = data if isinstance(data, list | tuple) else [data] if data else []
        clean_one = super().clean
        return [clean_one(upload, initial) for upload in uploads]


class WordsField(forms.CharField):
    """Words as they were typed; a NUL, which no text needs and no database takes, is left out."""

    def to_python(self, value: Any) -> str:
        kept = value.replace("\x00", "") if isinstance(value, str) else value
        return super().to_python(kept) or ""


class UnitField(_ModelChoiceField):
    """A unit, by its name in the language of the page."""

    language = "zh-hans"

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.zh if self.language.startswith("zh") else obj.en)


class PersonField(_ModelChoiceField):
    """A person of a unit, with the units that tell apart people of one name."""

    def label_from_instance(self, obj: User) -> str:
        units = "、".join(post.office.zh for post in obj.posts.all())
        return f"{obj.name}（{units}）" if units else obj.name


def _words(label: Any, *, rows: int = 3, hint: Any = "") -> WordsField:
    widget = forms.Textarea(attrs={"rows": rows, "placeholder": hint})
    return WordsField(label=label, widget=widget)


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def _files() -> ManyFilesField:
    return ManyFilesField(
        label=_("Photos or files"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": FILE_TYPES}),
    )


class HangForm(forms.Form):
    """What is promised, by whom, until when. A free source brings kind and title along."""

    source_kind = forms.ChoiceField(
        label=pgettext_lazy("hang", "Source"),
        choices=[(kind.value, kind.label) for kind in FREE_SOURCES],
    )
    source_title = WordsField(
        label=_("Which meeting or instruction"),
        max_length=120,
        help_text=_("For example: minutes of the dispatching meeting, no. 12, item 3"),
    )
    promise = _words(_("What is promised"), hint=_("One sentence that can be checked later."))
    unit = UnitField(
        label=pgettext_lazy("hang", "Owner unit"),
        queryset=no_offices(),
        empty_label=_("Please choose a unit"),
    )
    responsible = PersonField(
        label=_("Responsible person"),
        queryset=User.objects.none(),
        empty_label=_("Please choose a person"),
    )
    promised_on = _day(_("Promised day"))
    review_on = _day(_("Next review"), _("On this day you are reminded to look at it."))

    def __init__(
        self,
        *args: Any,
        language: str,
        today: date,
        source: queries.Source | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.source = source
        unit = cast("UnitField", self.fields["unit"])
        unit.language, unit.queryset = language, queries.units_to_choose()
        people = queries.people_to_choose(Role.UNIT_HANDLER)
        cast("PersonField", self.fields["responsible"]).queryset = people
        self.fields["review_on"].initial = today + REVIEW_AFTER
        if source is not None:
            del self.fields["source_kind"], self.fields["source_title"]
            if source.unit_code:
                self.fields["unit"].initial = (
                    queries.units_to_choose().filter(code=source.unit_code).first()
                )

    def arguments(self) -> dict[str, Any]:
        """Return what the command takes."""
        given = dict(self.cleaned_data)
        if self.source is not None:
            return {"source": self.source, **given}
        kind, title = given.pop("source_kind"), given.pop("source_title")
        return {"source": queries.Source(SourceKind(kind), "", title, ""), **given}


class StepForm(forms.Form):
    """What a step needs; its fields are the arguments of the command."""

    def arguments(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class AddForm(StepForm):
    text = _words(_("How far it is, or what the files prove"))
    uploads = _files()


class AskForm(StepForm):
    text = _words(_("Why it can be struck off"))
    uploads = _files()


class CallBackForm(StepForm):
    solved = forms.ChoiceField(
        label=_("What was heard"), choices=Solved.choices, widget=forms.RadioSelect
    )
    text = _words(_("Whom you asked, and what was said"))


class StrikeForm(StepForm):
    """Nothing to fill in: everything stands on the page."""


class RefuseForm(StepForm):
    text = _words(_("Why it is not struck off"), hint=_("The unit reads this."))


class MoveForm(StepForm):
    promised_on = _day(_("New promised day"))
    text = _words(_("Reason"))


class ReviewForm(StepForm):
    review_on = _day(_("Next review"))


FORMS: dict[Step, type[StepForm]] = {
    Step.ADD: AddForm,
    Step.ASK: AskForm,
    Step.CALL_BACK: CallBackForm,
    Step.STRIKE: StrikeForm,
    Step.REFUSE: RefuseForm,
    Step.MOVE: MoveForm,
    Step.REVIEW: ReviewForm,
}
