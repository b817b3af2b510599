"""Control flow on Python's values stays Python's, exactly: a converted function does what it did before."""

from __future__ import annotations

import copy
import functools

import pytest

from eagernb.autograph.convert import convert
from eagernb.autograph.need import needs_conversion

LOG: list[object] = []


def note(value):
    LOG.append(value)
    return value


def conditions(x):
    if note(x) > 3:
        result = "large"
    elif note(x) > 1:
        result = "medium"
    else:
        result = "small"
    return result


def unbound(x):
    if x:
        y = 1
    return y


def loops(n):
    total = 0
    for i in range(n):
        if i == 2:
            continue
        if i == 5:
            break
        total += note(i)
    while total > 0:
        total -= 3
        if note(total) == 1:
            return "one"
    return total


def loop_else(n):
    for i in range(n):
        if i == 3:
            break
    else:
        return "no break"
    return i


def nested_loop_else(n):
    found = []
    for i in range(n):
        j = 0
        while j < 3:
            if i == 2 and j == 1:
                break
            j += 1
        else:
            if i == 4:
                break
            continue
        try:
            if i == 2:
                found.append(i)
                continue
        finally:
            found.append("finally")
    else:
        found.append("no break")
    return found


def middle_is_computed_once(x):
    return 0 < note(x) < 5 != note(7)


def lazy_logic(x, y):
    return (note(x) and note(y)) or note("last")


def truthiness(x):
    if not x:
        return [not x, x or "default", x and x[0]]
    return x


def nested_ternary(x):
    return "a" if note(x) == 1 else "b" if note(x) == 2 else "c"


def asserts(x):
    assert x > 0
    assert x != 5, f"not {x}"
    return x


def exceptions(x):
    try:
        if x == 0:
            raise KeyError("zero")
        return 10 // (x - 1)
    except ZeroDivisionError:
        return "division"
    finally:
        note("finally")


def named_exceptions(x):
    try:
        if x:
            raise ValueError("first", x)
    except (KeyError, ValueError) as error:
        found = error.args
        if x == 2:
            raise RuntimeError("second") from error
    else:
        if not x:
            found = "none"
    try:
        error  # noqa: B018
    except NameError as missing:
        return found, type(missing) in (NameError, UnboundLocalError)
    return found


