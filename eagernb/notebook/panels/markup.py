"""HTML from texts. Whatever depends on time is marked, so that it can be taken out before outputs are compared."""

from __future__ import annotations

import html
import re

from eagernb.notebook import quantities
from eagernb.viz.labels import drawable

_CLASS = re.compile(r"\.(enb-[\w-]+)")
_TIMED = re.compile(r"<time>[^<]*</time>|--t:[0-9.]+%")


def text(value: object) -> str:
    """Return a text of anyone's, harmless in a page.

    >>> text("<b> & \\x00")
    '&lt;b&gt; &amp; \\ufffd'
    """
    return html.escape(drawable(str(value)))


def element(tag: str, *content: str, **attributes: object) -> str:
    """Return an element around markup; a trailing underscore is left out of an attribute's name, None leaves it out.

    >>> element("p", "a", class_="b", hidden=None, data_box='"')
    '<p class="b" data-box="&quot;">a</p>'
    """
    named = ((name.rstrip("_").replace("_", "-"), value) for name, value in attributes.items() if value is not None)
    opening = "".join(f' {name}="{text(value)}"' if value != "" else f" {name}" for name, value in named)
    return f"<{tag}{opening}>{''.join(content)}</{tag}>"


def needed_rules(sheet: str, used: str) -> str:
    """Return a style sheet of a rule a line without the rules for classes that do not occur in what uses it.

    >>> needed_rules(".enb-a { top: 0; }\\n.enb-b { top: 0; }\\n.enb-a, .enb-b { }\\na, b { }", "<p class=enb-a>")
    '.enb-a { top: 0; }\\n.enb-a, .enb-b { }\\na, b { }'
    """

    def is_needed(rule: str) -> bool:
        selector = rule.partition("{")[0]
        known = [name in used for name in _CLASS.findall(selector)]
        return not known or (any(known) if "," in selector else all(known))

    return "\n".join(rule for rule in sheet.split("\n") if not rule.rstrip().endswith("}") or is_needed(rule))


def timed(value: str) -> str:
    """Return a text that depends on time, marked as such."""
    return f"<time>{text(value)}</time>"


def duration(nanoseconds: float) -> str:
    """Return a time, marked as such."""
    return timed(_unbroken(quantities.duration(nanoseconds)))


def nbytes(number: float) -> str:
    """Return a number of bytes."""
    return text(_unbroken(quantities.nbytes(number)))


def timed_share(part: float, whole: float) -> str:
    """Return the style of a bar whose length depends on time."""
    return f"--t:{_percent(part, whole)}%"


def share(part: float, whole: float) -> str:
    """Return the style of a bar whose length does not depend on time."""
    return f"--b:{_percent(part, whole)}%"


def timeless(markup: str) -> str:
    """Return the markup without what depends on time."""
    return _TIMED.sub("", markup)


def _unbroken(quantity: str) -> str:
    """A quantity that is never parted from its unit."""
    return quantity.replace(" ", "\N{NO-BREAK SPACE}")


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole if whole else 0:.2f}"
