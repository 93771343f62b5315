"""Context, options, help, language, and errors turned into sentences."""
