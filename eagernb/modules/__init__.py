"""Modules: objects that hold variables, and what variables start with."""
