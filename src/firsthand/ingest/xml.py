"""XML from strangers: no entities of its own, no document types, no depth without bound."""

from __future__ import annotations

from typing import cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

# Deeper than any feed or document nests; the tree is walked without recursion, but its disposal is recursive in C.
DEPTH = 200


def parse_xml(data: bytes) -> Element:
    """The root element. Raises ValueError, its message the reason, for XML that is broken or defines entities."""
    if _depth(data) > DEPTH:
        raise ValueError(f"its elements nest deeper than {DEPTH}")
    try:
        return cast(Element, fromstring(data.strip(), forbid_dtd=False, forbid_entities=True, forbid_external=True))
    except DefusedXmlException:
        raise ValueError("it defines XML entities, which can be a bomb") from None
    except (ParseError, ValueError, LookupError) as error:
        raise ValueError(f"not well-formed XML: {error}") from None


def _depth(data: bytes) -> int:
    """Upper bound of how deep elements nest, counted from the brackets alone."""
    depth = deepest = at = 0
    while (at := data.find(b"<", at)) >= 0:
        following = data[at + 1 : at + 2]
        if following == b"/":
            depth -= 1
        elif following not in (b"!", b"?"):
            end = data.find(b">", at)
            if end < 0:
                break
            if data[end - 1 : end] != b"/":
                depth += 1
                deepest = max(deepest, depth)
        at += 1
    return deepest
