"""Briefing: an offline desktop viewer of briefing notes."""

__version__ = "0.1.0"
