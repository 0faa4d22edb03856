"""How sure each claim's reading is, so that those in doubt are found without reading all claims. Empty until a build."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("claims", sa.Column("confidence", sa.Float(), nullable=True))
