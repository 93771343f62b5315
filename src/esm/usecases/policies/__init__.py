"""Policies in favour of enterprises, briefings and relief."""
