"""The rows, by group: what happens to a request, what is made of a reply, and what surrounds a call."""
