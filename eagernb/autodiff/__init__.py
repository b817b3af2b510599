"""Reverse-mode automatic differentiation: the tape that records, the walk back."""
