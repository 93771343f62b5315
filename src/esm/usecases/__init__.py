"""What can be done: plain functions that take a transaction, the words of the user and the day."""
