"""Commands that show that nothing was changed: ``verify``, ``stamp``, ``package``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from firsthand.errors import InputRejected, LedgerError, NotFound
from firsthand.wording import counted

from . import DONE, REJECTED
from .find import find
from .terminal import complain, one_line, say

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from firsthand.ledger import Damage
    from firsthand.model import Timestamp

EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("packages", nargs=-1, type=EXISTING, metavar="[PACKAGE.zip]...")
@click.option(
    "--roots",
    type=click.Path(exists=True, dir_okay=False),
    envvar="FIRSTHAND_TIMESTAMP_ROOTS",
    help="PEM file with the root certificates of timestamp services. Default: $FIRSTHAND_TIMESTAMP_ROOTS.",
)
@click.pass_context
def verify(ctx: click.Context, packages: tuple[Path, ...], roots: str | None) -> None:
    """Check that the bytes of every original still have the hash they came in with, that every record is the one the custody
    log tells of, that the log and the chain of judgements are unbroken, and what the timestamps are over. With packages, check
    those instead; no ledger is needed. What is damaged is named on standard error; exit status 1.

    \b
    Example:
      firsthand verify
      firsthand verify inc-1f3a.zip --roots service.pem
    """
    certificates = None
    if roots:
        from firsthand.ledger.timestamps import root_certificates

        certificates = root_certificates(roots)
    damaged = (
        sum(_verify_package(path, certificates) for path in packages) if packages else _verify(ctx.obj, certificates)
    )
    ctx.exit(REJECTED if damaged else DONE)


@click.command()
@click.option(
    "--service",
    envvar="FIRSTHAND_TIMESTAMPS",
    metavar="URL",
    help="Address of an RFC 3161 timestamp service. Default: $FIRSTHAND_TIMESTAMPS.",
)
@click.pass_context
def stamp(ctx: click.Context, service: str | None) -> None:
    """Have a timestamp service (RFC 3161) sign the last hash of the custody log, and keep its token. Since each entry covers the
    one before, this shows that all reports added so far existed, as they are, at that time. Only the hash is sent.

    \b
    Example:
      firsthand stamp --service https://timestamps.example.org/tsa
    """
    if not service:
        raise click.UsageError("name a service with --service, or in $FIRSTHAND_TIMESTAMPS")
    say(stamped(ctx.obj, service))


def stamped(ledger: str, service: str) -> str:
    """Gets and keeps a timestamp over the custody log; returns what to tell. Raises NotFound where the log is empty, LedgerError
    where no timestamp is to be had."""
    from firsthand.ingest.fetch import Fetcher
    from firsthand.ledger import View, Writer
    from firsthand.ledger.timestamps import timestamp_from, timestamp_request

    with View(ledger) as view:
        last = view.last_custody()
        kept = [t for t in view.timestamps() if last is not None and (t.number, t.service) == (last.number, service)]
    if last is None:
        raise NotFound("the custody log is empty", hint="`firsthand add` begins it")
    if kept:
        return f"nothing came since the timestamp of {kept[0].at}"
    request = timestamp_request(last)
    types = {"media_type": "application/timestamp-query", "accept": "application/timestamp-reply"}
    try:
        answer = Fetcher().post(service, request, **types)
    except InputRejected as error:
        raise LedgerError(f"no timestamp from {service}", why=error.why, hint=error.hint) from None
    timestamp = timestamp_from(answer, last, service)
    with Writer(ledger) as writer:
        writer.put_timestamp(timestamp)
    return f"{one_line(service)} states {timestamp.at} for the {last.number} entries of the custody log"


@click.command()
@click.argument("incident")
@click.argument("out", required=False, type=click.Path(path_type=Path, dir_okay=False), metavar="[OUT.zip]")
@click.pass_context
def package(ctx: click.Context, incident: str, out: Path | None) -> None:
    """Write a zip with an incident's brief and records, the originals they rest on with their hashes, where each came from,
    and the timestamps: a BagIt bag that `firsthand verify OUT.zip` checks on another machine, without the ledger. What is
    withheld stays out.

    \b
    Example:
      firsthand package inc-1f3a
    """
    from firsthand.export.package import write_package
    from firsthand.ledger import PublicView

    with PublicView(ctx.obj) as view:
        found = find(view, incident, ("incidents",))[1]
        path = out or Path(f"{found}.zip")
        counts = write_package(view, found, path)
    told = [counted(counts[name], name.removesuffix("s")) for name in ("reports", "originals", "captures")]
    if counts["withheld"]:
        told.append(f"{counted(counts['withheld'], 'original')} withheld")
    say(f"{path}: {', '.join(told)}")


def _verify(ledger: str, certificates: list[Certificate] | None) -> int:
    from firsthand.ledger import View

    with View(ledger) as view:
        damaged = _name(view.verify())
        last = view.last_custody()
        damaged += _verify_timestamps(view.timestamps(), certificates)
        counts = [
            f"{view.count(table)} {noun}" for table, noun in (("originals", "originals"), ("judgements", "judgements"))
        ]
    log = f"{last.number if last else 0} entries of the custody log"
    say(f"{counts[0]}, {log} and {counts[1]} checked, {damaged} damaged")
    if last is not None:
        say(f"the log ends with {last.hash}")
    return damaged


def _verify_package(path: Path, certificates: list[Certificate] | None) -> int:
    from firsthand.export.checking import check_package, package_timestamps

    damaged = _name(check_package(path))
    damaged += _verify_timestamps(package_timestamps(path), certificates)
    say(f"{path}: {damaged} damaged" if damaged else f"{path}: whole")
    return damaged


def _name(found: Iterable[Damage]) -> int:
    """Names what is damaged; returns how much is."""
    count = 0
    for damage in found:
        count += 1
        name = f" {one_line(damage.name)}" if damage.name else ""
        complain(f"damaged {one_line(damage.subject)}{name}: {one_line(damage.why)}")
    return count


def _verify_timestamps(timestamps: list[Timestamp], certificates: list[Certificate] | None) -> int:
    """Says of each timestamp what it is worth; returns how many are worth nothing."""
    if not timestamps:
        return 0
    from firsthand.ledger.timestamps import checked

    damaged = 0
    for timestamp in timestamps:
        try:
            at, problem = checked(timestamp, roots=certificates)
        except LedgerError as error:
            complain(f"{len(timestamps)} timestamps not checked: {error}")
            return damaged
        told = f"timestamp by {one_line(timestamp.service)} over entry {timestamp.number}"
        if problem:
            damaged += 1
            complain(f"damaged {told}: {one_line(problem)}")
        else:
            signed = "signature good" if certificates else "signature not checked: name the service's root with --roots"
            say(f"{told}: {at}, {signed}")
    return damaged
