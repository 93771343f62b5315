"""Connection, journal, migrations and the declared tables."""
