"""Outlets, documents, their bytes and capture records."""
