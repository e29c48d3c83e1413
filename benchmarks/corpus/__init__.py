"""Many real documents, one after the other."""
