"""The command line: one module per command; parse, open a transaction, call one use case, show one sheet."""
