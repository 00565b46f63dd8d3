from __future__ import annotations

from pathlib import Path

import pytest

from tools import steps
from tools.steps import Step, StepFailed, call, explain, run_step, run_steps


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    monkeypatch.setattr(steps, "MEMORY", tmp_path / ".setup")


def bake(tmp_path: Path) -> tuple[Step, list[str]]:
    """Return a step that turns flour into bread, and the diary of how often it did."""
    diary: list[str] = []

    def act(_log: Path) -> None:
        diary.append("baked")
        (tmp_path / "bread").write_text("warm")

    (tmp_path / "flour").write_text("white")
    return Step("bake", [tmp_path / "flour"], [tmp_path / "bread"], act), diary


def test_a_step_is_done_once_while_nothing_changes(tmp_path: Path) -> None:
    step, diary = bake(tmp_path)

    run_step(step)
    run_step(step)

    assert diary == ["baked"]


def test_a_step_is_done_again_when_an_input_changes(tmp_path: Path) -> None:
    step, diary = bake(tmp_path)
    run_step(step)

    (tmp_path / "flour").write_text("brown")
    run_step(step)

    assert diary == ["baked", "baked"]


def test_a_step_is_done_again_when_its_output_has_gone(tmp_path: Path) -> None:
    step, diary = bake(tmp_path)
    run_step(step)

    (tmp_path / "bread").unlink()
    run_step(step)

    assert diary == ["baked", "baked"]


def test_an_interrupted_step_is_done_again(tmp_path: Path) -> None:
    step, diary = bake(tmp_path)
    run_step(step)
    (tmp_path / "flour").write_text("brown")

    def stop(_log: Path) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_step(Step(step.name, step.inputs, step.outputs, stop))
    (tmp_path / "flour").write_text("white")
    run_step(step)

    assert diary == ["baked", "baked"]


def test_a_step_that_makes_nothing_has_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    idle = Step("bake", [], [tmp_path / "bread"], lambda _log: None)

    assert run_steps([idle]) == 1
    assert capsys.readouterr().err == "bake: bread was not made; see .setup/bake.log.\n"


def test_a_full_disk_is_told_in_one_sentence(tmp_path: Path) -> None:
    log = tmp_path / "log"

    with pytest.raises(StepFailed) as failure:
        call(["sh", "-c", "echo 'write: No space left on device' >&2; exit 1"], log)

    assert str(failure.value) == (
        "The disk is full: free about 2 GB and run this again. The output is in log."
    )


def test_an_unknown_failure_is_told_by_its_first_telling_line(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("$ bake --errors\nlight the fire\nerror: no wood\n    at stove:3\n")

    assert explain(log) == "error: no wood The output is in log."
