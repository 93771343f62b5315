"""The subdistricts in which enterprises lie or lay, and which cadres know."""

from __future__ import annotations

from esm.storage.database.connection import Reading


def is_known(reading: Reading, name: str) -> bool:
    """Return whether an enterprise lies or lay in this subdistrict."""
    found = reading.value("SELECT EXISTS (SELECT 1 FROM profile WHERE subdistrict = :name)", name=name)
    return bool(found)


def names(reading: Reading) -> list[str]:
    """Return every subdistrict in which an enterprise lies or lay; reads all enterprises."""
    rows = reading.rows("SELECT DISTINCT subdistrict FROM profile WHERE subdistrict IS NOT NULL ORDER BY subdistrict")
    return [name for (name,) in rows]


def spellings(reading: Reading) -> list[str]:
    """Return every subdistrict as any enterprise or cadre writes it; reads them all."""
    rows = reading.rows(
        """SELECT subdistrict FROM profile WHERE subdistrict IS NOT NULL
           UNION SELECT subdistrict FROM cadre WHERE subdistrict IS NOT NULL ORDER BY subdistrict"""
    )
    return [name for (name,) in rows]
