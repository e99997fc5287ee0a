"""Tours: a group sees works together, guesses whose hand they are, and takes a recap home."""
