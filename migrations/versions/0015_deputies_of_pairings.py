"""The deputies of a pairing (B post), in order.

Revision: 0015, after 0013.
"""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """CREATE TABLE pairing_deputy (
             id INTEGER NOT NULL,
             pairing_id INTEGER NOT NULL,
             cadre_id INTEGER NOT NULL,
             place INTEGER NOT NULL CONSTRAINT ck_pairing_deputy_place CHECK (place > 0),
             CONSTRAINT pk_pairing_deputy PRIMARY KEY (id),
             CONSTRAINT uq_pairing_deputy_pairing_id_cadre_id UNIQUE (pairing_id, cadre_id),
             CONSTRAINT uq_pairing_deputy_pairing_id_place UNIQUE (pairing_id, place),
             CONSTRAINT fk_pairing_deputy_pairing_id FOREIGN KEY(pairing_id) REFERENCES pairing (id),
             CONSTRAINT fk_pairing_deputy_cadre_id FOREIGN KEY(cadre_id) REFERENCES cadre (id)
           ) STRICT"""
    )
    op.execute("CREATE INDEX ix_pairing_deputy_cadre_id ON pairing_deputy (cadre_id)")


def downgrade() -> None:
    raise RuntimeError("Restore the backup that was made before the upgrade.")
