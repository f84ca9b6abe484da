"""The command line itself: quick help, one sentence for every failure."""

import resource
import subprocess
import sys

import pytest

from habeas.cli import main


def test_help_answers_quickly_and_loads_no_django() -> None:
    code = (
        "import sys\nfrom habeas.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'django', 'trafilatura', 'onnxruntime'} & {name.partition('.')[0] for name in sys.modules}\n"
        "assert not heavy"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    assert "ingest" in done.stdout
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    assert cpu_s < 0.5


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
