"""%%predict: guess first, then see."""

from __future__ import annotations

import builtins
import re
from typing import Any

from IPython.core.magic import line_cell_magic, magics_class, no_var_expand
from IPython.display import display
from IPython.utils.capture import capture_output

from eagernb.autodiff.tape import GradientTape
from eagernb.core.tensor import Tensor
from eagernb.core.variable import Variable
from eagernb.errors import MagicOptionError
from eagernb.function.function import traces_made
from eagernb.notebook.cell import Cell
from eagernb.notebook.graph_run import GraphRun
from eagernb.notebook.language import say
from eagernb.notebook.magics.base import EagerNBMagics, pointing_at, refuse_tracing
from eagernb.notebook.magics.compare import CompareMagic
from eagernb.notebook.magics.eager import EagerMagic
from eagernb.notebook.magics.graph import GraphMagic
from eagernb.notebook.options import PredictOptions, nearest, split_options
from eagernb.notebook.prediction import (
    COUNTS,
    OPS,
    PRINTS,
    RESULT,
    TRACES,
    Answer,
    Guess,
    Prediction,
    judge,
    read_guesses,
)

_BELOW = {kind.name: kind for kind in (EagerMagic, GraphMagic, CompareMagic)}
# Another magic on the first line below; blank lines may stand above it.
_MAGIC = re.compile(rf"(?P<above>\s*)%%(?P<name>{'|'.join(_BELOW)})\b(?P<line>[^\n]*)\n?(?P<body>.*)", re.DOTALL)


