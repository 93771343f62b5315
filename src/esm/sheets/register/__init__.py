"""Enterprises, cadres, scope, absences and the above-scale watch."""
