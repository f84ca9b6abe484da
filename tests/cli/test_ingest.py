"""Files to case files by the command, and what it says when a file is none."""

import io
import json
import tracemalloc
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from habeas.accounts.services import local_operator
from habeas.cases import intake, kept
from habeas.cases.models import Case, Reading, Sighting
from habeas.cases.models_kept import StaleState
from habeas.cli import main
from habeas.sources import store
from habeas.sources.models import Capture, Document, Run
from habeas.sources.services import NOT_STATED

REPORT = """BASIT, March 3 - Tarek Oumari, a 34-year-old weaver, was arrested at the Selm crossing on Monday, his sister
Hala Oumari said. "They have told us nothing," she said. Oumari has been held in administrative detention since then.
"""


@pytest.fixture
def desk(db: None, settings: object, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path / "desk"  # type: ignore[attr-defined]
    return tmp_path


def report(folder: Path, name: str = "report.txt", text: str = REPORT) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_report_becomes_a_case_file(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = report(desk)
    assert main(["ingest", str(file), "--source", "Basit Post", "--published", "2026-03-04"]) == 0
    assert "1 new documents" in capsys.readouterr().out
    assert main(["case", "Tareq al-Oumari", "--on", "2026-03-05"]) == 0
    told = capsys.readouterr().out
    assert "Tarek Oumari" in told
    assert "Basit Post" in told
    assert "administrative detention" in told
    assert main(["case", "Tarek Oumari", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["name"] == "Tarek Oumari"


def test_the_capture_record_is_whole_and_the_bytes_are_kept(desk: Path) -> None:
    file = report(desk)
    assert (
        main(["ingest", str(file), "--source", "Basit Post", "--url", "https://post.example/1", "--language", "en"])
        == 0
    )
    capture = Capture.objects.select_related("document", "source").get()
    assert capture.source.name == "Basit Post"
    assert (capture.original, capture.url, capture.method) == (str(file), "https://post.example/1", "file")
    assert (capture.size, capture.media_type, capture.stated_language) == (len(REPORT.encode()), "text/plain", "en")
    assert capture.tool.startswith("habeas ")
    assert capture.collector == local_operator()
    assert store.get(capture.sha256) == file.read_bytes()
    assert store.path_of(capture.sha256).stat().st_mode & 0o222 == 0


def test_the_same_bytes_twice_are_one_document_with_two_captures(desk: Path) -> None:
    file, copy = report(desk), report(desk, "copy.txt")
    for path in (file, file, copy):
        assert main(["ingest", str(path)]) == 0
    assert (Document.objects.count(), Capture.objects.count(), Reading.objects.count()) == (1, 3, 1)
    assert len(list(store.root().glob("??/??/*"))) == 1


def test_states_are_kept_on_the_way_in_a_share_of_the_time_and_all_at_the_end(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folding a case again for each few reports about it cost more than all else on a desk of long cases."""
    clock, asked, catch_up = [0.0], list[int | None](), kept.catch_up

    def slow(most: int | None = None) -> int:
        asked.append(most)
        clock[0] += 8
        return catch_up(most)

    def read_in_a_second(*_told: str) -> object:
        clock[0] += 1
        return opened(*_told)

    opened = intake.read
    monkeypatch.setattr(intake, "TOGETHER", 1)
    monkeypatch.setattr(intake.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(intake, "read", read_in_a_second)
    monkeypatch.setattr(kept, "catch_up", slow)
    for number in range(6):
        report(desk / "all", f"{number}.txt", f"{REPORT} It was item {number}.")
    assert main(["ingest", str(desk / "all")]) == 0
    assert asked == [kept.TOGETHER, None]  # at the first report; by the sixth that took 8 of 14 seconds; at the end
    assert not StaleState.objects.exists()


def test_what_was_read_is_taken_in_after_ten_seconds_however_little_it_is(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, taken = [0.0], []

    def read_in_four_seconds(*_told: str) -> object:
        clock[0] += 4
        return opened(*_told)

    def noted(found: Sequence[object], **how: object) -> object:
        taken.append(len(found))
        return take_in_all(found, **how)

    opened, take_in_all = intake.read, intake.services.take_in_all
    monkeypatch.setattr(intake.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(intake, "read", read_in_four_seconds)
    monkeypatch.setattr(intake.services, "take_in_all", noted)
    for number in range(7):
        report(desk / "all", f"{number}.txt", f"{REPORT} It was item {number}.")
    assert main(["ingest", str(desk / "all")]) == 0
    assert taken == [3, 3, 1]


def test_html_pdf_and_json_lines_are_taken_in_with_what_they_say_of_themselves(desk: Path) -> None:
    page = (
        "<html lang='en'><head><title>At the crossing</title><meta property='article:published_time' "
        "content='2026-03-04'></head><body><article><p>" + REPORT.replace("\n", " ") + "</p></article></body></html>"
    )
    report(desk / "all", "page.html", page)
    line = {"id": "a", "text": REPORT, "title": "Lines", "published": "2026-03-05", "source": "Selm Radio"}
    report(desk / "all", "lines.jsonl", json.dumps(line) + "\n" + json.dumps({**line, "id": "b", "text": REPORT * 2}))
    assert main(["ingest", str(desk / "all")]) == 0
    kept = {(d.title, d.published_on, d.media_type) for d in Document.objects.all()}
    assert kept == {
        ("At the crossing", "2026-03-04", "text/html"),
        ("Lines", "2026-03-05", "application/json"),
    }
    assert set(Capture.objects.values_list("source__name", flat=True)) == {"Selm Radio", NOT_STATED}
    originals = sorted(Path(original).name for original in Capture.objects.values_list("original", flat=True))
    assert originals == ["lines.jsonl line 1", "lines.jsonl line 2", "page.html"]
    assert all("Selm crossing" in document.text for document in Document.objects.all())


def test_an_original_by_a_number_that_is_not_there_is_refused_before_anything_is_taken_in(
    desk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("A text.")
    assert main(["ingest", str(tmp_path / "a.txt"), "--translation-of", "99999"]) == 1
    assert "There is no document 99999 on this desk" in capsys.readouterr().err
    assert not Document.objects.exists()


def test_what_is_stated_goes_before_what_the_file_says(desk: Path) -> None:
    line = {"text": REPORT, "published": "2026-03-05", "source": "Selm Radio", "language": "en"}
    file = report(desk, "lines.jsonl", json.dumps(line))
    options = ["--source", "Basit Post", "--published", "2026-03-04", "--language", "fr", "--title", "Ours"]
    assert main(["ingest", str(file), *options]) == 0
    document, capture = Document.objects.get(), Capture.objects.get()
    assert (document.title, document.published_on, document.language) == ("Ours", "2026-03-04", "fr")
    assert (capture.source.name, capture.stated_date, capture.stated_language) == ("Basit Post", "2026-03-04", "fr")


def test_a_name_merely_seen_has_no_case_and_somebody_held_has_one(desk: Path) -> None:
    assert main(["ingest", str(report(desk)), "--published", "2026-03-04"]) == 0
    assert [case.person.name for case in Case.objects.all()] == ["Tarek Oumari"]
    assert Sighting.objects.filter(name="Hala Oumari", kind="person").exists()


def test_a_dry_run_writes_nothing(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest", str(report(desk)), "--dry-run"]) == 0
    assert "claims" in capsys.readouterr().out
    assert (Document.objects.count(), Run.objects.count(), store.root().exists()) == (0, 0, False)


def without_text() -> bytes:
    """A PDF with one empty page."""
    document, saved = pdfium.PdfDocument.new(), io.BytesIO()
    document.new_page(200, 200)
    document.save(saved)
    return saved.getvalue()


BAD = [
    ("empty.txt", b"", "is empty"),
    ("blank.txt", b" \n\t\n", "is empty"),
    ("empty.jsonl", b"\n", "is empty"),
    ("binary.txt", bytes(range(256)) * 4, "not a file that Habeas reads"),
    ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(64), "not a file that Habeas reads"),
    ("latin.txt", b"caf\xe9", "not valid UTF-8"),
    ("lines.jsonl", b'{"text": "One."}\n{broken', "Line 2 of lines.jsonl is not JSON"),
    ("other.jsonl", b'{"text": "One."}\n{"words": "Two."}', 'Line 2 of other.jsonl has no "text"'),
    ("date.jsonl", b'{"text": "One.", "published": "soon"}', "'soon'"),
    ("bytes.jsonl", b'{"text": "caf\xe9"}', "Line 1 of bytes.jsonl is not JSON"),
    ("broken.pdf", b"%PDF-1.4 broken", "cannot be opened"),
    ("scan.pdf", without_text(), "without a text layer"),
    ("page.html", b"<html><body></body></html>", "No article text"),
]


@pytest.mark.parametrize(("name", "raw", "says"), BAD, ids=[name for name, *_ in BAD])
def test_a_named_file_that_cannot_be_read_is_one_sentence(
    desk: Path, capsys: pytest.CaptureFixture[str], name: str, raw: bytes, says: str
) -> None:
    (desk / name).write_bytes(raw)
    assert main(["ingest", str(desk / name)]) == 1
    said = capsys.readouterr().err.strip()
    assert said.startswith("habeas: ")
    assert says in said
    assert len(said.splitlines()) == 1
    assert (Document.objects.count(), Capture.objects.count()) == (0, 0)
    assert list(store.root().glob("??")) == []


def test_a_text_of_two_hundred_megabytes_is_one_sentence_and_not_read(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("huge.txt", "huge.jsonl"):
        with (desk / name).open("wb") as file:
            file.truncate(200_000_000)
        tracemalloc.start()
        assert main(["ingest", str(desk / name)]) == 1
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
        tracemalloc.stop()
        said = capsys.readouterr().err.strip()
        assert name in said
        assert "25 MB" in said
        assert len(said.splitlines()) == 1
    assert Document.objects.count() == 0


def test_a_folder_of_bad_files_takes_in_the_good_one_and_says_why_not_the_others(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = desk / "reports"
    report(folder)
    for name, raw, _says in BAD:
        (folder / name).write_bytes(raw)
    (folder / "closed.txt").symlink_to(desk / "nowhere.txt")
    assert main(["ingest", str(folder)]) == 0
    told = capsys.readouterr().out
    assert f"{len(BAD) + 1} files skipped" in told
    for name, _raw, says in BAD:
        (line,) = [line for line in told.splitlines() if f"/{name}: " in line]
        assert says in line
    assert (Document.objects.count(), Capture.objects.count()) == (1, 1)
    assert Run.objects.get().finished_at is not None


@pytest.mark.parametrize("path", ["nowhere.txt", "ftp://post.example/1", "http://127.0.0.1:9/1"])
def test_a_path_that_is_none_is_one_sentence(desk: Path, capsys: pytest.CaptureFixture[str], path: str) -> None:
    assert main(["ingest", path]) == 1
    said = capsys.readouterr().err
    assert path.removeprefix("http://").partition(":")[0] in said
    assert len(said.strip().splitlines()) == 1
    assert Document.objects.count() == 0


def test_a_link_that_leads_out_of_a_folder_is_not_followed(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, private = desk / "reports", report(desk / "private", "diary.txt", "Nobody's business.")
    inside = report(folder / "march", "inside.txt")
    (folder / "to-inside.txt").symlink_to(inside)
    (folder / "to-private.txt").symlink_to(private)
    (folder / "to-itself.txt").symlink_to(folder / "to-itself.txt")
    (folder / "to-folder").symlink_to(desk / "private", target_is_directory=True)
    assert main(["ingest", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "2 files skipped" in told
    assert "to-private.txt: It is a link that leads out of the folder" in told
    assert (Document.objects.count(), Capture.objects.count()) == (1, 2)


def test_in_a_folder_the_unreadable_is_skipped_and_counted(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = desk / "reports"
    report(folder / "march")
    (folder / "empty.txt").write_bytes(b"")
    (folder / ".hidden").write_bytes(b"\x00")
    assert main(["ingest", str(folder)]) == 0
    told = capsys.readouterr().out
    assert "1 new documents" in told
    assert "1 files skipped" in told
    assert "empty.txt is empty" in told


@pytest.mark.parametrize(
    ("option", "value"), [("--published", "yesterday"), ("--language", "English please"), ("--encoding", "morse")]
)
def test_a_wrong_option_is_one_sentence(
    desk: Path, capsys: pytest.CaptureFixture[str], option: str, value: str
) -> None:
    assert main(["ingest", str(report(desk)), option, value]) == 1
    assert value in capsys.readouterr().err
    assert Document.objects.count() == 0