@magics_class
class PredictMagic(EagerNBMagics):
    """``%%predict ops=4 x.grad=[2.0]``."""

    name = "predict"
    options = PredictOptions
    usage = ("%%predict ops=4 result=[2.0]",)

    @staticmethod
    def summary() -> str:
        return say("Checks guesses at what the cell will do, before its output is shown.")

    @staticmethod
    def about() -> str:
        return "\n\n".join(
            (
                say("Check guesses at what the cell will do, and only then show its output."),
                "%%predict ops=4 prints=1 traces=2 result=[2.0, 4.0] x.grad=[1.0] loss=0.5",
                say(
                    "ops: operations that run; prints: lines that are printed; traces: how often functions are "
                    "traced; result: the value of the last expression; x.grad: its gradient with respect to x; any "
                    "name or expression: its value after the cell. A question mark (ops=?) leaves a guess open: "
                    "output and truth stay hidden until it is filled in. The next line may be %%graph or %%compare "
                    "with their options: then that is what runs."
                ),
            )
        )

    @no_var_expand
    @line_cell_magic
    def predict(self, line: str, cell: str | None = None) -> Any:
        __tracebackhide__ = True
        magic_line = f"%%predict {line}"
        whole = Cell(self.shell, magic_line, cell or "")
        with pointing_at(whole):
            refuse_tracing("%%predict")
            flags, rest = split_options(line, PredictOptions)
            options = self.parse("%%predict", flags)
            if options.help:
                self.print_help()
                return None
            if cell is None:
                raise MagicOptionError("%predict: write %%predict at the top of the cell that the guesses are about.")
            guesses = read_guesses(rest, self.shell.user_ns)
        found = _MAGIC.match(cell)
        magic = self._magic(found["name"] if found else "eager")
        if found:
            inner, code = magic.read(found["line"].strip(), found["body"], f"{magic_line}\n{found['above']}")
            if code is None:
                return None
        else:
            inner, code = magic.parse("%%eager", ""), whole
        with pointing_at(whole):
            if not found:
                whole.compile()
            self._check_names(guesses, code, magic)
        return self._run(guesses, options, magic, inner, code)

    def _run(self, guesses: list[Guess], options: Any, magic: EagerNBMagics, inner: Any, code: Cell) -> Any:
        """Run the cell with its output held back, show the answers, then the output."""
        __tracebackhide__ = True
        run = magic.prepare(code, inner)
        prediction = Prediction([])
        value, failed = None, None
        before = traces_made()
        names = [name for guess in guesses if (name := guess.gradient_of)]
        tape = GradientTape(persistent=True) if names and isinstance(magic, EagerMagic) else None
        with capture_output() as captured:
            try:
                value = run.run() if tape is None else self._taped(tape, names, run)
            except BaseException as error:
                failed = error
        prediction.result = run.result
        if failed is not None:
            reason = say("The cell stopped: {error}.", error=f"{type(failed).__name__}: {failed}".rstrip("."))
            prediction.answers = [Answer(guess.what, guess.written, reason, None) for guess in guesses]
        else:
            printed = [*captured.stdout.splitlines(), *captured.stderr.splitlines()]
            counts = {OPS: len(_ops(run.result)), PRINTS: len(printed), TRACES: traces_made() - before}
            prediction.answers = [self._answer(g, counts, value, tape, run, options.within) for g in guesses]
        self.keep(prediction, options)
        display(prediction)
        if prediction.open and failed is None:
            return None
        captured.show()
        magic.keep(run.result, inner)
        display(run.result)
        if failed is not None:
            raise failed
        magic.show_widget(run, inner)
        return None if code.silent else value

    def _taped(self, tape: GradientTape, names: list[str], run: Any) -> Any:
        __tracebackhide__ = True
        with tape:
            for name in names:
                if isinstance(value := self.shell.user_ns.get(name), (Tensor, Variable)):
                    tape.watch(value)
            return run.run()

    def _answer(
        self, guess: Guess, counts: dict[str, int], value: Any, tape: GradientTape | None, run: Any, within: float
    ) -> Answer:
        if guess.is_blank:
            return Answer(guess.what, guess.written, "", None)
        try:
            if guess.what in counts:
                truth: Any = counts[guess.what]
            elif guess.what == RESULT:
                truth = value
            elif guess.gradient_of and tape is not None:
                if run.result.backward:
                    reason = say("The cell asks for gradients itself: guess at the names that they have there.")
                    return Answer(guess.what, guess.written, reason, None)
                truth = tape.gradient(value, self.shell.user_ns[guess.gradient_of])
            else:
                truth = eval(guess.what, self.shell.user_ns)
        except Exception as error:
            return Answer(guess.what, guess.written, f"{type(error).__name__}: {error}", None)
        return judge(guess, truth, within)

    def _check_names(self, guesses: list[Guess], code: Cell, magic: EagerNBMagics) -> None:
        """Raise MagicOptionError for a guess at what will not be there."""
        words = (*COUNTS, RESULT)
        known = {*self.shell.user_ns, *code.names_assigned}
        for guess in guesses:
            if guess.what in words:
                continue
            try:
                compile(guess.what, "<guess>", "eval")
            except SyntaxError:
                raise MagicOptionError(f"%%predict: {guess.what} is neither a name nor an expression.") from None
            name = guess.gradient_of
            if name is not None:
                self._check_gradient(name, code, magic)
            elif guess.what.isidentifier() and guess.what not in known:
                near = nearest(guess.what, [*words, *(n for n in known if not hasattr(builtins, n))])
                remedy = f"Did you mean {near}?" if near else f"Guesses are at {', '.join(words)}, x.grad, or names."
                raise MagicOptionError(f"%%predict: there will be no {guess.what}. {remedy}")

    def _check_gradient(self, name: str, code: Cell, magic: EagerNBMagics) -> None:
        value = self.shell.user_ns.get(name)
        if not isinstance(magic, EagerMagic):
            raise MagicOptionError(f"%%predict: {name}.grad is for cells that run eagerly, not under %%{magic.name}.")
        if not isinstance(value, (Tensor, Variable)) or name in code.names_assigned:
            raise MagicOptionError(
                f"%%predict: {name}.grad is the gradient of the last value with respect to {name}, which must be a "
                "tensor or variable from a cell before."
            )

    def _magic(self, name: str) -> EagerNBMagics:
        return self.shell.magics_manager.registry[_BELOW[name].__name__]

    @classmethod
    def arguments(cls, line: str, namespace: dict[str, Any]) -> list[str]:
        return [f"{word}=" for word in (*COUNTS, RESULT)]


def _ops(result: Any) -> Any:
    """The operations that ran: of a comparison, those of the eager side."""
    if isinstance(result, GraphRun):
        return result.ops
    return getattr(result, "eager", result).ops
