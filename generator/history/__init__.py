"""Two versions of a package, from revisions of git or from paths, and what lies between them."""
