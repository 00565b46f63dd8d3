"""Accounts, posts and roles of staff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from shuniu.zone.accounts.choices import ENTERPRISE_ROLES, Role
from shuniu.zone.registry.forms.fields import MobileField, NameField, OfficeField
from shuniu.zone.registry.models import Post
from shuniu.zone.registry.queries import active_offices, no_offices
from shuniu.zone.registry.services import NewPost

if TYPE_CHECKING:
    _BaseFormSet = forms.BaseFormSet[Any]
else:
    _BaseFormSet = forms.BaseFormSet

MOST_POSTS = 12


class RenameForm(forms.Form):
    name = NameField(label=_("Name"), max_length=60)
    phone = MobileField(
        label=_("Mobile number"),
        required=False,
        help_text=_("With it the person can sign in too."),
        attrs={"autocomplete": "off"},
    )


class AccountForm(forms.Form):
    """A new account of a member of staff."""

    name = NameField(label=_("Name"), max_length=60)
    sign_in_name = forms.RegexField(
        label=_("Sign-in name"),
        regex=r"(?i)\A[a-z][a-z0-9._-]{2,39}\Z",
        help_text=_("3 to 40 small letters, digits, dots and hyphens, beginning with a letter."),
        error_messages={
            "invalid": _(
                "3 to 40 small letters, digits, dots and hyphens, beginning with a letter."
            )
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    phone = RenameForm.base_fields["phone"]

    def clean_sign_in_name(self) -> str:
        return str(self.cleaned_data["sign_in_name"]).lower()


class PostForm(forms.Form):
    """One place in an office."""

    office = OfficeField(
        label=_("Office"), queryset=no_offices(), required=False, empty_label=_("none")
    )
    title = NameField(label=_("Title"), max_length=40, required=False)
    is_head = forms.BooleanField(label=_("Head of the office"), required=False)

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("OfficeField", self.fields["office"])
        field.queryset, field.language = active_offices(), language

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("title") and not given.get("office") and not self.errors:
            self.add_error("office", _("Which office is the title for?"))
        return given


class PostFormSet(_BaseFormSet):
    """All posts of a person; a row without an office is left out."""

    def clean(self) -> None:
        offices = [f.cleaned_data["office"] for f in self.forms if f.cleaned_data.get("office")]
        if len({office.pk for office in offices}) < len(offices):
            raise forms.ValidationError(_("An office stands here twice."))

    def posts(self) -> list[NewPost]:
        """Return the posts that were filled in."""
        given = [form.cleaned_data for form in self.forms if form.cleaned_data.get("office")]
        return [NewPost(one["office"], one["title"], is_head=one["is_head"]) for one in given]


def post_forms(data: Any, posts: Sequence[Post], language: str) -> PostFormSet:
    """Return a form for each post that a person has, and two empty ones."""
    make = forms.formset_factory(PostForm, formset=PostFormSet, extra=2, max_num=MOST_POSTS)
    initial = [{"office": p.office_id, "title": p.title, "is_head": p.is_head} for p in posts]
    made = make(data, initial=initial, prefix="posts", form_kwargs={"language": language})
    return cast("PostFormSet", made)


class GiveRoleForm(forms.Form):
    """A role that a person does not have yet; nothing is offered to people of enterprises."""

    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, *args: Any, held: Sequence[str], is_outside: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["role"])
        free = [
            (role.value, role.label)
            for role in Role
            if not is_outside and role not in ENTERPRISE_ROLES and role not in held
        ]
        field.choices = [("", _("Choose a role")), *free]
