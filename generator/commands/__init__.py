"""The commands of the command line: their words and options; what they do is elsewhere."""
