"""Whose case a statement concerns: those held in detention whom its content names or means."""

from __future__ import annotations

from habeas.extraction.attribution.reports import Report
from habeas.extraction.reading import Speaker
from habeas.extraction.references import References


def find_about(references: References, report: Report, speaker: Speaker) -> tuple[str, ...]:
    """Ids of the detained whom the content concerns: those it names or means by a pronoun, else whom the speaker stands
    for (the lawyer's client, the mother's son), the speaker, or whom the text is about there."""
    meant = [entity for start, end in report.content for entity in references.meant_in(start, end)]
    found = tuple(dict.fromkeys(entity for entity in meant if references.is_held(entity)))
    if found:
        return found
    member = references.cast.members.get(speaker.entity or "")
    for entity in (member.owner, member.id) if member else ():
        if entity and references.is_held(entity):
            return (entity,)
    focus = references.in_focus(report.content[0][0]) if report.content else ()
    if not focus and member and member.owner and references.notes.strong:  # whose lawyer speaks in such a text is held
        return references.spread([member.owner])
    return focus
