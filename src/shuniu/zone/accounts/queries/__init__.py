from __future__ import annotations

from shuniu.zone.accounts.queries.keeping import (
    NOBODY,
    codes_held,
    deletion_request_of,
    deletion_requests,
    guesses_held,
    identities_held,
    name_without_person,
    named_accounts,
    requests_held,
    stays_held,
)
from shuniu.zone.accounts.queries.my_data import (
    data_of,
)
from shuniu.zone.accounts.queries.people import (
    has_people,
    mobile_number,
    password_about,
    password_is_old,
    phone_of,
    recovery_codes_left,
    roles_of,
    second_factor_begun_by,
    second_factor_of,
    user_called,
    user_with_phone,
)
from shuniu.zone.accounts.queries.sessions import (
    Stay,
    session_of_key,
    sessions_of,
    stay_of_key,
)
from shuniu.zone.accounts.queries.tokens import Bearer, bearer_of, tokens_of

__all__ = [
    "NOBODY",
    "Bearer",
    "Stay",
    "bearer_of",
    "codes_held",
    "data_of",
    "deletion_request_of",
    "deletion_requests",
    "guesses_held",
    "has_people",
    "identities_held",
    "mobile_number",
    "name_without_person",
    "named_accounts",
    "password_about",
    "password_is_old",
    "phone_of",
    "recovery_codes_left",
    "requests_held",
    "roles_of",
    "second_factor_begun_by",
    "second_factor_of",
    "session_of_key",
    "sessions_of",
    "stay_of_key",
    "stays_held",
    "tokens_of",
    "user_called",
    "user_with_phone",
]
