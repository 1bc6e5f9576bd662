"""The proof that a plan leads to the desired database."""
