"""Values and dispatch: dtypes, shapes, tensors, variables, the Op record. NumPy is all it needs."""
