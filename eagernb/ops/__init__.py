"""The operations, each declared once; ``tf.exp??`` and ``tf.exp.__module__`` say where.

A file has one subject and reads in one order: for each op how its shapes and dtypes follow, its kernel, its gradient
rules, the Op record, and the public function; then the op that is its gradient, if that is one of its own; at the end
what serves several of them. Ops of a family (families.py) are a statement each.
"""
