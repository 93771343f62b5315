"""Runs the migrations in one transaction that is whole or not at all.

Foreign keys are off before it begins, because copying a parent table with them on would delete
its children, and are checked before it ends; views and triggers are installed anew.
"""

from __future__ import annotations

from alembic import context

from esm.storage.database.schema import tables

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=tables.metadata,
    render_as_batch=True,
    transactional_ddl=True,
    transaction_per_migration=False,
)
context.run_migrations()
