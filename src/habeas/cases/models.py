"""What was read, kept as rows that are only ever added: readings, sightings, claims, statements, links, judgements; and
the people and cases they are about. `models_names` and `SearchText` are indexes made from these rows."""

from __future__ import annotations

from typing import NamedTuple

from django.db import models

from habeas.accounts.models import Team, User
from habeas.accounts.roles import teams_of
from habeas.cases import models_kept  # noqa: F401 - Django looks for models here
from habeas.cases.models_names import Name as Name
from habeas.cases.models_names import NameKey as NameKey
from habeas.cases.models_names import NamePair as NamePair
from habeas.cases.models_names import PersonName as PersonName
from habeas.cases.models_retention import RetentionRound as RetentionRound
from habeas.cases.models_retention import RetentionRule as RetentionRule
from habeas.core.encrypted import EncryptedText
from habeas.core.looking import once_a_look, one_look
from habeas.sources.models import Document


class Reading(models.Model):
    """One document read by one version of the reader. A newer version adds its own beside it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="readings")
    reader = models.CharField(max_length=40, help_text="version of the reader")
    relevant = models.BooleanField(default=True)
    note = models.TextField(blank=True, help_text="one sentence where something could not be read")
    read_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("document", "reader"), name="one_reading_a_version")]

    def __str__(self) -> str:
        return f"reading {self.pk} of document {self.document_id}"


# People whose files are not shown, or not to those of one team: the few that are not counted with a team's cases.
_ASIDE = models.Q(merged_into__isnull=False) | models.Q(erased_at__isnull=False) | models.Q(told_by__isnull=False)


class Person(models.Model):
    """A human being with a file. A name that was merely seen is a `Sighting`, not a person."""

    name = models.CharField(max_length=300, help_text="the form we file them under")
    created_at = models.DateTimeField()
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="who they turned out to be"
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    one_with = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="in another team's file"
    )
    told_by = models.ForeignKey(
        Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False, help_text="that team"
    )

    class Meta:
        indexes = [models.Index(fields=("id",), condition=_ASIDE, name="people_set_aside")]

    def __str__(self) -> str:
        return f"person {self.pk}"


class Erasure(models.Model):
    """What is left of somebody whose data were erased on request: which person, why, and the hashes of what went."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="erasures")
    reason = models.TextField()
    documents = models.JSONField(help_text="[[document, SHA-256 of its bytes, SHA-256 of its text before], …]")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"erasure {self.pk} of person {self.person_id}"


class PeopleChange(models.Model):
    """Two people found to be one, one found to be two, or an alias given by hand; with the reason, and how to undo it.

    `moved` lists what changed hands: {"sightings": [[sighting, from, to], …], "names": [[person, name], …]}, and has
    "weak": true where the alias counts only with what else is known.
    """

    kind = models.CharField(max_length=10, help_text="merge, split or alias")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="changes")
    other = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    moved = models.JSONField()
    reason = EncryptedText()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of person {self.person_id}"


class News(models.Model):
    """The newest day on which a document was published that a link leads to a person from; an index (`cases.news`)."""

    person = models.OneToOneField(Person, primary_key=True, on_delete=models.CASCADE, related_name="news")
    newest_on = models.CharField(max_length=10, db_index=True, help_text="ISO date; empty where none is known")

    def __str__(self) -> str:
        return f"news of person {self.person_id}"


class Shown(NamedTuple):
    """A case that is shown to somebody, the team that it is of, and the person."""

    case: int
    team: int
    person: int


@once_a_look
def shown_to(user: User) -> frozenset[Shown]:
    """The cases that are shown to the user, or to one of their teams, now."""
    shares = CaseShare.objects.filter(models.Q(user=user) | models.Q(team__in=teams_of(user)), until=None)
    return frozenset(Shown(*found) for found in shares.values_list("case", "case__team", "case__person"))


_OPEN = models.Q(limited_at=None)


