"""What the figures of each incident were made from, so that a build makes only those anew that rest on something new."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "figure_keys",
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("incident", name=op.f("pk_figure_keys")),
    )
