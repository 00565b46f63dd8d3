"""What goes out: an e-mail to one person, a message to a group, several in one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from email.utils import formatdate, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from shuniu.zone.notices.choices import MARKDOWN_BYTES, TEXT_BYTES, NoticeKind, RobotForm
from shuniu.zone.notices.models import Outgoing, Outlet
from shuniu.zone.notices.queries import CODE, Words, bare_words, kind_of, link_of, words_of
from shuniu.zone.registry.queries import NoProfile, profile_in_force

LONGEST_SUBJECT = 120  # characters
CUT = "…"
# What layout of WeCom, or a mention in it, could begin with becomes its wide twin.
PLAIN = str.maketrans({"<": "＜", ">": "＞", "[": "［", "]": "］", "*": "＊", "`": "＇", "\n": " "})


def mail_of(
    row: Outgoing, *, address: str, language: str, code: str = ""
) -> EmailMultiAlternatives:
    """Return the e-mail of a message. Its Message-ID is that of the row, however often it goes.

    ``code`` is what proves an address; it is kept nowhere.
    """
    with translation.override(language):
        kind = _kind(row)
        values = {**row.values, "code": code} if row.kind == CODE else row.values
        words = bare_words(values) if row.is_bare else words_of(kind, values)
        zone = _zone_name(language)
        context = {"words": words, "link": link_of(kind, row.key), "zone": zone}
        title = str(kind.label) if row.kind == CODE else words.sentence
        mail = EmailMultiAlternatives(
            subject=_one_line(f"[{zone}] {title}")[:LONGEST_SUBJECT],
            body=_plain(words, str(context["link"])),
            from_email=settings.DEFAULT_FROM_EMAIL,
            to=[address],
            headers={
                "Message-ID": f"<{row.pk}@{_domain()}>",
                "Date": formatdate(row.made_at.timestamp()),
                "Auto-Submitted": "auto-generated",
            },
        )
        mail.attach_alternative(render_to_string("notices/mail.html", context), "text/html")
        return mail


def _plain(words: Words, link: str) -> str:
    """Return the text of an e-mail for whoever reads no HTML."""
    parts = [words.sentence, "\n".join(f"{label}: {value}" for label, value in words.lines), link]
    end = _("Sent by Shuniu. What is written to you, and when, you choose under My account.")
    return "\n\n".join([*filter(None, parts), end]) + "\n"


@dataclass(frozen=True, slots=True)
class Digest:
    """What a robot writes, and how many of the messages that it was made of are in it."""

    body: Mapping[str, object]
    count: int


def digest_of(rows: Sequence[Outgoing], outlet: Outlet, language: str) -> Digest:
    """Return one message of the first of these, as many as fit; of one, the whole of it."""
    is_markdown = outlet.form == RobotForm.MARKDOWN
    limit = MARKDOWN_BYTES if is_markdown else TEXT_BYTES
    with translation.override(language):
        if len(rows) == 1:
            text, count = _single(rows[0], limit, is_markdown=is_markdown), 1
        else:
            text, count = _together(rows, limit, is_markdown=is_markdown)
    kind = "markdown" if is_markdown else "text"
    return Digest({"msgtype": kind, kind: {"content": text}}, count)


def _single(row: Outgoing, limit: int, *, is_markdown: bool) -> str:
    kind = _kind(row)
    words = _robot_words(row, kind)
    lines = [f"{label}：{value.translate(PLAIN)}" for label, value in words.lines]
    sentence = words.sentence.translate(PLAIN)
    if is_markdown:
        text = "\n".join([f"**{sentence}**", *(f"> {line}" for line in lines)])
    else:
        text = "\n".join([sentence, *lines])
    return fitted(text, limit, _tail(link_of(kind, row.key), is_markdown=is_markdown))


def _together(rows: Sequence[Outgoing], limit: int, *, is_markdown: bool) -> tuple[str, int]:
    head = ngettext("%(count)s message", "%(count)s messages", len(rows)) % {"count": len(rows)}
    lines = [f"**{head}**" if is_markdown else head]
    used = len(lines[0].encode())
    for row in rows:
        kind = _kind(row)
        line = _robot_words(row, kind).sentence.translate(PLAIN)
        link = link_of(kind, row.key)
        if link:
            line = f"[{line}]({link})" if is_markdown else f"{line} {link}"
        line = f"- {line}"
        used += len(line.encode()) + 1
        if used > limit:
            break
        lines.append(line)
    count = max(1, len(lines) - 1)
    if len(lines) - 1 < len(rows):
        head = ngettext("%(count)s message", "%(count)s messages", count) % {"count": count}
        lines[0] = f"**{head}**" if is_markdown else head
    return "\n".join(lines), count


def _robot_words(row: Outgoing, kind: NoticeKind) -> Words:
    return bare_words(row.values) if row.is_bare else words_of(kind, row.values)


def _tail(link: str, *, is_markdown: bool) -> str:
    if not link:
        return ""
    return f"\n[{_('Open it')}]({link})" if is_markdown else f"\n{link}"


def fitted(text: str, limit: int, tail: str = "") -> str:
    """Return a text with its tail in at most ``limit`` bytes of UTF-8, cut between characters."""
    room = limit - len(tail.encode())
    raw = text.encode()
    if len(raw) > room:
        raw = raw[: room - len(CUT.encode())]
        text = raw.decode(errors="ignore") + CUT
    return text + tail


def _kind(row: Outgoing) -> NoticeKind:
    kind = kind_of(row.kind)
    if kind is None:
        raise LookupError(row.kind)
    return kind


def _zone_name(language: str) -> str:
    try:
        zone = profile_in_force().profile.zone
    except NoProfile:
        return _("Shuniu")
    return zone.short_zh if language.startswith("zh") else zone.short_en


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2] or "localhost"
