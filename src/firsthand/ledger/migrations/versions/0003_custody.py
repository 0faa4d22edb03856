"""Captures from the network, the custody log and its timestamps; what a watch remembers; reports found by address."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "captures",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("warc", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["warc"], ["originals.sha256"], name=op.f("fk_captures_warc")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captures")),
    )
    op.create_index(op.f("ix_captures_url"), "captures", ["url"], unique=False)
    op.create_table(
        "custody",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_custody")),
    )
    op.create_index(op.f("ix_custody_subject"), "custody", ["subject"], unique=False)
    op.create_table(
        "timestamps",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", "service", name=op.f("pk_timestamps")),
    )
    op.create_table(
        "watched",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("checked", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_watched")),
    )
    op.create_index(op.f("ix_reports_url"), "reports", ["url"], unique=False)
