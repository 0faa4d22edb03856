"""RawReport → Document: the text of the news with the way back to the original.

Takes one report; gives its text with a map into what came in, and what the lines that went said of title, day, agency and author.
Never looks at another report, never interprets the news, never drops what it has not read.
"""

from .cleaning import clean
from .english import why_silent

__all__ = ["clean", "why_silent"]
