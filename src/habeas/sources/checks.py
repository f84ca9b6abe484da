"""What `habeas check` says about stored documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from habeas.sources import services, store
from habeas.sources.models import Capture, Document, Source, Translation

SEALED = (Source, Document, Capture, Translation)  # no row of these without a line of the audit that tells who wrote it
T = TypeVar("T")
Progress = Callable[[Iterable[T]], Iterable[T]]


def faults(progress: Progress[Document] = iter) -> Iterator[str]:
    """One plain sentence for each document whose bytes or text changed or are gone, or that has no capture."""
    documents = Document.objects.order_by("id").prefetch_related("captures").iterator(chunk_size=500)
    for document in progress(documents):
        on_disk = store.sha256_on_disk(document.sha256)
        if document.erased_at:
            if on_disk is not None and services.is_nobodys(document.sha256):
                yield f"Document {document.pk}: its erased file is still there; `habeas erase --finish` removes it."
        elif on_disk is None:
            yield f"Document {document.pk}: its file {document.sha256[:12]}… is missing from the data folder."
        elif on_disk != document.sha256:
            yield f"Document {document.pk}: its file was changed; it now has the hash {on_disk[:12]}…."
        if services.text_sha256(document.text) != document.text_sha256:
            yield f"Document {document.pk}: its text was changed after it was taken in."
        captures = list(document.captures.all())
        if not captures:
            yield f"Document {document.pk}: it has no capture record."
        for capture in captures:
            if (
                capture.warc_sha256
                and not document.erased_at
                and store.sha256_on_disk(capture.warc_sha256) != capture.warc_sha256
            ):
                yield f"Capture {capture.pk}: the record of its request and answer is missing or was changed."
