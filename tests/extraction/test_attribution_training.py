"""What the attribution model learns from: reports as words, and quotations signed in other ways."""

from __future__ import annotations

import random

import pytest

from habeas.extraction.attribution.model import default_model
from training.attribution.augment import augment, signed
from training.attribution.data import MARKS, Article, article

WORDPIECE = default_model().wordpiece
TEXT = "Rain fell.\n\n“We need blankets,” said Mona Qadi.\n\nNobody came."


def spans(text: str, part: str) -> list[tuple[int, int]]:
    return [(text.index(part), text.index(part) + len(part))] if part else []


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - no secret


def learnt(text: str, source: str, cue: str, content: str) -> Article:
    return article(text, [(spans(text, source), spans(text, cue), spans(text, content))], WORDPIECE, "reports")


def roles(one: Article) -> tuple[str, str, str]:
    (quote,) = one.quotes
    source, cue, content = (" ".join(one.words[i] for i in role) for role in (quote.source, quote.cue, quote.content))
    return source, cue, content


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Mona Qadi: We need blankets.", ":"),
        ("We need blankets. — Mona Qadi", "—"),
        ("Mona Qadi, at the gate: We need blankets.", ":"),
        ("Mona Qadi. We need blankets.", ""),
    ],
)
def test_a_colon_or_dash_is_learnt_as_the_cue_where_there_is_no_other(text, cue):
    assert roles(learnt(text, "Mona Qadi", "", "We need blankets")) == ("Mona Qadi", cue, "We need blankets")


def test_a_paragraph_that_is_one_quotation_is_signed_and_the_others_stay():
    given = learnt(TEXT, "Mona Qadi", "said", "“We need blankets,”")
    seen = set()
    for seed in range(60):
        changed = signed(given, chance(seed))
        source, cue, content = roles(changed)
        assert changed.words[:3] == ("Rain", "fell", ".")
        assert changed.words[-3:] == ("Nobody", "came", ".")
        if cue == "said":
            assert changed == given
            continue
        seen.add(cue)
        assert (source.title(), content) == ("Mona Qadi", "“ We need blankets . ”")
        said = [i for quote in changed.quotes for i in quote.content]
        assert (changed.words.index(cue) < said[0]) == (cue == ":")
    assert seen == set(MARKS)


@pytest.mark.parametrize("cue", ["said", "told"])
def test_a_paragraph_that_says_more_is_not_signed(cue):
    text = f"“We need blankets,” {cue} Mona Qadi at the gate."
    given = learnt(text, "Mona Qadi", cue, "“We need blankets,”")
    assert all(signed(given, chance(seed)) == given for seed in range(20))


def test_changes_keep_every_role_on_words_that_are_there():
    given = learnt(TEXT, "Mona Qadi", "said", "“We need blankets,”")
    for seed in range(200):
        changed = augment(given, chance(seed), strength=2)
        assert len(changed.words) == len(changed.gaps)
        assert all(0 <= i < len(changed.words) for q in changed.quotes for i in (*q.source, *q.cue, *q.content))
        assert [w.lower() for w in changed.words if w.lower() == "blankets"] == ["blankets"]
