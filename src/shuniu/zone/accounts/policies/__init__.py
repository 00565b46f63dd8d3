"""Who may do what with accounts, and what a password must be. No query, no change."""

from __future__ import annotations

from shuniu.zone.accounts.policies.passwords import (
    PasswordAbout,
    PasswordRules,
    password_problems,
)
from shuniu.zone.accounts.policies.roles import (
    RuleOfAccount,
    may_close,
    may_end_sessions,
    may_issue_code,
    may_open,
    may_protect_data,
    may_read_trail,
    may_rename,
    may_turn_role,
    needs_second_factor,
)

__all__ = [
    "PasswordAbout",
    "PasswordRules",
    "RuleOfAccount",
    "may_close",
    "may_end_sessions",
    "may_issue_code",
    "may_open",
    "may_protect_data",
    "may_read_trail",
    "may_rename",
    "may_turn_role",
    "needs_second_factor",
    "password_problems",
]
