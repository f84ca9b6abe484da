"""`habeas read`: readings out in order, as soon as they are done, whatever comes in."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from habeas.cli import main, say
from habeas.sources import formats

REPORT = "Tarek Oumari, a weaver, was arrested on Monday, his sister said. “They told us nothing,” she said."
KEYS = {
    "entities": {"id", "kind", "name", "mentions"},
    "statements": {"id", "speaker", "cue", "content", "manner", "acts", "target", "about", "outlet", "condition"},
    "claims": {
        "id", "subject", "kind", "phase", "modality", "date", "value", "place", "actor", "evidence", "statement",
    },
}  # fmt: skip


def test_a_file_gives_a_reading_with_every_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report-1.txt").write_text(REPORT, encoding="utf-8")
    assert main(["read", str(tmp_path / "report-1.txt"), "--format", "jsonl", "--published", "2026-03-04"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    reading = json.loads(line)
    assert reading["document"]["id"] == "report-1"
    assert reading["document"]["published"] == "2026-03-04"
    for key, wanted in KEYS.items():
        assert reading[key], f"nothing among the {key}"
        assert all(wanted <= set(one) for one in reading[key])
    assert all(REPORT[start:end].strip() for one in reading["claims"] for start, end in one["evidence"])


def test_text_for_people_says_who_said_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "report-1.txt").write_text(REPORT, encoding="utf-8")
    assert main(["read", str(tmp_path / "report-1.txt"), "--explain"]) == 0
    told = capsys.readouterr().out
    assert "They told us nothing" in told
    assert "arrest done" in told
    assert "because:" in told
    assert "arguments: subject " in told


def test_lines_are_answered_in_order_and_a_broken_one_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [json.dumps({"id": "a", "text": REPORT}), "{broken", "", json.dumps({"id": "b", "text": "Rain in Basit."})]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(lines).encode())))
    assert main(["read", "-"]) == 1
    told = capsys.readouterr()
    assert [json.loads(line)["document"]["id"] for line in told.out.splitlines()] == ["a", "b"]
    assert told.err == "habeas: Line 2 of standard input is not JSON; mend or remove it and run again.\n"


def test_a_line_or_a_text_that_is_too_long_is_passed_over_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(formats, "FILE_LIMIT", 1_000)
    monkeypatch.setattr(formats, "TEXT_LIMIT", 200)
    short = json.dumps({"id": "a", "text": REPORT})
    texts = [short, json.dumps({"text": "long " * 600}), json.dumps({"text": "long " * 60}), short, "x" * 3_000]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\n".join(texts).encode())))
    assert main(["read", "-"]) == 1
    told = capsys.readouterr()
    assert [json.loads(line)["document"]["id"] for line in told.out.splitlines()] == ["a", "a"]
    second, third, last = told.err.splitlines()
    assert second.startswith("habeas: Line 2 of standard input is longer than")
    assert third.startswith("habeas: The text of line 3 of standard input is longer than")
    assert last.startswith("habeas: Line 5 of standard input is longer than")


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_nothing_in_a_text_steers_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    steering = "\x1b]0;owned\x07\x1b[2J\x9b31m\x7f"
    line = {"text": REPORT.replace("Tarek", f"Tarek{steering}"), "title": steering, "id": f"a{steering}"}
    (tmp_path / "a.jsonl").write_text(json.dumps(line), encoding="utf-8")
    assert main(["read", str(tmp_path / "a.jsonl"), "--format", form]) == 0
    told = capsys.readouterr().out
    assert "owned" in told
    assert not say.STEERING.search(told)
    if form == "jsonl":
        assert json.loads(told)["document"]["id"].endswith("\x9b31m\x7f")


def test_nor_does_the_name_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty\x1b[2J\n.txt").write_bytes(b"")
    assert main(["read", str(tmp_path / "empty\x1b[2J\n.txt")]) == 1
    assert capsys.readouterr().err == "habeas: empty\ufffd[2J .txt is empty; there is nothing to take in.\n"


def test_the_first_reading_is_out_before_the_last_document_is_in() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "habeas", "read", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for name in ("a", "b"):
            process.stdin.write(json.dumps({"id": name, "text": REPORT}) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["document"]["id"] == name
        process.stdin.close()
        assert process.wait(timeout=20) == 0


def test_a_text_in_a_language_we_cannot_read_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(
        "قالت عائلة الأسير إن إدارة السجن نقلته أمس إلى المستشفى بعد تدهور صحته.", encoding="utf-8"
    )
    assert main(["read", str(tmp_path / "a.txt")]) == 0
    assert "Arabic" in capsys.readouterr().out
