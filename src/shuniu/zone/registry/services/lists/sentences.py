"""What the findings of lists of enterprises and staff say, by their code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from shuniu.zone.kernel.importing.kinds import Sentence, Values
from shuniu.zone.kernel.importing.wording import said_here
from shuniu.zone.registry.credit_code import credit_code_problem
from shuniu.zone.registry.queries import FIELD_LABELS
from shuniu.zone.registry.services.lists.cells import mobile_words

PERSON_LABELS: Mapping[str, Promise] = {
    "person": _("Name"),
    "phone": _("Mobile number"),
    "posts": _("Offices and titles"),
}
LICENSE = _("Compare it with the business license, character by character.")
DIGITS_ONLY = _("Write digits only, such as 120.")
INDUSTRY = _("Write the code of GB/T 4754, such as 35 or 3599, or leave the cell empty.")
ONE_OF_TWO = _("Keep one of the two rows.")


def _code(values: Values) -> Any:
    return credit_code_problem(values["code"])


def _mobile(values: Values) -> Any:
    return mobile_words(values["count"])


def _fields_changed(values: Values) -> str:
    labels = {**FIELD_LABELS, **PERSON_LABELS}
    names = "、".join(str(labels[key]) for key in values["keys"] if key in labels)
    return gettext("Somebody has changed this since: %(label)s.") % {"label": names}


CELLS: Mapping[str, Sentence] = {
    "credit_code": Sentence(_code, LICENSE),
    # Of the last character the sentence itself says what to do.
    "credit_code_check": Sentence(_code),
    "text_long": Sentence(
        _("The text has %(count)d characters; at most %(most)d can be kept."), _("Shorten it.")
    ),
    "symbol": Sentence(_("A name does not contain “%(symbol)s”.")),
    "phone": Sentence(_mobile, _("A landline needs its area code, such as 0513-82210000.")),
    "mobile": Sentence(_mobile),
    "not_yes_no": Sentence(_("“%(cell)s” is neither yes nor no."), _("Write 是 or 否, yes or no.")),
    "not_whole": Sentence(_("“%(cell)s” is not a whole number."), DIGITS_ONLY),
    "negative": Sentence(_("“%(cell)s” is below zero: there are no fewer than 0."), DIGITS_ONLY),
    "too_many_people": Sentence(_("No enterprise has %(count)s employees.")),
    "industry_shape": Sentence(
        _("An industry code has two to four digits, such as 35 or 3599."), INDUSTRY
    ),
    "industry_unknown": Sentence(
        _("No industry begins with %(division)s: divisions go from 01 to 97."), INDUSTRY
    ),
    "too_many_goods": Sentence(
        ngettext_lazy(
            "At most %(most)d can be kept; here is %(count)d.",
            "At most %(most)d can be kept; here are %(count)d.",
            "count",
        )
    ),
    "good_long": Sentence(
        _("“%(good)s…” is too long: one has at most %(most)d characters."),
        _("Divide goods by commas."),
    ),
    "not_degrees": Sentence(
        _("“%(cell)s” is no number of degrees."), _("Write decimal degrees, such as 121.186432.")
    ),
    "not_a_day": Sentence(
        _("“%(cell)s” is no day."), _("Write year, month and day, such as 2026-03-15.")
    ),
    "day_to_come": Sentence(
        _("%(day)s is still to come: nobody has verified anything then."),
        _("Write the day on which it was verified, or leave the cell empty."),
    ),
    "blank_in_name": Sentence(_("A sign-in name has no blanks.")),
    "missing": Sentence(_("This is missing: %(label)s.")),
    "same_code": Sentence(_("Row %(row)d has the same code."), ONE_OF_TWO),
    "same_name": Sentence(_("Row %(row)d has the same name."), ONE_OF_TWO),
    "same_number": Sentence(_("Row %(row)d has the same number."), ONE_OF_TWO),
    "same_sign_in_name": Sentence(_("Row %(row)d has the same sign-in name."), ONE_OF_TWO),
}

ENTERPRISES: Mapping[str, Sentence] = {
    **CELLS,
    "whose_number": Sentence(_("Whose number is this?"), _("Write the name beside it.")),
    "which_number": Sentence(_("By which number is the contact reached?")),
    "two_numbers": Sentence(_("Two numbers are needed: longitude, then latitude.")),
    "half_position": Sentence(_("Longitude and latitude belong together: one of them is missing.")),
    "position": Sentence(said_here, _("Correct the position, or leave it empty.")),
    "merged_code": Sentence(
        _("The record of this code was merged into %(name)s (%(code)s)."), _("Use that code.")
    ),
    "name_of_other": Sentence(
        _("%(name)s is registered already, with the code %(code)s."),
        _("Compare the code with the business license."),
    ),
    "renamed": Sentence(
        _("This code is registered as %(name)s."),
        _("Make sure that it is the same firm under a new name."),
    ),
    "contact_beside": Sentence(
        _("The record has other contacts already: %(names)s. This one is added beside them.")
    ),
    "gone": Sentence(_("The record is gone.")),
    "merged": Sentence(_("The record was merged with %(name)s since.")),
    "changed": Sentence(_fields_changed),
    "position_changed": Sentence(_("Somebody has changed the position since.")),
    "contact_changed": Sentence(_("Somebody has changed the contact since.")),
    "old_name_taken": Sentence(_("The old name belongs to another record by now: %(code)s.")),
    "has_cases": Sentence(_("There are cases of this enterprise by now.")),
    "has_people": Sentence(_("People speak for this enterprise by now.")),
    "has_sites": Sentence(_("Sites were added to this record since.")),
    "has_contacts": Sentence(_("Contacts were added to this record since.")),
    "has_corrections": Sentence(_("Corrections of this record were asked for since.")),
    "has_mergers": Sentence(_("Another record was merged into this one since.")),
    "used": Sentence(_("Something else hangs on this record by now.")),
    "happened": Sentence(_("Somebody has worked on this record since: its history says what.")),
}

STAFF: Mapping[str, Sentence] = {
    **CELLS,
    "no_office": Sentence(
        _("The zone has no office called %(name)s."), _("Write its name as in the zone profile.")
    ),
    "which_office": Sentence(_("Which office is the title for?")),
    "number_taken": Sentence(_("This number is another person's already.")),
    "closed": Sentence(_("The account of this person is closed.")),
    "of_enterprise": Sentence(_("This is the account of somebody of an enterprise.")),
    "account_gone": Sentence(_("The account is gone.")),
    "account_used": Sentence(_("The account has been used, or given a role or a code since.")),
    "person_changed": Sentence(_fields_changed),
}
