"""Every table that is sealed or only added to: an edited column, a removed row and a removed line are named, each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from advocacy.coalition import Held, held, promised
from cast import actor, document, report
from habeas.accounts import old_rows, services
from habeas.accounts.models import User
from habeas.accounts.roles import NotAllowed
from habeas.advocacy.drafts import Draft
from habeas.advocacy.queries.inbox import Offer
from habeas.advocacy.services import coalition, contacts, contingencies, inbox, lists, pledges, versions
from habeas.audit import anchor, checks, untold
from habeas.audit.models import AuditLine
from habeas.cases import erasing, judging, people, retention, sharing
from habeas.cases import services as taking
from habeas.cases.models import Case, Claim, Statement
from habeas.cli.check import sealed
from habeas.core import append_only
from habeas.core.actor import Actor
from habeas.extraction.reading import Claim as ReadClaim
from habeas.extraction.reading import DocumentInfo, Entity, Reading, Speaker
from habeas.extraction.reading import Statement as ReadStatement
from habeas.sources import checks as sources
from habeas.sources import store, translations
from habeas.sources.models import Document
from habeas.watch.models import Alert
from habeas.watch.services import dismiss, tick

pytestmark = pytest.mark.django_db
TEXT = "Tarek Oumari is in critical health, said Tarek Oumari."


@pytest.fixture
def desk(settings: Any, tmp_path: Path) -> Actor:
    """A row at least of everything that is sealed; who answers for it."""
    settings.DATA_DIR = tmp_path
    plan = held()
    alice = plan.people.alice
    by = actor(alice)
    _cases(plan, by)
    _plan(plan, by)
    services.add_member(alice.teams.get(), User.objects.create(username="rana"), actor=by)
    old_rows.seal(sealed(), actor=by)  # the cast's own were not made by services
    anchor.move_to(AuditLine.objects.latest("pk"))
    return by


def _cases(plan: Held, by: Actor) -> None:
    alice, case = plan.people.alice, plan.tarek.case
    name = Entity("e1", "person", "Tarek Oumari", ((0, 12),))
    claim = ReadClaim(
        id="c1", subject="e1", kind="health", phase="ongoing", value="critical", modality="actual", evidence=((0, 34),),
        date=timezone.localdate().isoformat(),
    )  # fmt: skip
    said = ReadStatement("s1", Speaker(((41, 53),), "e1"), ((36, 40),), ((0, 34),), "direct", ("state",), about=("e1",))
    made = document(alice, TEXT, published=timezone.localdate().isoformat())
    read = Reading(DocumentInfo(), entities=(name,), claims=(claim,), statements=(said,))
    taking.take_in(made, read, reader="test", actor=by)
    judging.judge(Claim.objects.latest("pk"), "accept", actor=by, reason="seen")
    judging.set_rule(alice.teams.get(), "link", 1, actor=by)
    retention.set_rule(alice.teams.get(), "originals", 900, actor=by)
    people.add_alias(case.person, "Abu Hani", reason="his brother", user=alice, actor=by)
    sharing.share(case, plan.people.charlie, actor=by)
    translations.pair(document(alice, "A translation."), made, actor=by)
    report(alice, "Nabil Sefrawi")
    erasing.erase(Case.objects.get(person__name="Nabil Sefrawi").person, reason="asked for", actor=by)


def _plan(plan: Held, by: Actor) -> None:
    contingencies.put_under(
        promised(plan, plan.legal, plan.people.alice),
        contingencies.prepare(plan.tarek, ["health_critical"], actor=by),
        actor=by,
    )
    tick(actor=by)
    dismiss(Alert.objects.earliest("pk"), actor=by, reason="known")
    contingencies.fire(actor=by)
    coalition.note(plan.legal, "Call first.", actor=by, case=plan.tarek)
    version = versions.new_version(plan.coalition, [versions.Wanted("goal", "Free them", None)], actor=by)
    versions.adopt(version, plan.legal, actor=by)
    pledges.move(promised(plan, plan.legal, plan.people.alice), "under_way", actor=by)
    told = contacts.Sent(to="the prison service", to_kind="authority", ask="release", partner=plan.legal)
    sent = contacts.communicate(plan.coalition, told, [plan.tarek], actor=by)
    contacts.answer(sent, "acknowledged", "none", actor=by)
    contacts.convene(plan.coalition, contacts.Convened("A meeting", date(2026, 9, 1)), actor=by)
    lists.take_in(plan.legal, "A list", b"Tarek Oumari\nNobody Known", actor=by)
    statement = Statement.objects.latest("pk")
    draft = Draft("meeting", 0, 12, "Tarek Oumari")
    offer = Offer(draft, statement.pk, statement.reading.document_id, "", "Basit Post", "", "", "en")
    inbox.drop(plan.coalition, offer, actor=by)
    coalition.leave(plan.press, "Too few people.", actor=by)


@contextmanager
def tampered() -> Iterator[None]:
    """A transaction without guards, which is taken back."""
    with transaction.atomic():
        append_only.take_down()
        yield
        transaction.set_rollback(True)


def another(field: models.Field[Any, Any], value: Any) -> Any:
    """Something else that the column may hold; the same where there is nothing else."""
    if field.is_relation:
        other = field.related_model._base_manager.exclude(pk=value).values_list("pk", flat=True).first()  # type: ignore[union-attr]
        return value if other is None else other
    if isinstance(field, models.JSONField):
        return [value, 1]
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.DateField):
        return value + timedelta(days=1) if value else timezone.now()
    if isinstance(value, int | float):
        return value + 1
    if isinstance(field, models.CharField | models.TextField):
        return f"{value or ''}x"[-(field.max_length or 99) :]
    return 1


def test_the_desk_has_a_row_of_everything_and_nothing_is_wrong(desk: Actor) -> None:
    assert [model.__name__ for model in sealed() if not model._base_manager.exists()] == []
    assert [*checks.faults(sealed()), *checks.end_faults(), *sources.faults()] == []
    added_only = {model for model in apps.get_models(include_auto_created=True) if append_only.is_guarded(model)}
    assert added_only - {AuditLine} <= set(sealed())


@pytest.mark.slow
def test_every_edited_column_is_named(desk: Actor) -> None:
    unseen = []
    for model in sealed():
        row = model._base_manager.earliest("pk")
        for field in model._meta.concrete_fields:
            value = getattr(row, field.attname)
            changed = another(field, value)
            if field.primary_key or changed == value:
                continue
            with suppress(IntegrityError), tampered():  # what the database itself refuses needs no naming
                model._base_manager.filter(pk=row.pk).update(**{field.attname: changed})
                if not any(f"{model._meta.verbose_name} {row.pk}: it is not as" in f.lower() for f in _faults(model)):
                    unseen.append(f"{model.__name__}.{field.name}")
    assert unseen == []


def test_every_removed_and_every_smuggled_row_is_named(desk: Actor) -> None:
    unseen = []
    for model in sealed():
        row = model._base_manager.earliest("pk")
        key = row.pk
        with tampered():
            model._base_manager.filter(pk=key)._raw_delete("default")  # type: ignore[attr-defined]
            if not any(f"{model._meta.verbose_name} {key}: it is gone" in f.lower() for f in _faults(model)):
                unseen.append(f"{model.__name__} removed")
            row.pk = 10**6
            model._base_manager.bulk_create([row])
            if not any(f"{model._meta.verbose_name} {10**6}: no line" in f.lower() for f in _faults(model)):
                unseen.append(f"{model.__name__} smuggled in")
    assert unseen == []


def _faults(model: type[models.Model]) -> list[str]:
    return list(checks.faults([model]))


@pytest.mark.slow
def test_every_removed_or_edited_line_is_noticed(desk: Actor) -> None:
    unseen = []
    for line in AuditLine.objects.order_by("pk"):
        with tampered():
            AuditLine.objects.filter(pk=line.pk).delete()
            if not [*checks.faults(), *checks.end_faults()]:
                unseen.append(line.pk)
        with tampered():
            AuditLine.objects.filter(pk=line.pk).update(actor="somebody else")
            if not any(f"line {line.pk} " in fault for fault in checks.faults()):
                unseen.append(line.pk)
    assert unseen == []


def test_a_flipped_byte_is_named_in_every_stored_file(desk: Actor) -> None:
    for made in Document.objects.filter(erased_at=None):
        path = store.path_of(made.sha256)
        before = path.read_bytes()
        path.chmod(0o600)
        path.write_bytes(bytes([before[0] ^ 1]) + before[1:])
        assert [fault.partition(":")[0] for fault in sources.faults()] == [f"Document {made.pk}"]
        path.write_bytes(before)


def test_rows_from_before_seals_are_sealed_on_record_and_once(desk: Actor) -> None:
    row = Claim.objects.earliest("pk")
    with append_only.lifted():
        row.pk = None
        row.local_id = "old"
        row.save()
    assert [fault for fault in checks.faults(sealed()) if "no line of the audit tells" in fault]
    with pytest.raises(NotAllowed):
        old_rows.seal(sealed(), actor=actor(User.objects.get(username="rana")))
    before = {late.kind: late.rows for late in untold.late()}
    assert old_rows.seal(sealed(), actor=desk) == 1
    assert old_rows.seal(sealed(), actor=desk) == 0
    assert list(checks.faults(sealed())) == []
    assert {late.kind: late.rows for late in untold.late()} == before | {"claim": 1}
    assert untold.late()[-1].on == f"{timezone.now():%Y-%m-%d}"
    with append_only.lifted():
        Claim.objects.filter(pk=row.pk).update(place="elsewhere")
    assert any("is not as line" in fault for fault in checks.faults(sealed()))
