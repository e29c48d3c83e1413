"""What other generators make of the same documents. See `__main__`."""
