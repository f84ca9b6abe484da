"""Fits and measures the judge of claims."""
