"""What the templates of the plan call: our words for its codes."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

from habeas.advocacy import terms

register = template.Library()


@register.filter
def term(code: str, table: str) -> str:
    """What a code of that table of vocab/plan.toml means, in the interface's language."""
    return gettext(terms.labels(table).get(code, code))


@register.filter
def huridocs(code: str, table: str) -> str:
    """List and code of the HURIDOCS micro-thesauri for a code of that table, as in "20/0102"; "" where none fits."""
    return terms.huridocs(table, code)


@register.filter
def pledge_state(code: str) -> str:
    """How a pledge stands: a code of the vocabulary, or silent."""
    return gettext("silent") if code == "silent" else term(code, "pledge_states")
