"""Documents whose text went: they are read no more; what only a rule in days took comes back when it is captured again.

What somebody's erasing took never does.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, Model, OuterRef, Q

from habeas.audit import services as audit
from habeas.cases import erasing
from habeas.cases.models import Claim, Erasure, Reading, SearchText, Telling
from habeas.cases.telling import SKETCH
from habeas.core import adding, append_only
from habeas.core.actor import Actor
from habeas.core.folding import fold
from habeas.core.likeness import sketch
from habeas.sources import services as sources
from habeas.sources.formats import Item
from habeas.sources.models import Capture, Document
from habeas.sources.stated import Stated

# That what is in a document went, and not its file alone: where it was taken from went with it. A later capture, of an
# older desk that did not know of this, brought nothing back.
_BEFORE = Capture.objects.filter(document=OuterRef("pk"), captured_at__lte=OuterRef("erased_at"))
GONE = Q(erased_at__isnull=False) & ~Q(Exists(_BEFORE.exclude(original="")))


EMPTIED = "emptied "  # begins what stands in place of the reader where what it read was emptied


def is_gone(document: Document) -> bool:
    """Whether the text of the document went, in whole or where it named somebody, so that nobody may read it again."""
    return document.erased_at is not None and Document.objects.filter(GONE, pk=document.pk).exists()


def let_back(document: Document, item: Item, stated: Stated, actor: Actor) -> bool:
    """Whether the document may be captured again: not where it held what was erased of somebody.

    What a rule in days took is put back as it is captured now, to be read anew; with one line in the audit.
    """
    if not is_gone(document):
        return True
    if any(document.pk == key for told in Erasure.objects.values_list("documents", flat=True) for key, *_ in told):
        return False
    with append_only.lifted():
        audit.one_writer_at_a_time()
        document.refresh_from_db()
        if is_gone(document):  # nobody else has put it back meanwhile
            wrote = list(_put_back(document, stated.title or item.title, item.text))
            audit.record(
                "cases.document.came_back", document, actor=actor, detail={"sha256": document.sha256}, wrote=wrote
            )
    return True


def _put_back(document: Document, title: str, text: str) -> Iterator[Model]:
    """The rows with the text in them again. What was read before stays empty, and is no reading by any reader."""
    document.title, document.text, document.erased_at = title, text, None
    document.text_sha256 = sources.text_sha256(text)
    adding.change([document], "title", "text", "text_sha256", "erased_at")
    yield document
    readings = list(Reading.objects.filter(document=document))
    for reading in readings:
        reading.reader = f"{EMPTIED}{reading.pk}"
    adding.change(readings, "reader")
    yield from readings
    yield from erasing.read_anew([(text, Claim.objects.filter(reading__document=document))])
    SearchText.objects.filter(document=document, statement=None).update(folded=fold(f"{title} {text}"))
    if numbers := sketch(text):
        Telling.objects.filter(document=document, statement=None).update(**dict(zip(SKETCH, numbers, strict=True)))
