"""Lock files name no address and hold exactly what is asked for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.lints import project_files

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
ADDRESS = re.compile(r"[a-z+]+://\S+")


def complaints(root: Path) -> Iterator[str]:
    """Yield addresses in lock files, requirements that a lock misses, and pins that differ."""
    sources = [path for path in project_files(root, ".in") if path.with_suffix(".txt").exists()]
    versions: dict[str, tuple[str, Path]] = {}
    for source in sources:
        lock = source.with_suffix(".txt")
        text = lock.read_text("utf-8")
        pins = {str(canonicalize_name(name)): str(pin) for name, pin in PIN.findall(text)}
        place = lock.relative_to(root)
        yield from (f"{place}: names the address {found}" for found in ADDRESS.findall(text))
        yield from (f"{place}: {problem}" for problem in unmet(asked_for(source), pins))
        for name, version in pins.items():
            other, where = versions.setdefault(name, (version, place))
            if other != version:
                yield f"{place}: {name} {version}, but {other} in {where}"
    yield from npm_complaints(root)


def asked_for(source: Path) -> Iterator[Requirement]:
    """Yield the requirements of an ``.in`` file, those of the files it includes among them."""
    for line in source.read_text("utf-8").splitlines():
        words = line.partition("#")[0].strip()
        if words.startswith("-r "):
            yield from asked_for(source.parent / words.removeprefix("-r ").strip())
        elif words and not words.startswith("-"):
            yield Requirement(words)


def unmet(requirements: Iterator[Requirement], pins: dict[str, str]) -> Iterator[str]:
    """Yield the requirements that the pins do not meet."""
    for requirement in requirements:
        version = pins.get(canonicalize_name(requirement.name))
        if version is None:
            yield f"{requirement.name} is not locked"
        elif not requirement.specifier.contains(version, prereleases=True):
            yield f"{requirement} is locked at {version}"


def npm_complaints(root: Path) -> Iterator[str]:
    """Yield addresses of packages in package-lock.json and what it has other than package.json."""
    wanted = json.loads((root / "package.json").read_text("utf-8"))
    packages = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    for kind in ("dependencies", "devDependencies"):
        if packages[""].get(kind, {}) != wanted.get(kind, {}):
            yield f"package-lock.json: {kind} differ from package.json"
    for name, package in packages.items():
        if "resolved" in package:
            yield f"package-lock.json: {name} names the address {package['resolved']}"