def walrus_in_logic(x):
    if x and (half := x // 2) > 1:
        return half, (y := half) if half > 3 else (y := -half), y
    while (x := note(x) + 1) < 5:
        if x == 3 and (found := x):
            return found
    else:
        x = -x
    return [last := i for i in range(3)], last, x, 0 < (z := x + 9) < 5, z


class _Private:
    __secret = 3

    def __hidden(self, x):
        return x if x > self.__secret else self.__secret

    def run(self, x):
        def inner():
            return self.__hidden(x) if x else self.__secret

        return inner()


def contexts(x):
    with pytest.raises(ValueError, match="five") as caught:  # noqa: PT012  (it is what is tested)
        if x == 5:
            raise ValueError("five")
    return str(caught.value)


def comprehensions(n):
    return [i * j for i in range(n) if i % 2 for j in range(i) if not j == 1], {i: i > 1 and i for i in range(n)}  # noqa: SIM201


def keyword_arguments(a, /, b=2, *rest, c, d=4, **more):
    if a:
        b += c
    return a, b, rest, c, d, sorted(more)


def calls_with_keywords(x):
    return keyword_arguments(x, *[5, 6], c=7, e=8)


def deletes(x):
    y = x
    if x:
        del y
    else:
        y = 2
    return y


def walrus(x):
    if (y := note(x) + 1) > 2:
        return y
    return -y


def unpacks(pairs):
    total = 0
    for i, (a, *b) in enumerate(pairs):
        if a:
            total += i * a + len(b)
    return total


def item_and_attribute(d):
    if d["a"] > 0:
        d["a"] -= 1
        d["b"] = d["a"]
    return d


def builtins_on_python(xs):
    return (
        len(xs), abs(-1), int("11", 2), int(2.5), float("1.5"), max(xs), min(1, 2), sum(xs), any(xs), all(xs),
        sorted(xs, reverse=True), list(zip(xs, xs, strict=True)), list(map(str, xs)), next(iter(xs)),
        list(enumerate(xs, 1)), list(filter(None, xs)), list(range(1, 10, 3)),
    )  # fmt: skip


def matched(x):
    match x:
        case [a, b] if a > b:
            return a
        case {"key": value}:
            return value
        case _:
            return None


CALLS = [
    *[(conditions, (x,)) for x in (5, 2, 0)],
    (unbound, (True,)),
    (unbound, (False,)),
    *[(loops, (n,)) for n in (0, 2, 4, 10)],
    *[(loop_else, (n,)) for n in (2, 6)],
    *[(nested_loop_else, (n,)) for n in (2, 4, 9)],
    *[(middle_is_computed_once, (x,)) for x in (3, 7, -1)],
    *[(lazy_logic, pair) for pair in ((0, 1), (1, 0), (2, 3))],
    *[(truthiness, (x,)) for x in ([], [1], None, "")],
    *[(nested_ternary, (x,)) for x in (1, 2, 3)],
    *[(asserts, (x,)) for x in (1, 5, -1)],
    *[(exceptions, (x,)) for x in (0, 1, 2)],
    *[(named_exceptions, (x,)) for x in (0, 1, 2)],
    *[(walrus_in_logic, (x,)) for x in (-9, 0, 3, 4, 8)],
    *[(_Private().run, (x,)) for x in (0, 2, 5)],
    (contexts, (5,)),
    (contexts, (4,)),
    (comprehensions, (5,)),
    (calls_with_keywords, (0,)),
    (calls_with_keywords, (1,)),
    (deletes, (0,)),
    (deletes, (1,)),
    *[(walrus, (x,)) for x in (0, 5)],
    (unpacks, ([(1, 2), (0,), (3, 4, 5)],)),
    (item_and_attribute, ({"a": 2},)),
    (item_and_attribute, ({"a": 0},)),
    (builtins_on_python, ([3, 1, 2],)),
    *[(matched, (x,)) for x in ([2, 1], {"key": 4}, 5)],
]


def outcome(function, arguments):
    LOG.clear()
    try:
        result = function(*arguments)
    except BaseException as error:
        if isinstance(error, NameError):  # UnboundLocalError has our own text
            return type(error), list(LOG)
        return (type(error), str(error).partition("assert")[0].rstrip()), list(LOG)  # pytest adds to the text
    return result, list(LOG)


@pytest.mark.parametrize(("function", "arguments"), CALLS, ids=lambda value: getattr(value, "__name__", None))
def test_a_converted_function_does_what_it_did(function, arguments):
    expected = outcome(function, copy.deepcopy(arguments))
    assert outcome(convert(function), copy.deepcopy(arguments)) == expected


def test_the_functions_above_are_converted():
    # (All of them: nothing here is so plain that conversion is skipped.)
    assert all(needs_conversion(function) for function, _ in CALLS if function is not calls_with_keywords)


def test_state_lives_on_in_closures_globals_and_defaults():
    def counter(start, step=[]):  # noqa: B006
        count = start

        def increase(by=1):
            nonlocal count
            if by:
                count += by
                step.append(by)
            return count, len(step)

        return increase

    increase = counter(10)
    converted = convert(increase)
    assert [converted(), increase(2), converted(0), converted(by=3)] == [(11, 1), (13, 2), (13, 2), (16, 3)]


class Base:
    scale = 2

    def run(self, x):
        return x * self.scale if x else None

    @classmethod
    def made(cls, x):
        return cls() if x else None

    @staticmethod
    def sign(x):
        return 1 if x > 0 else -1

    @property
    def twice(self):
        return self.scale * 2 if self.scale else 0


class Derived(Base):
    scale = 3

    def run(self, x):
        above = super().run(x)
        return above + 1 if above else 0

    def __call__(self, x):
        return self.run(x) if x else self.twice


def test_methods_classes_and_super():
    derived = Derived()

    def use(x):
        if x:
            return derived.run(x), derived(x), derived(0), type(Derived.made(x)).__name__, derived.sign(-x)
        return None

    assert convert(use)(4) == use(4) == (13, 13, 6, "Derived", -1)
    assert convert(derived.run)(4) == convert(derived)(4) == 13


def test_a_converted_function_keeps_its_name_and_signature():
    import inspect

    def scaled(x: int, *, factor: float = 2.0) -> float:
        """Scale."""
        return x * factor if x else 0.0

    converted = convert(scaled)
    assert converted.__name__ == "scaled"
    assert converted.__doc__ == "Scale."
    assert inspect.signature(converted) == inspect.signature(scaled)


def test_partials_lambdas_and_decorators():
    def logged(function):
        @functools.wraps(function)
        def wrapper(*args):
            LOG.append(args) if args else None
            return function(*args)

        return wrapper

    @logged
    def positive(x):
        return x if x > 0 else -x

    bound = functools.partial(lambda x, y: x if x > y else y, 3)
    LOG.clear()
    assert convert(positive)(-3) == 3
    assert convert(lambda z: (positive(z), bound(z)) if z else None)(-5) == (5, 3)
    assert LOG == [(-3,), (-5,)]


def test_frames_of_their_own():
    def uses_locals(x):
        y = 1 if x else 2
        return sorted(name for name in locals() if name in ("x", "y")), eval("x + y")

    assert convert(uses_locals)(5) == (["x", "y"], 6)


def test_generators_and_coroutines_are_left_alone():
    def numbers(n):
        for i in range(n):
            if i != 1:
                yield i

    async def coroutine(x):
        return x if x else None

    assert list(convert(lambda n: numbers(n) if n else None)(3)) == [0, 2]
    made = convert(coroutine)(1)
    with pytest.raises(StopIteration, match="1"):
        made.send(None)
