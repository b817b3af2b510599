"""Short forms for snippets that repeat."""


def gradient(expression: str, **at: str) -> str:
    """The snippet for "gradient of EXPRESSION with respect to the named tensors, at these values"."""
    assignments = [f"{name} = tf.constant({value})" for name, value in at.items()]
    watches = [f"    tape.watch({name})" for name in at]
    sources = ", ".join(at) if len(at) == 1 else f"[{', '.join(at)}]"
    lines = [
        *assignments,
        "with tf.GradientTape() as tape:",
        *watches,
        f"    y = {expression}",
        f"tape.gradient(y, {sources})",
    ]
    return "\n".join(lines)
