"""What a new project begins with: a document, its configuration, and a check in CI."""
