"""What a reviewer looks at: the changes of a comparison with everything that shows them. No text is encoded here."""
