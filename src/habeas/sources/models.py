"""Sources, documents, and the runs and captures that brought them."""

from __future__ import annotations

from django.db import models

from habeas.accounts.models import Team, User
from habeas.accounts.roles import teams_of
from habeas.core.encrypted import EncryptedText
from habeas.sources.visibility import documents_of


class Source(models.Model):
    """Who publishes: an outlet, agency, organisation, court. Never the speaker."""

    name = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """One going through of the same files with the same options. A run that was killed is found again and goes on."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    collector = models.ForeignKey(User, on_delete=models.PROTECT)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the paths and options")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("team", "fingerprint"),
                condition=models.Q(finished_at=None),
                name="one_unfinished_run_of_the_same",
            )
        ]

    def __str__(self) -> str:
        return f"run {self.pk}"


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents; every read starts with `visible_to`."""

    def visible_to(self, user: User) -> DocumentQuerySet:
        """The documents of the user's teams, and those that `sources.visibility` shows them; none where inactive."""
        return self.filter(documents_of(user))


class Document(models.Model):
    """One captured item: bytes that never change (kept in the data folder by `sha256`) and the text taken from them."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=100)
    title = models.TextField(blank=True)
    text = models.TextField()
    text_sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47; empty where unknown")
    published_on = models.CharField(max_length=10, blank=True, help_text="ISO date; empty where unknown")
    added_at = models.DateTimeField()
    erased_at = models.DateTimeField(
        null=True, blank=True, help_text="when somebody's data in it were erased and its bytes with them"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ("-added_at", "-id")
        constraints = [models.UniqueConstraint(fields=("team", "sha256"), name="the_same_bytes_once_a_team")]
        # Both hold all that says whose a document is, so that the newest of a team are found without the texts.
        indexes = [
            models.Index(fields=("published_on", "id", "team"), name="documents_by_day"),
            models.Index(fields=("added_at", "id", "team"), name="documents_by_arrival"),
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"


class Capture(models.Model):
    """How a document came: one row each time the same bytes were met. No document without one."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="captures")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="captures")
    run = models.ForeignKey(Run, null=True, blank=True, on_delete=models.PROTECT, related_name="captures")
    captured_at = models.DateTimeField()
    collector = models.ForeignKey(User, on_delete=models.PROTECT)
    method = models.CharField(max_length=40, help_text="file, jsonl, web, imap …")
    tool = models.CharField(max_length=80, help_text="name and version")
    original = models.TextField(help_text="the address or path it was taken from")
    url = models.TextField(blank=True, help_text="the address it was published at, as stated")
    final_url = models.TextField(blank=True, help_text="after redirects; empty where nothing was fetched")
    http_status = models.PositiveSmallIntegerField(null=True, blank=True)
    http_headers = models.JSONField(default=list, blank=True, help_text="[[name, value], …] as sent")
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="bytes")
    media_type = models.CharField(max_length=100)
    stated_date = models.CharField(max_length=10, blank=True, help_text="publication date as stated; ISO")
    stated_language = models.CharField(max_length=35, blank=True)
    stated_original = models.CharField(
        max_length=500, blank=True, help_text="the address of what it translates, as stated"
    )
    warc_sha256 = models.CharField(
        max_length=64, blank=True, help_text="the record of request and response, if fetched"
    )

    class Meta:
        ordering = ("captured_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("run", "original", "sha256"), name="one_capture_of_an_item_a_run")
        ]
        indexes = [models.Index(fields=("stated_original",), name="captures_of_translations")]

    def __str__(self) -> str:
        return f"capture {self.pk} of document {self.document_id}"


class Translation(models.Model):
    """That a document translates another, or (`original` null) that it does not. Only added; the newest counts."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="translation_rows")
    original = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"translation {self.pk} of document {self.document_id}"


class FeedQuerySet(models.QuerySet["Feed"]):
    """Feeds; every read starts with `visible_to`."""

    def visible_to(self, user: User) -> FeedQuerySet:
        """The feeds of the user's teams; none for a user who is inactive or in no team."""
        return self.filter(team__in=teams_of(user))


class Feed(models.Model):
    """Where a source publishes and how often a team looks there: a feed or sitemap, one page, or a folder."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="feeds")
    kind = models.CharField(max_length=10, help_text="feed, page, folder or mailbox")
    address = models.TextField()
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47, where all its documents have one")
    every_minutes = models.PositiveIntegerField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    paused_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(db_index=True)
    etag = models.TextField(blank=True)
    last_modified = models.TextField(blank=True)
    password = EncryptedText(blank=True, help_text="of a mailbox")
    mark = models.CharField(
        max_length=40, blank=True, help_text="of a mailbox: its UIDVALIDITY and the highest UID that was listed"
    )
    last_ok_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="in a row")
    trouble = models.TextField(blank=True, help_text="one sentence where the last look failed")

    objects = FeedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=("team", "address"), name="an_address_once_a_team")]

    def __str__(self) -> str:
        return f"feed {self.pk}"


class FeedItem(models.Model):
    """One item that a feed listed: fetched, waiting (`next_at`), changed, or gone."""

    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="items")
    key = models.CharField(max_length=64, help_text="SHA-256 of the id that the feed gives it")
    url = models.TextField()
    title = models.TextField(blank=True)
    published_on = models.CharField(max_length=10, blank=True)
    version = models.CharField(max_length=100, blank=True, help_text="changes when the feed tells something else of it")
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    changes = models.PositiveIntegerField(default=0, help_text="how often other bytes came than before")
    seen_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(
        null=True, blank=True, help_text="when to fetch it; null where there is nothing to do"
    )
    attempts = models.PositiveIntegerField(default=0, help_text="in a row, that failed")
    parts = models.PositiveIntegerField(
        default=0, help_text="of a file of many: how many were gone through when the time was over; 0 at its end"
    )
    trouble = models.TextField(blank=True, help_text="one sentence where it was not fetched")
    gone_at = models.DateTimeField(null=True, blank=True, help_text="when its page, or its place in the feed, was gone")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("feed", "key"), name="an_item_once_a_feed")]
        indexes = [models.Index(fields=("next_at",), condition=models.Q(next_at__isnull=False), name="items_to_fetch")]

    def __str__(self) -> str:
        return f"item {self.pk} of feed {self.feed_id}"
