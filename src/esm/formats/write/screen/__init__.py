"""What stands on a screen: tables on a terminal, aligned text in a pipe."""
