"""The search over reports, and the accounts of a desk that a team uses.

SQLite indexes the folded words with FTS5, kept in step by triggers; PostgreSQL with GIN over a tsvector made of the same words.
A ledger of the first schema is read again by its next build, which fills the index.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_SQLITE = (
    "CREATE VIRTUAL TABLE text_index USING fts5(body, content='texts', content_rowid='number', detail='none',"
    " tokenize='unicode61 remove_diacritics 0')",
    "CREATE TRIGGER texts_in AFTER INSERT ON texts BEGIN"
    " INSERT INTO text_index(rowid, body) VALUES (new.number, new.body); END",
    "CREATE TRIGGER texts_out AFTER DELETE ON texts BEGIN"
    " INSERT INTO text_index(text_index, rowid, body) VALUES ('delete', old.number, old.body); END",
)


def upgrade() -> None:
    op.create_table(
        "texts",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["report"], ["reports.id"], name=op.f("fk_texts_report")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_texts")),
        sa.UniqueConstraint("report"),
    )
    op.create_table(
        "accounts",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_accounts")),
    )
    op.create_table(
        "sessions",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name=op.f("fk_sessions_account")),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account"), "sessions", ["account"], unique=False)
    op.create_table(
        "shares",
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("incident", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("ends", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("token", name=op.f("pk_shares")),
    )
    op.create_index(op.f("ix_shares_incident"), "shares", ["incident"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        for statement in _SQLITE:
            op.execute(statement)
    else:
        op.execute("CREATE INDEX ix_texts_words ON texts USING gin (array_to_tsvector(string_to_array(body, ' ')))")
    op.execute("DELETE FROM stage_keys WHERE stage = 'read'")
