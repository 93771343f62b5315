"""The persons of whom the columns of a sheet tell: whose a column is, and which of several serves the enterprise."""
