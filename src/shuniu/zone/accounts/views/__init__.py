"""What a person sees at the door and of their own account."""

from __future__ import annotations

from shuniu.zone.accounts.views.account import account, confirm, password
from shuniu.zone.accounts.views.audit import audit, audit_check, audit_entry, audit_file
from shuniu.zone.accounts.views.my_data import (
    deletion_ask,
    deletion_back,
    my_data,
    my_data_file,
    my_name,
    my_phone,
)
from shuniu.zone.accounts.views.second_factor import (
    recovery_codes,
    second_factor,
    second_factor_off,
)
from shuniu.zone.accounts.views.sessions import session_end, session_list, sessions_end
from shuniu.zone.accounts.views.sign_in import (
    enter,
    sign_in,
    sign_in_code,
    sign_in_help,
    sign_out,
)
from shuniu.zone.accounts.views.tokens import token_end, token_list

__all__ = [
    "account",
    "audit",
    "audit_check",
    "audit_entry",
    "audit_file",
    "confirm",
    "deletion_ask",
    "deletion_back",
    "enter",
    "my_data",
    "my_data_file",
    "my_name",
    "my_phone",
    "password",
    "recovery_codes",
    "second_factor",
    "second_factor_off",
    "session_end",
    "session_list",
    "sessions_end",
    "sign_in",
    "sign_in_code",
    "sign_in_help",
    "sign_out",
    "token_end",
    "token_list",
]
