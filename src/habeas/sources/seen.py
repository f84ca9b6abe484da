"""That somebody sees the documents that a service is asked to do something with."""

from __future__ import annotations

from collections.abc import Iterable

from habeas.accounts.models import User
from habeas.core.actor import Actor
from habeas.core.errors import NotThere
from habeas.sources.models import Document


def must_see(actor: Actor, documents: Iterable[Document]) -> None:
    """Raises NotThere where there is one that the actor may not see, in the words for one that is not there."""
    keys = {document.pk for document in documents}
    user = User.objects.get(pk=actor.user_id)
    if Document.objects.visible_to(user).filter(pk__in=keys).count() < len(keys):
        raise NotThere("There is no such document here.")
