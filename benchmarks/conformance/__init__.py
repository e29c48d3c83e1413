"""Requests of generated clients judged by others, and replies that others made read and written back."""
