"""What the commands of the accounts answer when they will not."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from shuniu.zone.kernel.refusals import Refusal


class NotForYou(Refusal):
    code = "accounts.not_for_you"
    status = 403
    sentence = _(
        "Your role does not include this. The security administrator can tell you who may."
    )


class SignInRefused(Refusal):
    """The same for every cause, so that nobody learns who has an account."""

    code = "accounts.sign_in_refused"
    status = 422
    sentence = _("The name or the password is not right. Please check both and try again.")


class TooManyGuesses(Refusal):
    code = "accounts.too_many_guesses"
    status = 429
    sentence = ngettext_lazy(
        "Tried too often. Please try again in %(minutes)s minute.",
        "Tried too often. Please try again in %(minutes)s minutes.",
        "minutes",
    )


class TooBusy(Refusal):
    code = "accounts.too_busy"
    status = 503
    sentence = _("Many people are signing in just now. Please try again in a few seconds.")


class SecondFactorRefused(Refusal):
    code = "accounts.second_factor_refused"
    status = 422
    sentence = _("This code is not right, or it was used already. Please take the next one.")


class SecondFactorNeeded(Refusal):
    code = "accounts.second_factor_needed"
    status = 409
    sentence = _("Your role needs the second factor; it cannot be turned off.")


class WrongPassword(Refusal):
    code = "accounts.wrong_password"
    status = 422
    sentence = _("This is not your present password.")


class CodeRefused(Refusal):
    """The same for every cause, so that nobody learns who has an account."""

    code = "accounts.code_refused"
    status = 422
    sentence = _(
        "This name and code do not go together, or the code was used or is over. "
        "Please ask for a new one."
    )


class PasswordRefused(Refusal):
    """``messages`` says what has to change, a sentence each."""

    code = "accounts.password_refused"
    status = 422
    sentence = _("This password cannot be taken.")

    def __init__(self, messages: tuple[str | Promise, ...]) -> None:
        super().__init__()
        self.messages = messages

    def __str__(self) -> str:
        return " ".join(str(message) for message in self.messages)


class AlreadyAdministers(Refusal):
    code = "accounts.already_administers"
    status = 409
    sentence = _(
        "System, security and audit administration are never in one hand: "
        "this person has one of them already."
    )


class LastSecurityAdministrator(Refusal):
    code = "accounts.last_security_administrator"
    status = 409
    sentence = _("This is the last security administrator. Please give the role to another first.")


class NameTaken(Refusal):
    code = "accounts.name_taken"
    status = 409
    sentence = _("The sign-in name %(name)s is taken. Please choose another.")


class PhoneTaken(Refusal):
    code = "accounts.phone_taken"
    status = 409
    sentence = _("This phone number already signs in to another account.")


class PhoneNotValid(Refusal):
    code = "accounts.phone_not_valid"
    status = 422
    sentence = _("Please write a mobile number of eleven digits.")


class AccountIsClosed(Refusal):
    code = "accounts.account_is_closed"
    status = 409
    sentence = _("This account is closed. Please open it again first.")
