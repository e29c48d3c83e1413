"""`generate diff` beside oasdiff's published rules: what each calls breaking, on real histories."""
