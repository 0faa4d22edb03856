"""The command that looks after the accounts of a desk."""

from __future__ import annotations

import click

from .terminal import one_line, say


@click.group()
def accounts() -> None:
    """Look after who may use the desk. Without accounts it listens on this machine only and asks nobody who they are; with
    them everybody signs in, and it can be served to a team.

    \b
    Example:
      firsthand accounts add Nadia --role admin
    """


@accounts.command("add", short_help="Make an account.")
@click.argument("name")
@click.option(
    "--role",
    type=click.Choice(["reader", "reviewer", "admin"]),
    default="reviewer",
    show_default=True,
    help="A reader reads, a reviewer decides and adds reports, an admin looks after accounts too.",
)
@click.password_option(help="At least 12 characters; asked for where it is not given.")
@click.pass_context
def add(ctx: click.Context, name: str, role: str, password: str) -> None:
    """Make the account NAME.

    \b
    Example:
      firsthand accounts add Nadia --role admin
    """
    from firsthand.ledger import ROLES, check_there
    from firsthand.web.accounts import Doorkeeper

    check_there(ctx.obj)
    Doorkeeper(ctx.obj).add(name, next(each for each in ROLES if each == role), password)
    say(f"account {one_line(name)} made: {role}")


@accounts.command("list", short_help="List the accounts.")
@click.pass_context
def listed(ctx: click.Context) -> None:
    """List the accounts with their roles.

    \b
    Example:
      firsthand accounts list
    """
    from firsthand.ledger import Accounts, check_there

    check_there(ctx.obj)
    with Accounts(ctx.obj) as found:
        everybody = found.all()
        if not everybody:
            say("no accounts: the desk serves this machine alone and asks nobody who they are")
        for account in everybody:
            say(f"{account.role:8}  {account.made[:10]}  {one_line(account.name)}")


@accounts.command("password", short_help="Set the password of an account.")
@click.argument("name")
@click.password_option(help="At least 12 characters; asked for where it is not given.")
@click.pass_context
def password(ctx: click.Context, name: str, password: str) -> None:
    """Set the password of the account NAME; its sessions end.

    \b
    Example:
      firsthand accounts password Nadia
    """
    from firsthand.ledger import Accounts, check_there
    from firsthand.web.accounts import hashed

    check_there(ctx.obj)
    with Accounts(ctx.obj) as found:
        found.change(name, password=hashed(password))
    say(f"password of {one_line(name)} set")


@accounts.command("remove", short_help="Remove an account.")
@click.argument("name")
@click.pass_context
def remove(ctx: click.Context, name: str) -> None:
    """Remove the account NAME; what it signed stays.

    \b
    Example:
      firsthand accounts remove Nadia
    """
    from firsthand.ledger import Accounts, check_there

    check_there(ctx.obj)
    with Accounts(ctx.obj) as found:
        found.remove(name)
    say(f"account {one_line(name)} removed")
