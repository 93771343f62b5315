"""The tables of the database, their columns, views and triggers."""
