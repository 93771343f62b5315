"""What is true: frozen values and pure functions; days come in as arguments."""
