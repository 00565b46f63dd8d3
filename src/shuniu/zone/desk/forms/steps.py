"""Shape of what a step needs. Sense is judged by the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from shuniu.profiles.schema import Profile
from shuniu.zone.desk.choices import Grade, Pressed, Solved, Step, Urgency
from shuniu.zone.desk.forms.fields import files_field, words_field
from shuniu.zone.desk.models import Case
from shuniu.zone.desk.services import suggested_parts
from shuniu.zone.kernel.clock import local
from shuniu.zone.registry.queries import active_offices, no_offices

if TYPE_CHECKING:
    _ModelChoiceField = forms.ModelChoiceField[Any]
else:
    _ModelChoiceField = forms.ModelChoiceField

DISCIPLINE = "discipline"


class StepForm(forms.Form):
    """What a step needs. ``case`` and ``profile`` decide what can be chosen."""

    def __init__(
        self, *args: Any, case: Case, profile: Profile, language: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.profile, self.language = case, profile, language
        self.prepare()

    def prepare(self) -> None:
        """Fill in what can be chosen and what is proposed."""

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of the command."""
        return dict(self.cleaned_data)


class AcceptForm(StepForm):
    category = forms.ChoiceField(label=_("Category"))
    subcategory = forms.ChoiceField(label=_("Second level"), required=False)
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=Urgency.choices, widget=forms.RadioSelect
    )
    text = words_field(_("Note"), rows=2, required=False)

    def prepare(self) -> None:
        category = cast("forms.ChoiceField", self.fields["category"])
        second = cast("forms.ChoiceField", self.fields["subcategory"])
        category.choices = self.categories()
        second.choices = [("", _("not chosen"))] + [
            (c.label(self.language), [(s.code, s.label(self.language)) for s in c.subcategories])
            for c in self.profile.categories
        ]
        category.initial = self.case.suggestion.get("category")
        self.fields["urgency"].initial = self.case.suggestion.get("urgency", Urgency.NORMAL)

    def categories(self) -> list[Any]:
        """Return the categories, the likely ones in a group at the top."""
        labels = {c.code: c.label(self.language) for c in self.profile.categories}
        top = [code for code in self.case.suggestion.get("top3", []) if code in labels]
        others = [(code, label) for code, label in labels.items() if code not in top]
        if not top:
            return [("", _("Please choose")), *others]
        return [
            (_("Suggested"), [(code, labels[code]) for code in top]),
            (_("All others"), others),
        ]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        category = next(
            (c for c in self.profile.categories if c.code == given.get("category")), None
        )
        second = {s.code for s in category.subcategories} if category else set()
        if given.get("subcategory") and given["subcategory"] not in second:
            self.add_error("subcategory", _("This second level belongs to another category."))
        return given

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"urgency": Urgency(self.cleaned_data["urgency"])}


class RejectForm(StepForm):
    text = words_field(_("Why the zone cannot take it on"), rows=3)
    instead = words_field(
        _("Where to go instead"),
        rows=2,
        hint=_("Which office, where, which phone number."),
    )


class ObjectForm(StepForm):
    text = words_field(_("Why should the zone take it on?"), rows=3)


class EscalateForm(StepForm):
    body = forms.CharField(label=_("Body of the district"), max_length=60)
    number = forms.CharField(label=_("Its number there"), max_length=40, required=False)
    text = words_field(_("Why it goes up"), rows=3)


class TakeBackForm(StepForm):
    text = words_field(_("What the district said"), rows=3)


class OfficeField(_ModelChoiceField):
    """A unit, named in the language of the person."""

    language = "zh-hans"

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.zh if self.language.startswith("zh") else obj.en)


class UnitStepForm(StepForm):
    """A step that names a unit."""

    unit_field = "unit"

    def prepare(self) -> None:
        field = cast("OfficeField", self.fields[self.unit_field])
        field.queryset, field.language = active_offices(), self.language


class DispatchForm(UnitStepForm):
    unit = OfficeField(label=_("Unit"), queryset=no_offices())

    def prepare(self) -> None:
        super().prepare()
        suggestion = self.case.suggestion
        code = suggestion.get("returned_for")
        if not code and self.case.category == suggestion.get("category"):
            code = suggestion.get("unit_code")
        if not code and self.case.category:
            code = self.profile.category(self.case.category).unit
        self.fields["unit"].initial = active_offices().filter(code=code).first()


