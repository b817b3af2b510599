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


def traced(expression: str, **at: str) -> str:
    """The snippet for "EXPRESSION in a traced function of the named tensors, called with these values"."""
    arguments = ", ".join(at)
    values = ", ".join(f"tf.constant({value})" for value in at.values())
    return f"tf.function(lambda {arguments}: ({expression}), autograph=False)({values})"


def traced_gradient(expression: str, **at: str) -> str:
    """The same, and its gradient with respect to all of them: by a tape outside, and by one inside of the function."""
    names = ", ".join(at)
    lines = [f"{name} = tf.constant({value})" for name, value in at.items()]
    lines += [
        f"f = tf.function(lambda {names}: ({expression}), autograph=False)",
        "@tf.function(autograph=False)",
        f"def inside({names}):",
        "    with tf.GradientTape() as tape:",
        f"        tape.watch([{names}])",
        f"        y = {expression}",
        f"    return tape.gradient(y, [{names}])",
        "with tf.GradientTape() as tape:",
        f"    tape.watch([{names}])",
        f"    y = f({names})",
        f"[y, tape.gradient(y, [{names}]), inside({names})]",
    ]
    return "\n".join(lines)


def traced_second_gradient(expression: str, x: str) -> str:
    """The second derivative of an EXPRESSION in x: by tapes outside, inside, and one of each."""
    return f"""
        x = tf.constant({x})
        f = tf.function(lambda x: ({expression}), autograph=False)
        @tf.function(autograph=False)
        def first(x):
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = {expression}
            return tape.gradient(y, x)
        @tf.function(autograph=False)
        def second(x):
            with tf.GradientTape() as outer:
                outer.watch(x)
                with tf.GradientTape() as tape:
                    tape.watch(x)
                    y = {expression}
                g = tape.gradient(y, x)
            return outer.gradient(g, x)
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as tape:
                tape.watch(x)
                y = f(x)
            g = tape.gradient(y, x)
        with tf.GradientTape() as mixed:
            mixed.watch(x)
            h = first(x)
        [outer.gradient(g, x), mixed.gradient(h, x), second(x)]"""


def eagerly_and_traced(table: dict[str, tuple[str, dict[str, str]]]) -> dict[str, str]:
    """For each name, EXPRESSION and values: a case as it is, and one in a traced function."""
    cases = {}
    for name, (expression, at) in table.items():
        cases[name] = "\n".join([*(f"{x} = tf.constant({value})" for x, value in at.items()), expression])
        cases[f"{name}_traced"] = traced(expression, **at)
    return cases
