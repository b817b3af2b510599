"""What the timing widgets say."""

from __future__ import annotations

from eagernb.notebook.enumeration import join
from eagernb.notebook.language import noted, say, say_count
from eagernb.notebook.sweep import Sweep

# Said by the script; {0}, {1}, ... are filled in there.
_WORDS = {
    "progress": noted("Progress of the measurement"),
    "measuring": noted("measuring …"),
    "kernel": noted("NumPy kernel"),
    "dispatch": noted("Python dispatch"),
    "quartiles": noted("quartiles"),
    "operation": noted("operation"),
    "result": noted("result"),
    "line": noted("line"),
    "both": noted("kernel + dispatch"),
    "effect": noted("reads or changes state: not run again"),
    "nothing": noted("Nothing here can be timed again."),
    "sum": noted("Medians add up to {0} in kernels and {1} in Python dispatch ({2} %)."),
    "coarse": noted("⚠ below the clock's resolution of {0}: such a time may be off by half."),
    "size": noted("size"),
    "time": noted("time of all operations"),
    "points": noted("Times by size"),
    "share": noted("share of dispatch"),
    "enough": noted("dispatch under 10 %"),
    "passes": noted("Passes"),
    "executor": noted("Executor"),
    "runs": noted("The whole graph, one run"),
    "none": noted("none"),
    "operations": noted("operations"),
    "all": noted("all"),
    "all_but": noted("all but {0}"),
    "from_to": noted("quartiles {0} to {1}"),
}


def widget_words() -> dict[str, str]:
    """Return what the script says, in the present language."""
    return {key: say(sentence) for key, sentence in _WORDS.items()}


def sweep_summary(result: Sweep) -> str:
    """Return what the sweep has found, in sentences."""
    if not result.points:
        return say("None of these operations can be run at another size.")
    largest = f"{result.points[-1].size:,}"
    if result.enough is None:
        found = say("Up to size {size}, Python dispatch takes more than a tenth of the time.", size=largest)
    elif result.enough <= result.points[0].size:
        found = say("At every size, Python dispatch takes less than a tenth of the time.")
    else:
        found = say(
            "From size {size} on, Python dispatch takes less than a tenth of the time.", size=f"{result.enough:,}"
        )
    if result.dimension is None:
        how = say("The size is the number of elements.")
    else:
        how = say("The size is that of every dimension that is {size} in the cell.", size=f"{result.dimension:,}")
    timed = say_count(result.timed, "{n} operation was timed.", "{n} operations were timed.")
    left = say("Left out: {names}.", names=join(result.left_out)) if result.left_out else ""
    return " ".join(filter(None, (found, how, timed, left)))
