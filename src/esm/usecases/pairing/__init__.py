"""Who serves whom: assigned, explained, by hand, handed over."""
