"""The ways out of the building: a mail server, and the robots of WeCom groups."""

from __future__ import annotations

from shuniu.zone.notices.channels.composing import Digest, digest_of, mail_of
from shuniu.zone.notices.channels.post import CannotSend, Post

__all__ = ["CannotSend", "Digest", "Post", "digest_of", "mail_of"]
