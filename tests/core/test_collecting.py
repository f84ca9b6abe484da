"""What only points at itself is looked for after much work, not while it goes on."""

import gc
from collections.abc import Iterator

import pytest

from cast import cast, report
from habeas.cases import taking
from habeas.core.collecting import no_collecting


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    was_on = gc.isenabled()
    yield
    (gc.enable if was_on else gc.disable)()


def test_it_is_off_within_and_as_it_was_afterwards() -> None:
    gc.enable()
    with no_collecting():
        assert not gc.isenabled()
        with no_collecting():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    gc.disable()
    with no_collecting():
        assert not gc.isenabled()
    assert not gc.isenabled()


def test_it_is_on_again_after_a_fault() -> None:
    gc.enable()
    with pytest.raises(ValueError, match="so"), no_collecting():
        raise ValueError("so")
    assert gc.isenabled()


@pytest.mark.django_db
def test_taking_in_is_such_work(monkeypatch: pytest.MonkeyPatch) -> None:
    seen, write = [], taking.write

    def written(*told: object) -> None:
        seen.append(gc.isenabled())
        write(*told)  # type: ignore[arg-type]

    monkeypatch.setattr(taking, "write", written)
    gc.enable()
    report(cast().alice, "Tarek Oumari")
    assert (seen, gc.isenabled()) == ([False], True)
