"""The second factor: codes of an app (TOTP, RFC 6238) and recovery codes on paper."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction

from shuniu.zone.accounts import facts, policies, queries
from shuniu.zone.accounts.choices import CodeUse
from shuniu.zone.accounts.models import RecoveryCode, SecondFactor, SignInSession, User
from shuniu.zone.accounts.queries.sessions import key_digest
from shuniu.zone.accounts.services.refusals import SecondFactorNeeded, SecondFactorRefused
from shuniu.zone.kernel.services import record_fact

SECRET_BYTES = 20
DIGITS = 6
STEP_S = 30
STEPS_AROUND = (-1, 0, 1)  # clocks of phones are a little off
RECOVERY_CODES = 10
# Without 0 and O, 1, I and L: these are read out on the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def spoken_code(groups: int, *, of: int = 4) -> str:
    """Return a random code in groups that can be read out, such as ``7KQM-2WXD``."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(of)) for _ in range(groups))


def code_digest(purpose: str, code: str) -> str:
    """Return under what a code is kept; blanks, hyphens and small letters do not matter."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    text = f"{purpose}\x1f{plain}".encode()
    return hmac.new(settings.INDEX_KEY, text, hashlib.sha256).hexdigest()


def provisioning_uri(factor: SecondFactor, account: str, issuer: str) -> str:
    """Return what the QR code says to an app: an ``otpauth`` address (Key URI Format)."""
    words = urlencode(
        {"secret": factor.secret, "issuer": issuer, "digits": DIGITS, "period": STEP_S},
        quote_via=quote,
    )
    return f"otpauth://totp/{quote(f'{issuer}:{account}')}?{words}"


def codes_at(secret: str, moment: datetime) -> dict[int, str]:
    """Return the codes that are taken at ``moment``, by their steps."""
    key = base64.b32decode(secret)
    totp = TOTP(key, DIGITS, SHA1(), STEP_S, enforce_key_length=False)  # noqa: S303  # RFC 6238
    now_step = int(moment.timestamp()) // STEP_S
    steps = [now_step + around for around in STEPS_AROUND]
    return {step: totp.generate(step * STEP_S).decode() for step in steps}


def use_code(factor: SecondFactor, code: str, now: datetime) -> CodeUse | None:
    """Use up a code of the app, or a recovery code; None if it is neither, or was used."""
    plain = "".join(code.split())
    if len(plain) == DIGITS and plain.isdecimal() and plain.isascii():
        for step, right in codes_at(factor.secret, now).items():
            if hmac.compare_digest(right, plain) and _use_step(factor, step):
                return CodeUse.TOTP
        return None
    digest = code_digest(f"recovery:{factor.pk}", code)
    unused = RecoveryCode.objects.filter(user_id=factor.pk, digest=digest, used_at__isnull=True)
    return CodeUse.RECOVERY if unused.update(used_at=now) else None


def _use_step(factor: SecondFactor, step: int) -> bool:
    later = SecondFactor.objects.filter(pk=factor.pk, last_step__lt=step)
    return bool(later.update(last_step=step))


@transaction.atomic
def begin_second_factor(*, actor: User, now: datetime) -> SecondFactor:
    """Return the second factor that a person is setting up; a new secret if there is none.

    A confirmed one is not touched: it is turned off first, or a one-time code replaces it.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    found = SecondFactor.objects.filter(pk=actor.pk).first()
    if found is not None:
        return found
    secret = base64.b32encode(secrets.token_bytes(SECRET_BYTES)).decode("ascii")
    factor = SecondFactor(user=actor, secret=secret, made_at=now)
    factor.save(force_insert=True)
    record_fact(facts.SecondFactorBegun(user_id=actor.pk), actor=actor, at=now)
    return factor


@transaction.atomic
def confirm_second_factor(
    *, code: str, session_key: str | None, actor: User, now: datetime
) -> tuple[str, ...]:
    """Confirm the second factor with a first code of the app; return the recovery codes.

    The present session counts as one with the second factor from now on.

    Raises
    ------
    SecondFactorRefused
        If the code is not the app's, or nothing was begun.
    """
    factor = SecondFactor.objects.filter(pk=actor.pk, confirmed_at__isnull=True).first()
    if factor is None or use_code(factor, code, now) != CodeUse.TOTP:
        raise SecondFactorRefused
    SecondFactor.objects.filter(pk=actor.pk).update(confirmed_at=now)
    SignInSession.objects.filter(key_digest=key_digest(session_key), user=actor).update(
        second_factor_at=now
    )
    codes = _new_recovery_codes(actor)
    record_fact(facts.SecondFactorSet(user_id=actor.pk), actor=actor, at=now)
    return codes


@transaction.atomic
def renew_recovery_codes(*, actor: User, now: datetime) -> tuple[str, ...]:
    """Replace the recovery codes; the old ones do not work any more.

    Raises
    ------
    SecondFactorRefused
        If there is no second factor to recover.
    """
    if queries.second_factor_of(actor) is None:
        raise SecondFactorRefused
    codes = _new_recovery_codes(actor)
    record_fact(facts.RecoveryCodesRenewed(user_id=actor.pk), actor=actor, at=now)
    return codes


@transaction.atomic
def drop_second_factor(*, actor: User, now: datetime) -> None:
    """Turn the own second factor off.

    Raises
    ------
    SecondFactorNeeded
        If one of the person's roles needs it.
    """
    if policies.needs_second_factor(queries.roles_of(actor)):
        raise SecondFactorNeeded
    if forget_second_factor(actor.pk):
        record_fact(facts.SecondFactorDropped(user_id=actor.pk), actor=actor, at=now)


def forget_second_factor(user_id: int) -> bool:
    """Take a second factor and its recovery codes away within another command."""
    RecoveryCode.objects.filter(user_id=user_id).delete()
    return bool(SecondFactor.objects.filter(pk=user_id).delete()[0])


def _new_recovery_codes(user: User) -> tuple[str, ...]:
    RecoveryCode.objects.filter(user=user).delete()
    codes = tuple(spoken_code(2, of=5) for _ in range(RECOVERY_CODES))
    RecoveryCode.objects.bulk_create(
        RecoveryCode(user=user, digest=code_digest(f"recovery:{user.pk}", code)) for code in codes
    )
    return codes
