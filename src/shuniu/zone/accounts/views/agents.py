"""A browser in words, from what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy

# The first that fits counts: most browsers also name those that they resemble.
_BROWSERS: tuple[tuple[str, str | Promise], ...] = (
    ("wxwork/", gettext_lazy("WeCom")),
    ("micromessenger/", gettext_lazy("WeChat")),
    ("dingtalk/", gettext_lazy("DingTalk")),
    ("edg", "Edge"),
    ("opr/", "Opera"),
    ("huaweibrowser/", gettext_lazy("Huawei browser")),
    ("miuibrowser/", gettext_lazy("Xiaomi browser")),
    ("qqbrowser/", gettext_lazy("QQ browser")),
    ("ucbrowser/", gettext_lazy("UC browser")),
    ("quark/", gettext_lazy("Quark browser")),
    ("360", gettext_lazy("360 browser")),
    ("firefox/", "Firefox"),
    ("fxios/", "Firefox"),
    ("crios/", "Chrome"),
    ("chrome/", "Chrome"),
    ("safari/", "Safari"),
)
_SYSTEMS: tuple[tuple[str, str | Promise], ...] = (
    ("iphone", "iPhone"),
    ("ipad", "iPad"),
    ("openharmony", gettext_lazy("HarmonyOS")),
    ("harmonyos", gettext_lazy("HarmonyOS")),
    ("android", pgettext_lazy("system", "Android")),
    ("windows", "Windows"),
    ("macintosh", pgettext_lazy("system", "Mac")),
    ("cros", "ChromeOS"),
    ("linux", "Linux"),
)
_PHONES = ("iphone", "android", "openharmony", "mobile")


@dataclass(frozen=True, slots=True)
class Agent:
    """A browser as a person would name it."""

    words: str
    is_phone: bool


def agent_of(text: str) -> Agent:
    """Return what the header ``User-Agent`` says, as browser and system."""
    said = text.lower()
    found = [_first(said, names) for names in (_BROWSERS, _SYSTEMS)]
    words = " · ".join(str(name) for name in found if name)
    return Agent(
        words or gettext("Unknown browser"), is_phone=any(word in said for word in _PHONES)
    )


def _first(said: str, names: tuple[tuple[str, str | Promise], ...]) -> str | Promise:
    return next((name for mark, name in names if mark in said), "")
