"""The newest news of each person, kept by the database itself whenever a link is added, so that it is never behind."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import AppConfig
from django.db import connection
from django.db.models import F, Max
from django.db.models.signals import post_migrate, pre_migrate

from habeas.cases.models import Link, News

_PUBLISHED = "sighting__reading__document__published_on"
_KEEP = """INSERT INTO cases_news(person_id, newest_on)
    SELECT NEW.person_id, d.published_on FROM cases_sighting s JOIN cases_reading r ON r.id = s.reading_id
    JOIN sources_document d ON d.id = r.document_id WHERE s.id = NEW.sighting_id
    ON CONFLICT (person_id) DO UPDATE SET newest_on = {newer}(cases_news.newest_on, excluded.newest_on);"""
_SQLITE = (
    f"CREATE TRIGGER IF NOT EXISTS cases_news_kept AFTER INSERT ON cases_link BEGIN {_KEEP.format(newer='max')} END",
)
_POSTGRESQL = (
    f"""CREATE OR REPLACE FUNCTION cases_news_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN {_KEEP.format(newer="greatest")} RETURN NULL; END $$""",
    """CREATE OR REPLACE TRIGGER cases_news_kept AFTER INSERT ON cases_link
    FOR EACH ROW EXECUTE FUNCTION cases_news_keep()""",
)


def keep(app: AppConfig) -> None:
    """Has the database keep the news from the next `migrate` on. Call it in the app's `ready`.

    While it migrates nothing is kept: SQLite remakes no table that a trigger of another one names.
    """
    pre_migrate.connect(_take_down, sender=app, dispatch_uid="cases: news")
    post_migrate.connect(_put_up, sender=app, dispatch_uid="cases: news")


def faults() -> Iterator[str]:
    """One plain sentence for each person whose newest news are not those of their documents."""
    kept = dict(News.objects.values_list("person", "newest_on"))
    there = Link.objects.values_list("person").annotate(newest=Max(F(_PUBLISHED))).order_by("person")
    for person, newest in there.iterator():
        if kept.get(person) != newest:
            yield f"Person {person}: the case list misses their newest document; `python -m django migrate` adds it."


def make_again() -> None:
    """Makes all news anew from the links."""
    News.objects.all().delete()
    there = Link.objects.values_list("person").annotate(newest=Max(F(_PUBLISHED))).order_by("person")
    made = [News(person_id=person, newest_on=newest) for person, newest in there]
    News.objects.bulk_create(made, batch_size=1000)


def _take_down(sender: AppConfig, **_told: object) -> None:
    if "cases_link" not in connection.introspection.table_names():
        return
    on = " ON cases_link" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS cases_news_kept{on}")


def _put_up(sender: AppConfig, **_told: object) -> None:
    tables = connection.introspection.table_names()
    if "cases_news" not in tables:  # migrated back to before there were any
        return
    with connection.cursor() as cursor:
        for statement in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            cursor.execute(statement)
    if any(faults()):
        make_again()
