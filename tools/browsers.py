"""The Chromium that browser tests drive, and the Chinese letters that it draws."""

from __future__ import annotations

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
PACKAGES = ("chromium", "fonts-noto-cjk")
ADVICE = (
    "no Chromium found: install chromium and fonts-noto-cjk, name one in the variable CHROMIUM,"
    " or leave these tests out with --no-browser"
)


def find_chromium() -> str | None:
    """Return the browser that ``CHROMIUM`` names, else the first known one, else None."""
    wanted = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [wanted] if wanted else [*NAMES, MAC])), None)


def find_or_install_chromium() -> tuple[str | None, str]:
    """Return the browser, or None and what a person can do about it."""
    if (found := find_chromium()) or os.environ.get("CHROMIUM"):
        return found, "" if found else "the variable CHROMIUM names no program"
    if shutil.which("apt-get") and (rights := _rights()) is not None:
        print(f"Installing {' and '.join(PACKAGES)} with apt-get …", flush=True)
        apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        for words in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
            subprocess.run([*apt, *words], stdin=subprocess.DEVNULL, check=False)
    return find_chromium(), ADVICE


def _rights() -> list[str] | None:
    """Return the words before a command that needs root, or None without such rights."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None
