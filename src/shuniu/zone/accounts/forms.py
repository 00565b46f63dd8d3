"""What people write at the door and about their own account. Shape only: truth is the commands'."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_CHARACTERS = 256
NAME_CHARACTERS = 60
CODE_CHARACTERS = 40

PLAIN = {"autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}
SIX_DIGITS = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "enterkeyhint": "go",
    "placeholder": "123456",
    "class": "code-field",
}
LETTERS = {
    "autocomplete": "off",
    "autocapitalize": "characters",
    "autocorrect": "off",
    "spellcheck": "false",
    "class": "code-field",
}


def name_field() -> forms.CharField:
    """Return the field for whoever signs in: by name or by mobile number."""
    return forms.CharField(
        label=_("Sign-in name or mobile number"),
        max_length=NAME_CHARACTERS,
        widget=forms.TextInput(attrs={**PLAIN, "autocomplete": "username", "enterkeyhint": "next"}),
    )


def password_field(label: Any, autocomplete: str, *, help_text: Any = "") -> forms.CharField:
    """Return a field for a password, which is taken exactly as it is typed or pasted."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=MOST_CHARACTERS,
        strip=False,
        widget=forms.PasswordInput(attrs={**PLAIN, "autocomplete": autocomplete}),
    )


class SignInForm(forms.Form):
    """Name and password; with a code as well, somebody who is held back gets in all the same."""

    name = name_field()
    password = password_field(_("Password"), "current-password")
    code = forms.CharField(
        label=_("Code of your app, or a recovery code"),
        help_text=_("Only if your account has two-step verification."),
        max_length=CODE_CHARACTERS,
        required=False,
        widget=forms.TextInput(attrs=LETTERS | {"autocomplete": "one-time-code"}),
    )


class CodeForm(forms.Form):
    """The second step: the six digits that the app shows."""

    code = forms.CharField(
        label=_("The six digits that your app shows now"),
        max_length=CODE_CHARACTERS,
        widget=forms.TextInput(attrs=SIX_DIGITS),
    )


class RecoveryForm(forms.Form):
    """The second step without the phone: a code that was kept for this."""

    recovery_code = forms.CharField(
        label=_("Recovery code"),
        help_text=_("One of the ten that you kept. Each works once."),
        max_length=CODE_CHARACTERS,
        widget=forms.TextInput(attrs=LETTERS),
    )


class SetUpForm(forms.Form):
    """The first code of an app that is being linked."""

    code = forms.CharField(
        label=_("Six digits"),
        max_length=CODE_CHARACTERS,
        widget=forms.TextInput(attrs=SIX_DIGITS),
    )


class NewPassword(forms.Form):
    """A new password, written twice. Subclasses name its two fields in ``twice``."""

    twice = ("password", "again")

    def clean(self) -> dict[str, Any]:
        first, second = (self.cleaned_data.get(name) for name in self.twice)
        if first and second and first != second:
            self.add_error(self.twice[1], _("The two are not the same. Please type it once more."))
        return self.cleaned_data


class EnterForm(NewPassword):
    """A one-time code and the password that is chosen with it."""

    name = name_field()
    code = forms.CharField(
        label=_("One-time code"),
        help_text=_(
            "Three groups of four, as it was told to you. Capitals and hyphens do not matter."
        ),
        max_length=CODE_CHARACTERS,
        widget=forms.TextInput(attrs=LETTERS | {"placeholder": "ABCD-EFGH-JKLM"}),
    )
    password = password_field(_("New password"), "new-password")
    again = password_field(_("New password once more"), "new-password")


class PasswordForm(NewPassword):
    """The present password and the one that takes its place."""

    old = password_field(_("Present password"), "current-password")
    new = password_field(_("New password"), "new-password")
    again = password_field(_("New password once more"), "new-password")

    twice = ("new", "again")


class ConfirmForm(forms.Form):
    """The password once more."""

    password = password_field(_("Password"), "current-password")


class TokenForm(forms.Form):
    """What a key for a program shall be called, and how long and how far it opens something."""

    name = forms.CharField(
        label=_("Which program is it for?"),
        max_length=NAME_CHARACTERS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    days = forms.TypedChoiceField(
        label=_("How long shall it work?"),
        coerce=int,
        choices=[
            (30, _("30 days")),
            (90, _("90 days")),
            (180, _("180 days")),
            (365, _("a year")),
        ],
        initial=90,
    )
    may_write = forms.BooleanField(
        label=_("The program may also change things"),
        help_text=_("Without it the key only reads."),
        required=False,
    )
