"""%gradcheck: is the gradient right?"""

from __future__ import annotations

from IPython.core.magic import line_magic, magics_class, no_var_expand
from IPython.display import display

from eagernb.errors import MagicOptionError
from eagernb.notebook.gradient_check import check_gradient
from eagernb.notebook.language import say
from eagernb.notebook.magics.base import EagerNBMagics
from eagernb.notebook.options import GradcheckOptions
from eagernb.notebook.trace_call import call_of


@magics_class
class GradcheckMagic(EagerNBMagics):
    """``%gradcheck f(x)``."""

    name = "gradcheck"
    options = GradcheckOptions
    usage = ("%gradcheck f(x)",)

    @staticmethod
    def summary() -> str:
        return say("Compares the tape's gradient of a call with finite differences, and names the worst element.")

    @staticmethod
    def about() -> str:
        return "\n\n".join(
            (
                say("Compare the tape's gradient of a call with finite differences, and name the worst element."),
                say(
                    "%gradcheck f(x, y) checks the gradient of f with respect to every floating-point tensor, array, "
                    "number or variable among the arguments, in lists and dicts too."
                ),
            )
        )

    @no_var_expand
    @line_magic
    def gradcheck(self, line: str) -> None:
        __tracebackhide__ = True
        options, code = self.read(line, None)
        if code is None:
            return
        try:
            call = call_of(code)
            if call is None:
                raise MagicOptionError(
                    f"%gradcheck needs a call, as in %gradcheck f(x), not {code.body}. For an expression use a lambda: "
                    "%gradcheck (lambda x: x * x)(x)."
                )
            check = check_gradient(
                call.function, call.args, call.kwargs, call.text,
                options.variables, options.most, options.seed, options.tolerance,
            )  # fmt: skip
        except BaseException as error:
            code.shortened(error)
            raise
        self.keep(check, options)
        display(check)
