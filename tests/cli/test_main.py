"""The command line itself: one sentence for every failure."""

import pytest

from habeas.cli import main


@pytest.mark.parametrize(
    "argv", [[], ["nonsense"], ["read"], ["names", "compare", "only one"], ["case", "Amal", "--on", "soon"]]
)
def test_a_wrong_command_line_is_one_sentence_and_exit_1(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(argv)
    except SystemExit as leaving:
        code = int(leaving.code or 0)
    assert code == 1
    said = capsys.readouterr().err.strip()
    assert said.startswith("habeas")
    assert len(said.splitlines()) == 1