def _open_to(user: User) -> models.Q:
    """That a case is of one of the user's teams and not limited to others, or shown to them or their teams."""
    teams = teams_of(user)
    shown = {one.case: one.team for one in shown_to(user)}
    theirs = [case for case, team in shown.items() if team not in teams]
    seen = models.Q(team__in=teams) & (_OPEN | models.Q(pk__in=shown) if shown else _OPEN)
    return seen | models.Q(pk__in=theirs) if theirs else seen  # only then: an OR at the top costs a sort of all


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases; every read starts with `visible_to`."""

    @one_look()
    def visible_to(self, user: User) -> CaseQuerySet:
        """The cases of the user's teams that are not limited to others, and those shown to them or their teams.

        People merged or erased are left out, and of somebody with a file in each of two teams of theirs the one that is
        told in the other; somebody inactive sees none.
        """
        if not user.is_active:
            return self.none()
        found = self.filter(_open_to(user), person__merged_into=None, person__erased_at=None)
        return found.exclude(person__told_by__in=teams_of(user))

    @one_look()
    def count_visible_to(self, user: User) -> int:
        """How many `visible_to` has: all of the teams' cases but those of people set aside, whom an index holds.

        To look at the person of each is what takes a large desk long.
        """
        if not user.is_active:
            return 0
        aside = models.Q(merged_into__isnull=False) | models.Q(erased_at__isnull=False)
        aside |= models.Q(told_by__in=teams_of(user))
        of_these = self.filter(_open_to(user))
        return of_these.count() - of_these.filter(person__in=Person.objects.filter(_ASIDE, aside).values("pk")).count()


class Case(models.Model):
    """The file about one person's deprivation of liberty. Its state is computed, never stored."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    person = models.OneToOneField(Person, on_delete=models.PROTECT)
    opened_at = models.DateTimeField()
    limited_at = models.DateTimeField(
        null=True, blank=True, help_text="since when only those see it whom it is shown to; null: its team sees it"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=("team",), condition=models.Q(limited_at__isnull=False), name="limited_cases_of_a_team")
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class CaseShare(models.Model):
    """A case shown to one person, or to everybody with a role in one team, from `since` until `until`."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="shares")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_share_is_with_a_person_or_a_team",
                condition=models.Q(user__isnull=False, team=None) | models.Q(user=None, team__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"share {self.pk} of case {self.case_id}"

    @property
    def with_whom(self) -> str:
        """The name of the person or the team."""
        return self.user.username if self.user else self.team.name if self.team else ""


class Sighting(models.Model):
    """One entity as seen in one document: its name there and every place that means it."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="sightings")
    local_id = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, help_text="person, group, organisation or place")
    name = models.CharField(max_length=500)
    folded = models.CharField(max_length=500, db_index=True, help_text="the name as search compares it")
    mentions = models.JSONField(help_text="[[start, end], …] into the document's text")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("reading", "local_id"), name="one_sighting_an_entity")]

    def __str__(self) -> str:
        return f"sighting {self.pk}"


class Link(models.Model):
    """A sighting is this person, is not, or somebody should look: with the score and the reason in words.

    Only added; the newest link of a sighting and person is the one that counts.
    """

    sighting = models.ForeignKey(Sighting, on_delete=models.PROTECT, related_name="links")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links")
    verdict = models.CharField(max_length=10, help_text="same, different or ask")
    score = models.FloatField()
    reason = models.TextField()
    made_at = models.DateTimeField()
    made_by = models.CharField(max_length=80)
    judgement = models.ForeignKey(
        "Judgement", null=True, blank=True, on_delete=models.PROTECT, related_name="made", help_text="that made it"
    )

    class Meta:
        indexes = [models.Index(fields=("id",), condition=models.Q(verdict="ask"), name="links_that_ask")]

    def __str__(self) -> str:
        return f"sighting {self.sighting_id} {self.verdict} person {self.person_id}"


class Statement(models.Model):
    """Public words as one document has them."""

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="statements")
    local_id = models.CharField(max_length=20)
    speaker = models.ForeignKey(Sighting, null=True, blank=True, on_delete=models.PROTECT, related_name="said")
    speaker_spans = models.JSONField(default=list)
    role = models.CharField(max_length=300, blank=True)
    organisation = models.CharField(max_length=300, blank=True)
    cue_spans = models.JSONField(default=list)
    content_spans = models.JSONField()
    manner = models.CharField(max_length=10)
    acts = models.JSONField()
    target = models.ForeignKey(Sighting, null=True, blank=True, on_delete=models.PROTECT, related_name="targeted")
    about = models.ManyToManyField(Sighting, related_name="spoken_of")
    outlet = models.CharField(max_length=300, blank=True)
    condition = models.JSONField(null=True, blank=True, help_text="[start, end] or null")
    carried_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("reading", "local_id"), name="one_statement_an_id")]

    def __str__(self) -> str:
        return f"statement {self.pk}"


