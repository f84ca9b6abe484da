"""What a judgement on a link does: links are added, so that the name is that person's or not, and added to go back."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from habeas.cases.corrections import CannotJudge
from habeas.cases.models import Judgement, Link, Name, Person, PersonName

_VERDICTS = {"accept": "same", "reject": "different", "unsure": "ask"}
_SCORES = {"accept": 1.0, "reject": 0.0}


def effect(link: Link, verdict: str) -> dict[str, list[list[int]]] | None:
    """The names under which the person is not known yet, in this or another file of theirs, and will be.

    As a judgement keeps them to go back.
    """
    if verdict != "accept":
        return None
    name = Name.objects.filter(team=link.sighting.reading.document.team_id, folded=link.sighting.folded).first()
    if name is None:
        return {"names": []}
    known = set(PersonName.objects.filter(name=name).values_list("person", flat=True))
    return {"names": [[person, name.pk] for person in sorted(_files_of(link) - known)]}


def carry_out(link: Link, judgement: Judgement) -> list[Link]:
    """The links added that follow from a judgement that counts. An accepted name is nobody else's any more."""
    if link.person.merged_into_id:
        raise CannotJudge("This person was merged with somebody; judge the link of the one who was kept.")
    theirs = _files_of(link)
    changed = dict.fromkeys(theirs, _VERDICTS[judgement.verdict])
    if judgement.verdict == "accept":
        others = newest_of(link.sighting_id)
        changed |= {person: "different" for person, other in others.items() if other.verdict == "same"} | changed
    names = (judgement.mended or {}).get("names", ())
    PersonName.objects.bulk_create(PersonName(person_id=person, name_id=name) for person, name in names)
    score = _SCORES.get(judgement.verdict, link.score)
    reason = judgement.reason or "a person looked at it"
    return Link.objects.bulk_create(
        Link(
            sighting_id=link.sighting_id,
            person_id=person,
            verdict=verdict,
            score=score if person in theirs else 0.0,
            reason=reason if person in theirs else "a person found that it is somebody else",
            made_at=judgement.made_at,
            made_by=f"user {judgement.made_by_id}",
            judgement=judgement,
        )
        for person, verdict in changed.items()
    )


def _files_of(link: Link) -> set[int]:
    """The person of the link, and who is one with them in a file of the team whose document it is of, or of another."""
    team = link.sighting.reading.document.team_id
    beside = Person.objects.filter(one_with=link.person_id, case__team=team).values_list("pk", flat=True)
    return {link.person_id, *beside} | ({link.person.one_with_id} if link.person.one_with_id else set())


def take_back(judgement: Judgement) -> list[Link]:
    """The links added, as they were before the judgement. Raises CannotJudge where they changed otherwise."""
    now, back = timezone.now(), list[Link]()
    for made in judgement.made.order_by("pk"):
        of_pair = Link.objects.filter(sighting=made.sighting_id, person=made.person_id).order_by("-pk")
        if of_pair[0] != made:
            raise CannotJudge("People were merged or split by this link since; undo that first.")
        back += [_again(before, now) for before in of_pair.filter(pk__lt=made.pk)[:1]]
    if judgement.carried_from_id and judgement.link:  # of an older reading, whose links are not this one's
        back.append(_open(judgement.link, now))
    for person, name in (judgement.mended or {}).get("names", ()):
        PersonName.objects.filter(person=person, name=name).delete()
    return Link.objects.bulk_create(back)


def newest_of(sighting: int) -> dict[int, Link]:
    """The newest link of the sighting with each person."""
    return {link.person_id: link for link in Link.objects.filter(sighting=sighting).order_by("pk")}


def _open(link: Link, now: datetime) -> Link:
    """The question whether the name is the person's, open again."""
    return Link(
        sighting_id=link.sighting_id,
        person_id=link.person_id,
        verdict="ask",
        score=0.5,
        reason="a judgement on an older reading was taken back",
        made_at=now,
        made_by=link.made_by,
    )


def _again(link: Link, now: datetime) -> Link:
    values = {field.attname: getattr(link, field.attname) for field in Link._meta.concrete_fields}
    return Link(**{**values, "id": None, "made_at": now})