class TogetherForm(forms.Form):
    """The unit that several cases go to; the one that fits most of them is proposed."""

    unit = OfficeField(
        label=_("Give them to"), queryset=no_offices(), empty_label=_("Please choose")
    )

    def __init__(self, *args: Any, language: str, codes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("OfficeField", self.fields["unit"])
        field.queryset = active_offices().exclude(kind=DISCIPLINE)
        field.language = language
        named = [code for code in codes if code]
        if named:
            likely = max(sorted(set(named)), key=named.count)
            field.initial = field.queryset.filter(code=likely).first()

    def unit_code(self) -> str:
        """Return the code of the unit that is chosen or proposed."""
        given = self.fields["unit"].initial
        if self.is_bound:
            given = self.cleaned_data.get("unit") if self.is_valid() else None
        return given.code if given else ""


class SignForm(StepForm):
    pass


class ContactForm(StepForm):
    text = words_field(_("What was said"), rows=2, required=False)


class PlanForm(StepForm):
    text = words_field(_("What will be done"), rows=3)
    planned_on = forms.DateField(
        label=_("Done by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def prepare(self) -> None:
        due_on = date_format(local(self.case.done_due_at), "SHORT_DATE_FORMAT")
        self.fields["planned_on"].help_text = _("The answer is due on %(day)s.") % {"day": due_on}


class NoteForm(StepForm):
    text = words_field(_("How far is it?"), rows=3)


class ReplyForm(StepForm):
    text = words_field(
        _("Answer"), rows=6, hint=_("What was done, by whom, when, and what happens next.")
    )


class ReturnForm(UnitStepForm):
    unit_field = "suggested_unit"

    text = words_field(_("Why it is not yours"), rows=3)
    suggested_unit = OfficeField(label=_("Which unit fits better"), queryset=no_offices())

    def prepare(self) -> None:
        super().prepare()
        field = cast("OfficeField", self.fields["suggested_unit"])
        if self.case.lead_unit_id is not None:
            field.queryset = active_offices().exclude(pk=self.case.lead_unit_id)


class AskForm(StepForm):
    text = words_field(
        _("What do you need to know?"), rows=3, hint=_("One question, and what you need it for.")
    )


class AnswerForm(StepForm):
    text = words_field(_("Your answer"), rows=4, required=False)
    uploads = files_field()


class ResumeForm(StepForm):
    text = words_field(_("Why it goes on"), rows=2, hint=_("For instance: answered by phone."))


class DayStepForm(StepForm):
    """A step with words and a day."""

    until = forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), label=_("Until")
    )


class AskExtensionForm(DayStepForm):
    text = words_field(_("Why more time is needed"), rows=3)
    field_order = ("text", "until")

    def prepare(self) -> None:
        due_on = date_format(local(self.case.done_due_at), "SHORT_DATE_FORMAT")
        self.fields["until"].help_text = _("The answer is due on %(day)s.") % {"day": due_on}


class AskSuspensionForm(DayStepForm):
    text = words_field(
        _("Why it cannot be done now"), rows=3, hint=_("What is missing, and when it may come.")
    )
    field_order = ("text", "until")

    def prepare(self) -> None:
        self.fields["until"].label = _("Looked at again on")


class ReviewForm(DayStepForm):
    text = words_field(_("How does it stand?"), rows=3)
    field_order = ("text", "until")

    def prepare(self) -> None:
        self.fields["until"].label = _("Looked at again on")


class DecideForm(StepForm):
    text = words_field(_("Note"), rows=2, required=False)


class DenyForm(StepForm):
    text = words_field(_("Reason for the refusal"), rows=2)


class ConfirmForm(StepForm):
    solved = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=[(value, label) for value, label in Solved.choices if value != Solved.NO],
        initial=Solved.YES,
        widget=forms.RadioSelect,
    )
    rating = forms.TypedChoiceField(
        label=_("How satisfied are you?"),
        coerce=int,
        choices=Grade.choices,
        widget=forms.RadioSelect,
    )
    text = words_field(_("Comment"), rows=2, required=False)

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"solved": Solved(self.cleaned_data["solved"])}


class RefuseForm(StepForm):
    text = words_field(_("What is still not solved?"), rows=3)


