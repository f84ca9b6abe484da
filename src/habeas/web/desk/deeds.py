"""Lines of the audit in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from habeas.accounts.models import User
from habeas.audit.models import AuditLine
from habeas.audit.queries import who
from habeas.cases.models import Case, Claim, Reading, Statement
from habeas.sources.models import Document

DEEDS = {
    "accounts.link.made": gettext_noop("made a sign-in link"),
    "accounts.link.used": gettext_noop("signed in by a link"),
    "accounts.membership.added": gettext_noop("added somebody to the team"),
    "accounts.role.given": gettext_noop("gave somebody a role"),
    "accounts.role.taken": gettext_noop("took a role from somebody"),
    "accounts.team.added": gettext_noop("added a team"),
    "accounts.keys.rotated": gettext_noop("gave confidential fields a new key"),
    "accounts.user.added": gettext_noop("added a user"),
    "accounts.password.changed": gettext_noop("changed their password"),
    "cases.claim.judged": gettext_noop("judged a claim"),
    "cases.claim.judgement_undone": gettext_noop("took back what was said of a claim"),
    "cases.claim.added": gettext_noop("added a claim by hand"),
    "cases.sighting.added": gettext_noop("marked a name by hand"),
    "cases.statement.judged": gettext_noop("judged a statement"),
    "cases.statement.judgement_undone": gettext_noop("took back what was said of a statement"),
    "cases.link.judged": gettext_noop("judged whether a name is somebody’s"),
    "cases.link.judgement_undone": gettext_noop("took back whether a name is somebody’s"),
    "cases.case.shared": gettext_noop("showed a case to somebody else"),
    "cases.case.unshared": gettext_noop("ended that a case is shown to somebody"),
    "cases.case.limited": gettext_noop("limited who may see a case"),
    "cases.case.opened": gettext_noop("opened a case to its team"),
    "cases.rule.set": gettext_noop("changed how many people must judge"),
    "cases.people.alias_added": gettext_noop("gave a person another name"),
    "cases.people.merged": gettext_noop("found two people to be one"),
    "cases.people.split": gettext_noop("found one person to be two"),
    "cases.people.undone": gettext_noop("took back a change of people"),
    "cases.reading.taken_in": gettext_noop("had a document read"),
    "cases.person.erased": gettext_noop("erased somebody’s data"),
    "cases.document.retired": gettext_noop("removed what was kept long enough"),
    "cases.document.came_back": gettext_noop("captured again what had been removed"),
    "cases.retention.set": gettext_noop("set how long something is kept"),
    "cases.retention.ended": gettext_noop("ended a rule of how long something is kept"),
    "sources.document.captured": gettext_noop("captured a document"),
    "sources.run.finished": gettext_noop("finished taking in files"),
    "sources.source.added": gettext_noop("added a source"),
    "sources.archive.exported": gettext_noop("wrote a web archive"),
    "sources.translation.told": gettext_noop("said what a document is a translation of"),
    "sources.translation.taken_back": gettext_noop("took back what a document is a translation of"),
    "sources.feed.added": gettext_noop("began to follow a source"),
    "sources.feed.paused": gettext_noop("paused a source"),
    "sources.feed.resumed": gettext_noop("went on following a source"),
    "watch.alert.raised": gettext_noop("had an alert raised"),
    "watch.alert.dismissed": gettext_noop("put an alert away"),
    "watch.alert.restored": gettext_noop("brought an alert back"),
    "watch.channel.opened": gettext_noop("opened a way for alerts to leave"),
    "watch.channel.closed": gettext_noop("closed a way for alerts to leave"),
    "advocacy.coalition.founded": gettext_noop("founded a coalition"),
    "advocacy.partner.added": gettext_noop("added a partner to a plan"),
    "advocacy.partner.left": gettext_noop("took an organisation out of a plan, whose open pledges were withdrawn"),
    "advocacy.partner.back": gettext_noop("took an organisation back into a plan"),
    "advocacy.pledge.taken_over": gettext_noop("took over what another organisation had promised"),
    "advocacy.seat.given": gettext_noop("gave somebody a seat with a partner"),
    "advocacy.seat.taken": gettext_noop("ended somebody's seat with a partner"),
    "advocacy.case.added": gettext_noop("put a case into a plan"),
    "advocacy.case.shared": gettext_noop("shared a case with a partner in a plan"),
    "advocacy.case.unshared": gettext_noop("ended a partner's share of a case"),
    "advocacy.case.taken_out": gettext_noop("took a case out of a plan"),
    "advocacy.note.made": gettext_noop("made a note inside an organisation"),
    "advocacy.version.made": gettext_noop("made a version of a plan"),
    "advocacy.version.adopted": gettext_noop("said what a partner says of a plan"),
    "advocacy.pledge.made": gettext_noop("made a pledge"),
    "advocacy.pledge.moved": gettext_noop("noted what became of a pledge"),
    "advocacy.pledge.sourced": gettext_noop("tied a pledge to the words that promised it"),
    "advocacy.pledge.conditioned": gettext_noop("let a pledge wait for what may happen"),
    "advocacy.communication.made": gettext_noop("noted a communication"),
    "advocacy.communication.answered": gettext_noop("noted an answer to a communication"),
    "advocacy.meeting.made": gettext_noop("added a meeting"),
    "advocacy.meeting.moved": gettext_noop("changed a meeting"),
    "advocacy.offer.taken": gettext_noop("took an offer of a statement into a plan"),
    "advocacy.offer.dropped": gettext_noop("dropped an offer of a statement"),
    "advocacy.contingency.made": gettext_noop("prepared for what may happen"),
    "advocacy.contingency.fired": gettext_noop("found that a contingency's time has come"),
    "advocacy.list.taken_in": gettext_noop("took a list of names in"),
    "advocacy.list.settled": gettext_noop("settled a name of a list"),
    "web.today.seen": gettext_noop("marked what came as seen"),
    "web.today.seen_undone": gettext_noop("took back that it was seen"),
}
VIA = {
    "desk": gettext_noop("at the desk"),
    "ingest": gettext_noop("by the command that takes in files"),
    "demo": gettext_noop("by the demo"),
    "setup": gettext_noop("when the desk was set up"),
    "serve": gettext_noop("by the command that serves the desk"),
    "command": gettext_noop("by a command"),
    "watch": gettext_noop("by the watch"),
    "export": gettext_noop("by the command that exports"),
    "source": gettext_noop("by the command that follows sources"),
}


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of the audit: who did what, how, when; `address` leads to what it was done to, "" where nowhere."""

    line: int
    at: datetime
    who: str
    what: str
    via: str
    subject: str
    address: str


