from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shuniu.cli import main

SOURCE = Path(__file__).parents[2] / "src"


def test_a_good_profile_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["profile", "check", "generic"])

    assert status == 0
    assert capsys.readouterr().out == (
        "Harbour Park Development Zone: 18 offices, 27 categories, no errors\n"
    )


def test_each_error_is_a_line_and_the_status_is_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text("zone = 1\nzone = 2\n", encoding="utf-8")

    status = main(["profile", "check", str(file)])

    assert status == 1
    assert capsys.readouterr().out == "line 2: not TOML: Cannot overwrite a value\n"


def test_checking_a_profile_does_not_load_django() -> None:
    script = (
        "import sys; from shuniu.cli import main; main(['profile', 'check', 'haimen']); "
        "sys.exit('django' in sys.modules)"
    )

    surroundings = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run([sys.executable, "-c", script], check=False, env=surroundings)

    assert done.returncode == 0
