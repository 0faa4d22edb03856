"""Signing: the judgement is written, and the figures are asked to be brought up to date."""

from __future__ import annotations

import json

from starlette.exceptions import HTTPException

from firsthand.errors import Superseded
from firsthand.ledger import Writer
from firsthand.model import Judgement
from firsthand.model.judgement import Verb

from ..access import Person
from ..desk import Desk


def sign(
    desk: Desk,
    person: Person,
    verb: Verb,
    subject: str,
    *,
    before: object = "",
    after: object = "",
    reason: str = "",
    seen: str | None = None,
    undoes: str | None = None,
    changes: bool = True,
) -> Judgement:
    """Appends the judgement, unless one on ``subject`` came after ``seen``, the newest that the page had shown.

    ``changes`` False: it moves no figure, and nothing need be brought up to date.
    """
    with Writer(desk.ledger) as writer:
        try:
            judgement = writer.judge(
                by=person.name,
                verb=verb,
                subject=subject,
                before=canonical(before),
                after=canonical(after),
                reason=reason.strip(),
                undoes=undoes,
                seen=seen,
            )
        except Superseded as error:
            raise HTTPException(409, str(error)) from error
    if changes:
        desk.updater.ask()
    return judgement


def canonical(value: object) -> str:
    """The same decision has the same words; what is text already stays as it is."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def needed(reason: str, what: str) -> str:
    """``reason``, or a refusal that says what it is for."""
    if not reason.strip():
        raise HTTPException(422, f"{what} needs a reason: say in a sentence what it rests on")
    return reason