def deeds(lines: list[AuditLine], user: User) -> list[Deed]:
    """The lines in plain words, each with the way to what it is about where the user may see that."""
    names = dict(User.objects.filter(pk__in={who(line)[0] for line in lines}).values_list("pk", "username"))
    places = _places(lines, user)
    return [_deed(line, names, places) for line in lines]


def _deed(line: AuditLine, names: dict[int, str], places: dict[str, str]) -> Deed:
    key, via = who(line)
    return Deed(
        line=line.pk,
        at=line.at,
        who=names.get(key, line.actor),
        what=gettext(DEEDS.get(line.action, line.action.replace(".", " ").replace("_", " "))),
        via=gettext(VIA.get(via, via)),
        subject=line.subject,
        address=places.get(line.subject, ""),
    )


def _places(lines: list[AuditLine], user: User) -> dict[str, str]:
    """The address of each subject that the user may see: documents, what stands in them, and people with a case."""
    keys: dict[str, set[int]] = {}
    for line in lines:
        kind, _, key = line.subject.rpartition(" ")
        if key.isdecimal():
            keys.setdefault(kind, set()).add(int(key))
    visible = Document.objects.visible_to(user)
    found = {
        f"document {pk}": (pk, "")
        for pk in visible.filter(pk__in=keys.get("document", ())).values_list("pk", flat=True)
    }
    of_reading = Reading.objects.filter(pk__in=keys.get("reading", ()), document__in=visible)
    found |= {f"reading {pk}": (document, "") for pk, document in of_reading.values_list("pk", "document")}
    for kind, model in (("claim", Claim), ("statement", Statement)):
        rows = model.objects.filter(pk__in=keys.get(kind, ()), reading__document__in=visible)
        found |= {
            f"{kind} {pk}": (document, f"#k-{kind[0]}{pk}")
            for pk, document in rows.values_list("pk", "reading__document")
        }
    out = {subject: reverse("document", args=[document]) + at for subject, (document, at) in found.items()}
    seen = Case.objects.visible_to(user)
    cases = seen.filter(Q(person__in=keys.get("person", ())) | Q(pk__in=keys.get("case", ())))
    for pk, person in cases.values_list("pk", "person"):
        out[f"person {person}"] = out[f"case {pk}"] = reverse("case", args=[pk])
    return out
