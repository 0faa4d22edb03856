"""Alembic's entry point: runs the migrations on the connection that the ledger hands over."""

from alembic import context

from firsthand.ledger.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=False,  # the caller's transaction covers everything
)
context.run_migrations()
