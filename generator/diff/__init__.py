"""What a change of a document means: to the API, to callers' Python, to the files. Pure functions on two plans."""
