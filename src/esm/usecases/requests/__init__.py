"""Requests of enterprises and their escalation."""
