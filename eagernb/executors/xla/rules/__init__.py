"""The ops that JAX spells differently from NumPy, one file a subject; loaded when the first graph is lowered."""
