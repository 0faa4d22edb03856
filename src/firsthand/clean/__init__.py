"""clean: RawReport → Document. Text with a map back to the original and the steps applied; never interprets the news."""

from .cleaning import clean

__all__ = ["clean"]
