"""Variables."""

from .making import A, B, Sample, case

SAMPLES: dict[str, list[Sample]] = {
    "read_variable": [case([A], reference=lambda v: v)],
    "assign": [case([A], B, reference=lambda v, x: x)],
    "assign_variable": [case([A], B, reference=lambda v, x: x)],
    "assign_add": [case([A], B, reference=lambda v, x: v + x)],
    "assign_sub": [case([A], B, reference=lambda v, x: v - x)],
}  # fmt: skip
