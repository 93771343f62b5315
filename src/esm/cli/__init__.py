"""How it is asked: one file a command; parse, open a transaction, call one use case, show one sheet."""
