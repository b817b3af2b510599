"""How many, how large, how long: numbers with what they count, as people read them."""

from __future__ import annotations

from collections.abc import Sequence

from eagernb.notebook.language import say_count


def count(number: int, thing: str) -> str:
    """Return a number of things.

    >>> count(1, "operation"), count(1200, "operation")
    ('1 operation', '1,200 operations')
    """
    return say_count(number, f"{{n}} {thing}", f"{{n}} {thing}s")


def flops(number: int) -> str:
    """Return a number of operations on numbers, with three digits.

    >>> flops(262_144)
    '262 kflop'
    """
    return _scaled(number, ("flop", "kflop", "Mflop", "Gflop", "Tflop"))


def nbytes(number: float) -> str:
    """Return a number of bytes with three digits.

    >>> nbytes(0), nbytes(1234), nbytes(65536), nbytes(999_999)
    ('0 B', '1.23 kB', '65.5 kB', '1 MB')
    """
    return _scaled(number, ("B", "kB", "MB", "GB", "TB"))


def duration(nanoseconds: float) -> str:
    """Return a time with three digits.

    >>> duration(850), duration(12_345), duration(2_500_000_000)
    ('850 ns', '12.3 µs', '2.5 s')
    """
    return _scaled(nanoseconds, ("ns", "µs", "ms", "s"))


def _scaled(number: float, units: Sequence[str]) -> str:
    for unit in units:
        # 999.6 would be shown as 1000.
        if number < 999.5 or unit == units[-1]:
            break
        number /= 1000
    digits = 0 if number >= 100 else 1 if number >= 10 else 2
    text = f"{number:.{digits}f}"
    return f"{text.rstrip('0').rstrip('.') if digits else text} {unit}"
