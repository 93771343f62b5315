"""Programs of the user that esm starts: the editor and the pager."""
