"""Days as people write them: in a cell, as a period, on the command line."""
