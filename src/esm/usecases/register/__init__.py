"""Enterprises, cadres, absences and the above-scale watch; finding what the user's words mean."""
