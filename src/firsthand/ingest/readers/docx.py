"""DOCX: a zip with the words in ``word/document.xml``, paragraph by paragraph."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from firsthand.errors import InputRejected

from ..building import Fields, intake
from ..types import Limits, Piece, Result
from ..xml import parse_xml

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"


def read_docx(piece: Piece, limits: Limits) -> Iterator[Result]:
    """The document as one report, deleted text of tracked changes left out."""
    data = piece.whole(limits.report_bytes)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            document = parse_xml(_member(archive, "word/document.xml", limits))
            core = (
                parse_xml(_member(archive, "docProps/core.xml", limits))
                if "docProps/core.xml" in archive.namelist()
                else None
            )
    except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise InputRejected(
            piece.name, why=f"the DOCX is damaged: {error}"[:200], hint="open and save it again"
        ) from None
    text = "\n\n".join(filter(None, (_text(paragraph) for paragraph in document.iter(f"{WORD}p"))))
    title = core.findtext(f"{DUBLIN_CORE}title") if core is not None else None
    author = core.findtext(f"{DUBLIN_CORE}creator") if core is not None else None
    fields = Fields(
        url=piece.url,
        title=(title or "").strip() or None,
        author=(author or "").strip() or None,
        retrieved=piece.retrieved,
    )
    yield intake(piece.name, data, text, stem=piece.stem, fields=fields, steps=("text of a DOCX document",))


def _member(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    with archive.open(name) as stream:
        data = stream.read(limits.report_bytes + 1)
    if len(data) > limits.report_bytes:
        raise ValueError(f"{name} unpacks to more than the bound for one report")
    return data


def _text(paragraph: Element) -> str:
    parts = []
    for element in paragraph.iter():
        if element.tag == f"{WORD}t":
            parts.append(element.text or "")
        elif element.tag in (f"{WORD}tab", f"{WORD}br", f"{WORD}cr"):
            parts.append(" " if element.tag == f"{WORD}tab" else "\n")
    return "".join(parts).strip()
