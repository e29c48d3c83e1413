"""What the document says: from text to `model.Document`."""
