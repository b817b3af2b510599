"""Module: an object that finds the variables among its attributes.

>>> import eagernb as tf
>>> class Dense(tf.Module):
...     def __init__(self, inputs, outputs, name=None):
...         super().__init__(name=name)
...         self.w = tf.Variable(tf.ones([inputs, outputs]), name="w")
...         self.b = tf.Variable(tf.zeros([outputs]), name="b")
...     def __call__(self, x):
...         return tf.nn.relu(x @ self.w + self.b)
>>> layer = Dense(3, 2)
>>> layer.name, [v.name for v in layer.trainable_variables]
('dense', ['b:0', 'w:0'])
>>> layer(tf.ones([1, 3])).numpy()
array([[3., 3.]], dtype=float32)
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import Any

from eagernb.core import nest
from eagernb.core.name_scope import name_scope
from eagernb.core.variable import Variable

# Where a word begins inside of a class's name.
_WORD = re.compile(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))")


class Tracked:
    """Base of objects that checkpoints look into: their attributes are parts under the attributes' names.

    What a checkpoint holds for attributes that are not there yet, they get as soon as they are set.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        awaited = vars(self).get("_awaited")
        if awaited is not None:
            awaited.arrived(name, value)  # first: a value that does not fit is not set
        super().__setattr__(name, value)

    def _tracked_parts(self) -> dict[str, Any]:
        """Its attributes by name; what is no variable and holds none is passed over."""
        return vars(self)


class Module(Tracked):
    """Base of layers and models: variables and other modules that are attributes, also in lists and dicts, are its own.

    ``name`` must be a Python identifier (else ValueError); by default it is the class's name in lower case, with
    underscores. A subclass calls ``super().__init__()`` before it uses the name.

    >>> import eagernb as tf
    >>> class Line(tf.Module):
    ...     def __init__(self):
    ...         self.slope, self.offset = tf.Variable(2.0), tf.Variable(1.0)
    >>> [float(v) for v in Line().trainable_variables]
    [1.0, 2.0]
    """

    def __init__(self, name: str | None = None) -> None:
        if name is None:
            name = _WORD.sub(r"_\1", type(self).__name__).lower()
        elif not name.isidentifier():
            raise ValueError(
                f"{name!r} is not a valid module name. Module names must be valid Python identifiers (e.g. a valid "
                "class name)."
            )
        self._name = name
        with name_scope(name) as scope:
            self._name_scope = name_scope(scope)

    @property
    def name(self) -> str:
        """The name that was given, or that of the class. AttributeError before ``super().__init__()``."""
        if "_name" not in vars(self):
            raise AttributeError(
                f"{type(self).__name__!r} object has no name yet: call super().__init__() first in __init__.",
                name="_name", obj=self,
            )  # fmt: skip
        return self._name

    @property
    def name_scope(self) -> name_scope:
        """A context in which the names of new variables begin with the module's."""
        return self._name_scope

    @property
    def variables(self) -> tuple[Variable, ...]:
        """All variables of the module and of its submodules, in the order of the attributes' names."""
        return tuple(self._parts(lambda part: isinstance(part, Variable)))

    @property
    def trainable_variables(self) -> tuple[Variable, ...]:
        """The variables that training changes: those made without ``trainable=False``."""
        return tuple(self._parts(lambda part: isinstance(part, Variable) and part.trainable))

    @property
    def non_trainable_variables(self) -> tuple[Variable, ...]:
        """The variables made with ``trainable=False``."""
        return tuple(self._parts(lambda part: isinstance(part, Variable) and not part.trainable))

    @property
    def submodules(self) -> tuple[Module, ...]:
        """All modules inside of this one."""
        return tuple(self._parts(lambda part: isinstance(part, Module)))

    def _parts(self, wanted: Callable[[Any], bool], seen: set[int] | None = None) -> Iterator[Any]:
        """The wanted parts, each once: first the module's own, then those of its submodules."""
        seen = {id(self)} if seen is None else seen
        submodules = []
        for _, attribute in sorted(vars(self).items()):
            for part in _leaves(attribute):
                if id(part) in seen:
                    continue
                seen.add(id(part))
                if wanted(part):
                    yield part
                if isinstance(part, Module):
                    submodules.append(part)
        for submodule in submodules:
            yield from submodule._parts(wanted, seen)

    @classmethod
    def with_name_scope(cls, method: Callable[..., Any]) -> Callable[..., Any]:
        """Decorate a method so that it runs in the module's ``name_scope``."""

        @functools.wraps(method)
        def in_scope(self: Module, *args: Any, **kwargs: Any) -> Any:
            with self.name_scope:
                return method(self, *args, **kwargs)

        return in_scope


def _leaves(attribute: Any) -> list[Any]:
    if not nest.is_nested(attribute):
        return [attribute]
    try:
        return nest.flatten(attribute)
    except TypeError:  # a dict whose keys have no order: its parts in the order in which they were put there
        return [leaf for value in attribute.values() for leaf in _leaves(value)]