class WithdrawForm(StepForm):
    text = words_field(_("Why do you withdraw it?"), rows=2)


class AddForm(StepForm):
    text = words_field(_("Add something"), rows=3, required=False)
    uploads = files_field()


class UrgeForm(StepForm):
    text = words_field(
        _("What the unit is asked"), rows=4, hint=_("What is late, and what is to be done.")
    )
    until = forms.DateField(
        label=_("Answer by"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class RespondForm(StepForm):
    text = words_field(
        _("Answer to the supervisor"), rows=4, hint=_("How it stands, why, and when it is done.")
    )


class CallBackForm(StepForm):
    solved = forms.ChoiceField(
        label=_("What does the enterprise say: is it solved?"),
        choices=Solved.choices,
        widget=forms.RadioSelect,
    )
    rating = forms.TypedChoiceField(
        label=_("How satisfied is it?"),
        coerce=int,
        empty_value=None,
        choices=[("", _("no grade given")), *Grade.choices],
        required=False,
    )
    text = words_field(
        _("What was said"), rows=3, hint=_("With whom you spoke, and what they found.")
    )

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"solved": Solved(self.cleaned_data["solved"])}


class CheckWithdrawalForm(StepForm):
    pressed = forms.ChoiceField(
        label=_("Did somebody press the enterprise to withdraw it?"),
        choices=Pressed.choices,
        widget=forms.RadioSelect,
    )
    text = words_field(
        _("What was said"), rows=3, hint=_("With whom you spoke, and what they found.")
    )

    def arguments(self) -> dict[str, Any]:
        return super().arguments() | {"pressed": Pressed(self.cleaned_data["pressed"])}


class MergeForm(StepForm):
    into = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**18)
    text = words_field(_("Why they are the same"), rows=2, required=False)


class UnmergeForm(StepForm):
    text = words_field(_("Why it is not the same"), rows=2, required=False)


class SplitForm(StepForm):
    """The words of each part; what the text seems to tell of is filled in."""

    part_1 = words_field(_("First case"), rows=3, required=False)
    part_2 = words_field(_("Second case"), rows=3, required=False)
    part_3 = words_field(_("Third case"), rows=2, required=False)
    part_4 = words_field(_("Fourth case"), rows=2, required=False)
    part_5 = words_field(_("Fifth case"), rows=2, required=False)
    part_6 = words_field(_("Sixth case"), rows=2, required=False)

    def prepare(self) -> None:
        for field, part in zip(self.fields.values(), suggested_parts(self.case.text), strict=False):
            field.initial = part

    def arguments(self) -> dict[str, Any]:
        return {"texts": tuple(self.cleaned_data[name] for name in self.fields)}


FORMS: dict[Step, type[StepForm]] = {
    Step.ACCEPT: AcceptForm,
    Step.REJECT: RejectForm,
    Step.OBJECT: ObjectForm,
    Step.DISPATCH: DispatchForm,
    Step.SIGN: SignForm,
    Step.CONTACT: ContactForm,
    Step.PLAN: PlanForm,
    Step.NOTE: NoteForm,
    Step.REPLY: ReplyForm,
    Step.RETURN: ReturnForm,
    Step.ASK: AskForm,
    Step.ANSWER: AnswerForm,
    Step.RESUME: ResumeForm,
    Step.ASK_EXTENSION: AskExtensionForm,
    Step.GRANT_EXTENSION: DecideForm,
    Step.ASK_SUSPENSION: AskSuspensionForm,
    Step.SUSPEND: DecideForm,
    Step.DENY: DenyForm,
    Step.REVIEW: ReviewForm,
    Step.ESCALATE: EscalateForm,
    Step.TAKE_BACK: TakeBackForm,
    Step.CONFIRM: ConfirmForm,
    Step.REFUSE: RefuseForm,
    Step.WITHDRAW: WithdrawForm,
    Step.ADD: AddForm,
    Step.URGE: UrgeForm,
    Step.RESPOND: RespondForm,
    Step.CALL_BACK: CallBackForm,
    Step.CHECK_WITHDRAWAL: CheckWithdrawalForm,
    Step.MERGE: MergeForm,
    Step.UNMERGE: UnmergeForm,
    Step.SPLIT: SplitForm,
}
