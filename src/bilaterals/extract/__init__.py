"""Text to candidates: who met whom, what they agreed in words, which instruments they signed."""

from bilaterals.extract.pipeline import extract

__all__ = ["extract"]
