"""Wire protocols: a request object to a draft, a reply to a body or an error."""
