"""How long a zone keeps what it knows about people."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shuniu.profiles.parts import Part

Months = Annotated[int, Field(ge=1, le=120)]
Days = Annotated[int, Field(ge=1, le=366)]
# Cybersecurity Law, article 21: logs of the network are kept for at least six months.
LogMonths = Annotated[int, Field(ge=6, le=120)]
# PIPL, article 56: assessments and records of processing are kept for at least three years.
RecordMonths = Annotated[int, Field(ge=36, le=120)]


class Retention(Part):
    """Periods after which personal data are deleted; each begins when the purpose is met.

    Attributes
    ----------
    needs_months
        Words, notes and files of a case, after it was closed or withdrawn.
    contacts_months
        A contact of an enterprise, since it was last verified.
    registrations_months
        An application to join, after it was decided.
    accounts_months
        Name and telephone number of a person, after the account was closed.
    sessions_months
        A stay from signing in to signing out, after its end; a device since it was last used.
    codes_days
        One-time and recovery codes, after use or expiry.
    guesses_days
        Counts of wrong passwords, since the last one.
    deliveries_days
        Background work that is done, since the thing that it followed from.
    records_months
        Reported breaches and answered requests of persons, after they were settled.
    """

    needs_months: Months = 12
    contacts_months: Months = 12
    registrations_months: Months = 6
    accounts_months: Months = 6
    sessions_months: LogMonths = 6
    codes_days: Days = 30
    guesses_days: Days = 30
    deliveries_days: Days = 30
    records_months: RecordMonths = 36
