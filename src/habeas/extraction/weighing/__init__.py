"""Which claims stand: every trigger against everybody it may concern, weighed by a learned judge."""

from habeas.extraction.weighing.find import weighed_claims

__all__ = ["weighed_claims"]
