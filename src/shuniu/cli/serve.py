"""``shuniu serve``: the web server and the worker, until Ctrl-C."""

from __future__ import annotations

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from shuniu.cli.zone import load_zone

HOST = "127.0.0.1"
PORTS_TRIED = 50
GRACE_S = 8.0
LOOK_EVERY_S = 0.3
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)  # the last: the terminal was closed


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--host", default=HOST, help=f"address to listen on (default: {HOST})")
    parser.add_argument("--web-workers", type=int, default=1, help="web processes (default: 1)")


def run(arguments: argparse.Namespace) -> int:
    """Start both, say where and how to sign in, and stop both together."""
    load_zone()
    from django.conf import settings  # noqa: PLC0415  # see load_zone

    from shuniu.config.startup import StartupProblem, check_startup  # noqa: PLC0415

    try:
        check_startup()
    except StartupProblem as problem:
        print(problem, file=sys.stderr)
        return 2
    wanted = settings.ENVIRONMENT.port
    port = free_port(arguments.host, wanted)
    if port != wanted:
        print(f"Port {wanted} is taken; using {port}.")
    parts: list[subprocess.Popen[bytes]] = []
    try:
        for number in STOPPING:
            signal.signal(number, _leave)
        web = _start(_web_command(arguments, port), parts)
        worker = _start([sys.executable, "-m", "shuniu", "worker"], parts)
        _wait_until_open(arguments.host, port, web)
        _say_where(port, settings.ENVIRONMENT.home)
        while web.poll() is None and worker.poll() is None:
            time.sleep(LOOK_EVERY_S)
    except KeyboardInterrupt:
        return 0
    else:
        print("A part has stopped by itself; stopping the rest.", file=sys.stderr)
        return 1
    finally:
        for number in STOPPING:
            signal.signal(number, signal.SIG_IGN)  # being asked twice leaves nothing half stopped
        _stop(parts)


def free_port(host: str, wanted: int) -> int:
    """Return ``wanted`` if nobody listens there, else the next free port."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, port))
            except OSError:
                continue
            return port
    raise SystemExit(f"No free port from {wanted} on. Choose another with SHUNIU_PORT.")


def _web_command(arguments: argparse.Namespace, port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "shuniu.config.asgi:application",
        "--interface", "asginl", "--host", arguments.host, "--port", str(port),
        "--workers", str(arguments.web_workers), "--workers-kill-timeout", "3",
        "--no-ws", "--log-level", "warning", "--backpressure", "1024",  # open pages included
    ]  # fmt: skip


def _start(words: list[str], parts: list[subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    """Start a part and note it among ``parts`` before anything else can happen."""
    parts.append(subprocess.Popen(words, start_new_session=True))  # noqa: S603  # our own words
    return parts[-1]


def _leave(*_: object) -> None:
    raise KeyboardInterrupt


def _wait_until_open(host: str, port: int, web: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers or has died."""
    while web.poll() is None:
        with socket.socket() as trial:
            trial.settimeout(1)
            if trial.connect_ex((host, port)) == 0:
                return
        time.sleep(LOOK_EVERY_S / 3)


def _say_where(port: int, home: Path) -> None:
    from shuniu.zone.accounts.queries import has_people  # noqa: PLC0415  # see load_zone

    print(f"\nShuniu: http://localhost:{port}/    (Ctrl-C stops it; data in {home})")
    path = home / "demo-sign-ins.json"
    if not has_people():
        print("Nobody can sign in yet. Open the first account, for example:")
        print("  shuniu account add NAME --name 'A. Person' --role system_admin")
    if path.exists():
        print("Demo sign-ins (made on this machine, also in demo-sign-ins.json there):")
        for row in json.loads(path.read_text(encoding="utf-8")):
            person = f"{row['person']}, {row['unit']}" if row["unit"] else row["person"]
            print(f"  {row['role']:17} {row['name']:10} {row['password']}  {person}")
        print("The code that is asked for after the password: .venv/bin/shuniu demo --code NAME")
    sys.stdout.flush()


def _stop(parts: list[subprocess.Popen[bytes]]) -> None:
    """Ask all parts to stop, then make them."""
    for part in parts:
        if part.poll() is None:
            os.killpg(part.pid, signal.SIGTERM)
    end = time.monotonic() + GRACE_S
    for part in parts:
        try:
            part.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(part.pid, signal.SIGKILL)
            part.wait()
