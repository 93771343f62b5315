"""Context, options, help, language, and errors as sentences."""
