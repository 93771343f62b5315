"""Reads files of esm again: what they show at which place, and the proof that they carry."""