class Claim(models.Model):
    """One assertion about one sighting, with the passage it stands in.

    `added_by` is the person who drew it from the words by hand, null where the reader did. `carried_from` is the claim
    of an older reading that a person had judged and that this reading no longer has.
    """

    reading = models.ForeignKey(Reading, on_delete=models.PROTECT, related_name="claims")
    local_id = models.CharField(max_length=20)
    subject = models.ForeignKey(Sighting, on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=30)
    phase = models.CharField(max_length=20)
    modality = models.CharField(max_length=20)
    date = models.CharField(max_length=30, blank=True, help_text="EDTF level 1; empty where the text tells none")
    earliest_on = models.DateField(null=True, blank=True)
    latest_on = models.DateField(null=True, blank=True)
    value = models.JSONField(null=True, blank=True, help_text="integer, text or null")
    place = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=300, blank=True)
    statement = models.ForeignKey(Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="claims")
    evidence = models.JSONField(help_text="[[start, end], …] into the document's text")
    words = models.TextField(help_text="the exact words of the evidence, kept so that a change of text would show")
    why = models.TextField(blank=True, help_text="what in the reader decided")
    added_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    carried_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("reading", "local_id"), name="one_claim_an_id")]
        indexes = [models.Index(fields=("subject", "kind"))]

    def __str__(self) -> str:
        return f"claim {self.pk}"


class JudgingRule(models.Model):
    """How many people must say the same before something of a team counts as judged. Only added; the newest counts."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    on = models.CharField(max_length=10, help_text="claim, statement or link")
    kind = models.CharField(max_length=30, blank=True, help_text="of claim; empty for all kinds without their own rule")
    people = models.PositiveSmallIntegerField(help_text="1 or 2")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.people} for {self.on} {self.kind}".strip()


# That a judgement is somebody's word, and does not only take one back. Not `undoes=None`: SQLite would go through every
# such row by the index of `undoes` to find the few on one claim.
A_WORD = ~models.Q(verdict="undo")


class Judgement(models.Model):
    """A person's yes, no or unsure on one claim, statement or link, or the correction of a claim, with the reason.

    Only added. The newest one that was not undone counts; an undoing is a row of its own that points to what it undoes.
    """

    claim = models.ForeignKey(
        Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="judgements", db_index=False
    )
    statement = models.ForeignKey(
        Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="judgements", db_index=False
    )
    link = models.ForeignKey(
        Link, null=True, blank=True, on_delete=models.PROTECT, related_name="judgements", db_index=False
    )
    verdict = models.CharField(max_length=10, help_text="accept, mend, reject, unsure or undo")
    mended = models.JSONField(null=True, blank=True, help_text="for mend: the keys that are put right")
    subject = models.ForeignKey(
        Sighting,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="mended to be about them",
    )
    settles = models.BooleanField(default=True, help_text="False where a second person has yet to say the same")
    carried_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recheck = models.BooleanField(default=False, help_text="carried to a reading that no longer says the same")
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    reason = EncryptedText()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_judgement_is_on_one_thing",
                condition=models.Q(claim__isnull=False, statement=None, link=None)
                | models.Q(claim=None, statement__isnull=False, link=None)
                | models.Q(claim=None, statement=None, link__isnull=False),
            )
        ]
        # Of an index that held every row SQLite would take it that there are as many judgements on one statement as on
        # none, once very many are on claims; and go through all of them for each statement. So it would to see whether
        # one was taken back, which few are: the index of its own that `undoes` has holds all.
        indexes = [
            models.Index(fields=(name,), condition=models.Q(**{f"{name}__isnull": False}), name=f"judgements_by_{name}")
            for name in ("claim", "statement", "link", "subject", "undoes")
        ]
        # The few by which something waits again (`queries.waiting`), so that nobody goes through all that were made.
        indexes.append(
            models.Index(
                fields=("verdict",),
                condition=models.Q(settles=False) | models.Q(recheck=True) | models.Q(verdict="unsure"),
                name="judgements_that_wait",
            )
        )

    def __str__(self) -> str:
        return f"judgement {self.pk}: {self.verdict}"


class SearchText(models.Model):
    """The text of a document or statement as search compares it (`core.folding`)."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    statement = models.OneToOneField(Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    folded = models.TextField()

    def __str__(self) -> str:
        return f"search text {self.pk}"


class Telling(models.Model):
    """A statement or a whole document among those with the same words: `first` is the oldest it repeats, null for none.

    `b0` to `b5` are the sketch by which alike texts are found (`core.likeness`). Made from what was read.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    statement = models.OneToOneField(Statement, null=True, blank=True, on_delete=models.PROTECT, related_name="telling")
    first = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="repeats")
    b0 = models.BigIntegerField()
    b1 = models.BigIntegerField()
    b2 = models.BigIntegerField()
    b3 = models.BigIntegerField()
    b4 = models.BigIntegerField()
    b5 = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=(f"b{n}", "id"), condition=models.Q(first=None), name=f"first_by_b{n}")
            for n in range(6)
        ]

    def __str__(self) -> str:
        return f"telling {self.pk} of document {self.document_id}"
