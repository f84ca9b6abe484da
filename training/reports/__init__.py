"""Annotated reports about invented people."""
