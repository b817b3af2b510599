"""%config EagerNB: defaults for every cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from traitlets import Bool, CUnicode, Float, Int, TraitError, Unicode, observe, validate
from traitlets.config import Configurable

from eagernb.executors import executors
from eagernb.notebook.language import ENGLISH, languages, say, set_language
from eagernb.notebook.options import LEVELS, nearest
from eagernb.notebook.recording import MAX_NODES
from eagernb.passes.pipeline import check_names


class EagerNB(Configurable):
    """Defaults of the eagernb magics, to be set with ``%config EagerNB.<name> = <value>``.

    An option on a magic's own line goes before them; ``--no-widget`` is that of ``--widget``.
    """

    widget = Bool(False, help="--widget: the live timing widget, with every %%eager and %%graph.").tag(config=True)
    level = CUnicode(LEVELS[-1], help="-O: how much graphs are optimised, from 0 to 3.").tag(config=True)
    passes = Unicode(
        None,
        allow_none=True,
        help="--passes: the passes that optimise graphs, as 'cse,dead_code'; None for the level's.",
    ).tag(config=True)
    fast_math = Bool(False, help="--fast-math: optimise as if numbers were exact.").tag(config=True)
    code = Bool(False, help="--code: the optimised graph as generated code, with every %%graph.").tag(config=True)
    hlo = Bool(False, help="--hlo: the program that XLA makes of the graph, with every %%graph.").tag(config=True)
    executor = Unicode("interpreter", help="--executor: who runs the graph of %%graph.").tag(config=True)
    max_nodes = Int(MAX_NODES, min=1, help="--max-nodes: above so many boxes a picture draws what repeats once.").tag(
        config=True
    )
    within = Float(0.01, min=0.0, help="--within: how far a guess of %%predict may be off, relatively.").tag(
        config=True
    )
    variables = Bool(False, help="--variables: %gradcheck checks the variables that are used.").tag(config=True)
    most = Int(1000, min=1, help="--most: the elements of an argument that %gradcheck checks at most.").tag(config=True)
    seed = Int(0, min=0, help="--seed: of the numbers that %gradcheck multiplies a result by.").tag(config=True)
    tolerance = Float(
        None, allow_none=True, help="--tolerance: the relative difference that %gradcheck allows; None for its own."
    ).tag(config=True)
    language = Unicode(ENGLISH, help="The language of all outputs: 'en' or 'zh'.").tag(config=True)

    written: Any = None  # what the user's configuration file says
    matcher: Any = None  # what completes the magics' lines, while the extension is loaded

    def values(self) -> dict[str, Any]:
        """All defaults, by the names of the options' fields."""
        return {name: getattr(self, name) for name in self.class_own_traits(config=True)}

    @validate("level", "executor", "language")
    def _one_of(self, proposal: Any) -> str:
        known = {"level": LEVELS, "executor": executors(), "language": languages()}[proposal.trait.name]
        _check(proposal.trait.name, proposal.value, known)
        return proposal.value

    @validate("passes")
    def _passes(self, proposal: Any) -> str | None:
        try:
            check_names(name.strip() for name in (proposal.value or "").split(",") if name.strip())
        except ValueError as error:
            raise TraitError(str(error)) from None
        return proposal.value

    @observe("language")
    def _language(self, change: Any) -> None:
        set_language(change.new)

    @classmethod
    def document(cls) -> None:
        """Have ``%config EagerNB`` list the defaults in the present language."""
        for trait in cls.class_own_traits(config=True).values():
            trait.help = say(trait.metadata["help"])


def _check(name: str, value: str, known: Iterable[str]) -> None:
    if value in known:
        return
    near = nearest(value, known)
    remedy = f"Did you mean {near!r}?" if near else f"There are: {', '.join(map(repr, known))}."
    raise TraitError(f"There is no {name} {value!r}. {remedy}")
