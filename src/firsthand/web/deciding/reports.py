"""Adding reports from the browser, within the bounds that `firsthand add` keeps."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Request, UploadFile
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from firsthand.errors import InputRejected
from firsthand.ingest import Intake, Limits, read
from firsthand.ledger import Writer

from ..access import REVIEWERS, Report, Short, Words
from ..desk import TheDesk, ThePerson

routes = APIRouter()

# A form is read whole before it is looked at; larger piles go through the command.
MOST_BYTES = Limits().report_bytes * 4
_CHUNK = 1 << 20


@routes.get("/add", response_class=HTMLResponse)
def form(request: Request, desk: TheDesk) -> HTMLResponse:
    return desk.render(request, "add.html", result=None, most=MOST_BYTES // (1 << 20))


@routes.post("/add", dependencies=[REVIEWERS])
def add(
    request: Request,
    desk: TheDesk,
    person: ThePerson,
    files: Annotated[list[UploadFile] | None, File()] = None,
    pasted: Report = "",
    title: Short = "",
    site: Short = "",
    url: Words = "",
    published: Short = "",
) -> HTMLResponse:
    """Takes files or pasted text in; each is kept or rejected with its reason, as the command does. What is said of pasted text
    (``title``, ``site``, ``url``, ``published``) is kept with it."""
    said = {"title": title, "site": site, "url": url, "published": published}
    with tempfile.TemporaryDirectory() as folder:
        places = _laid_down(Path(folder), files or [], pasted, said)
        if not places:
            raise HTTPException(422, "choose a file, or paste the text of a report")
        rejected: list[str] = []
        taken: list[tuple[str, str]] = []
        known = 0
        with Writer(desk.ledger) as writer:
            for item in read([str(place) for place in places]):
                if isinstance(item, InputRejected):
                    rejected.append(str(item).replace(f"{folder}/", ""))
                elif isinstance(item, Intake):
                    # Where it lay on this machine for a moment tells nobody anything.
                    name = f"upload:{Path(item.report.name).name}"
                    added = writer.add([(replace(item.report, name=name), item.original)], by=person.name)
                    known += len(added.known)
                    taken += [(id, item.report.title or item.report.source_id) for id in added.new]
    if taken:
        desk.updater.ask()
    result = {"taken": taken, "known": known, "rejected": rejected}
    return desk.render(request, "add.html", result=result, most=MOST_BYTES // (1 << 20))


def _laid_down(folder: Path, files: list[UploadFile], pasted: str, said: Mapping[str, str]) -> list[Path]:
    """The uploads as files in ``folder``, under names of their own: the reader bounds them, not memory."""
    out: list[Path] = []
    size = 0
    for number, upload in enumerate(files):
        if not upload.filename:
            continue
        # Its own folder each: two uploads may have one name. Only the last part of a name is ever used.
        place = folder / str(number) / (Path(upload.filename.replace("\\", "/")).name[:150] or "report")
        place.parent.mkdir()
        with place.open("wb") as out_file:
            while chunk := upload.file.read(_CHUNK):
                size += len(chunk)
                if size > MOST_BYTES:
                    raise HTTPException(413, "these files are too large for a form: use `firsthand add`")
                out_file.write(chunk)
        out.append(place)
    if pasted.strip():
        told = {name: value.strip() for name, value in said.items() if value.strip()}
        place = folder / ("pasted.jsonl" if told else "pasted.txt")
        if told:
            id = f"pasted-{hashlib.sha256(pasted.encode()).hexdigest()[:12]}"
            pasted = json.dumps({"id": id, "text": pasted, **told}, ensure_ascii=False)
        place.write_text(pasted, encoding="utf-8")
        out.append(place)
    return out
