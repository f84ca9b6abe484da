"""What exists is documented: settings, commands, rooms."""

import re
from pathlib import Path

from habeas.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "habeas"


def test_every_setting_is_documented() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    documented = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    settings = set(re.findall(r"\bHABEAS_[A-Z_]+\b", code))
    assert settings, "the pattern finds no setting at all"
    assert {name for name in settings if f"`{name}`" not in documented} == set()


def test_every_command_is_told_of() -> None:
    told = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))
    names = {command.__name__.rpartition(".")[2] for command in COMMANDS}
    assert {name for name in names if f"habeas {name}" not in told} == set()


def test_every_room_has_its_place_on_the_map() -> None:
    structure = (ROOT / "docs" / "structure.md").read_text(encoding="utf-8")
    rooms = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert {room for room in rooms if f"`{room}`" not in structure} == set()


def test_links_between_documents_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []
