"""Dates, money, ratios and texts as written: what all subjects stand on."""
