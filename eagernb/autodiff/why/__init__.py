"""Why a gradient is None: what the tape, the operations and the user's own lines say about it."""

from eagernb.autodiff.why.explain import explain as explain
from eagernb.autodiff.why.explanation import REASONS as REASONS
from eagernb.autodiff.why.explanation import Explanation as Explanation
from eagernb.autodiff.why.explanation import Stage as Stage
from eagernb.autodiff.why.user_code import UserCode as UserCode
