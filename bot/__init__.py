"""Dossier: who has undertaken what, and what is still open, with the exact sentences."""

__version__ = "0.1.0"
