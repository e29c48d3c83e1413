"""Deciding what is written: from a bound API to a plan."""
