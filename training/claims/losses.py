"""Tells where the claims of annotated reports are lost before the judge: by which step, kind by kind.

    python -m training.claims.losses CORPORA/reports-invented/train.jsonl training/reports/raw --scorer SCORE_READING.py

Prints for each kind how many gold claims are asked for, and how many fail first at each step:

person   the subject was not read as anybody
trigger  no trigger of the event stands in the sentences of the evidence
whom     the person is not among those whom the trigger may concern
told     the rules tell it in another modality
date     told so, the rules give it no date or another one
value    its value is another
rest     everything is right, whether or not the judge lets it stand

`--show STEP` prints those claims with their words, `--kind` only of one kind. Reads as the reader reads.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from habeas.extraction.custody.find import Plan, Told, drafts_of
from habeas.extraction.reading import Claim
from habeas.extraction.weighing.judge import pairs_of
from habeas.extraction.weighing.people import Pair
from training.claims.data import Gold, told_of
from training.reader.entities_dev import load_scorer
from training.reports.gold import load

STEPS = ("person", "trigger", "whom", "told", "date", "value", "rest")


def main() -> None:
    """Read, sort, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--show", choices=STEPS)
    parser.add_argument("--kind")
    args = parser.parse_args()
    scorer = load_scorer(args.scorer)
    golds = [gold for path in args.gold for gold in load(path) if gold["document"]["language"] == "en"]
    lost = [(gold, *loss) for gold in golds for loss in losses(scorer, gold)]
    for gold, claim, step, drafts in lost:
        if step == args.show and args.kind in (None, claim["kind"]):
            print(_shown(gold, claim, drafts))
    _table(Counter((claim["kind"], step) for _, claim, step, _ in lost))


def losses(scorer: ModuleType, gold: Gold) -> Iterator[tuple[Gold, str, list[Claim]]]:
    """Every claim that a report's gold asks for, profile aside, the step at which it is lost, and the rules' drafts."""
    told, references, match = told_of(scorer, gold)
    pairs = pairs_of(told, references) if told else []
    for claim in gold["claims"]:
        if claim["kind"] == "profile" or claim["optional"]:
            continue
        person = match.get(claim["subject"])
        here = [pair for pair in pairs if _tells(pair, claim)]
        mine = [pair for pair in here if pair.person == person]
        step = "person" if person is None else "trigger" if not here else "whom" if not mine else ""
        drafts = [draft for pair in mine for draft in _drafts(told, pair, claim)] if told else []
        yield claim, step or _beyond(scorer, drafts, claim, gold["document"]["published"]), drafts


def _tells(pair: Pair, claim: Gold) -> bool:
    sentence = pair.telling.hit.sentence
    near = any(a < sentence.end and sentence.start < b for a, b in claim["evidence"])
    kind, phase = pair.telling.event
    return near and kind == claim["kind"] and claim["phase"] in (phase, "start" if phase == "ongoing" else phase)


def _beyond(scorer: ModuleType, drafts: Sequence[Claim], claim: Gold, published: str | None) -> str:
    """At which step a claim is lost whose person and trigger are found: by the draft that comes furthest."""
    if not drafts:
        return "told"
    day = published if claim["phase"] == "ongoing" else None
    dated = [draft for draft in drafts if scorer.same_date(claim["date"], draft.date, day)]
    if not dated:
        return "date"
    same = any(scorer.norm(draft.value) == scorer.norm(claim["value"]) for draft in dated)
    return "rest" if same else "value"


def _drafts(told: Told, pair: Pair, claim: Gold) -> Iterator[Claim]:
    telling, person = pair.telling, pair.person
    if telling.modality != claim["modality"]:
        return
    plan = Plan(telling.kind, telling.phase, telling.modality, telling.value, telling.hit.trigger.name)
    ids = list(telling.kept) if person in telling.kept else [person]
    for draft in drafts_of(told.setting, telling.hit, ids, plan):
        if (draft.subject, draft.phase) == (person, claim["phase"]):
            yield draft


def _shown(gold: Gold, claim: Gold, drafts: Sequence[Claim]) -> str:
    words = " … ".join(gold["text"][a:b] for a, b in claim["evidence"])
    what: list[Any] = [claim["kind"], claim["phase"], claim["modality"], claim["date"], claim["value"]]
    head = " ".join(str(part or "-") for part in what)
    rules = "".join(f"\n    rules: {draft.date or '-'} {draft.value or '-'} by {draft.why}" for draft in drafts)
    return f"{gold['document']['id']} ({gold['document']['published']}) {claim['subject']} {head}\n    {words}{rules}"


def _table(counts: Counter[tuple[str, str]]) -> None:
    kinds = sorted({kind for kind, _ in counts})
    print(f"{'':16}{'asked':>8}" + "".join(f"{step:>9}" for step in STEPS))
    for kind in (*kinds, "all"):
        row = [sum(n for (k, s), n in counts.items() if s == step and kind in (k, "all")) for step in STEPS]
        print(f"{kind:16}{sum(row):8}" + "".join(f"{n:9}" for n in row))


if __name__ == "__main__":
    main()
