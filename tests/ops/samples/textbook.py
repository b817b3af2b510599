"""Linear algebra as a textbook has it: slow, for small matrices, and without LAPACK. References are made of these."""

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np

Array = np.ndarray


def each(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function of one matrix (and of right-hand sides), carried out for each of a stack; the results stacked."""

    def stacked(x: Array, *others: Array, **params: Any) -> Any:
        batch = np.broadcast_shapes(x.shape[:-2], *(y.shape[:-2] for y in others))
        stacks = [np.broadcast_to(y, (*batch, *y.shape[-2:])) for y in (x, *others)]
        results = [function(*[y[index] for y in stacks], **params) for index in np.ndindex(batch)]
        if results and isinstance(results[0], tuple):
            return tuple(np.reshape(part, (*batch, *part[0].shape)) for part in zip(*results, strict=True))
        if not results:
            return np.zeros((*batch, *np.shape(function(*[np.zeros(y.shape[-2:], y.dtype) for y in stacks], **params))))
        return np.reshape(results, (*batch, *np.shape(results[0]))).astype(np.asarray(results[0]).dtype)

    return stacked


def adjoint(x: Array) -> Array:
    return x.swapaxes(-1, -2).conj()


def hermitian(x: Array) -> Array:
    """The Hermitian matrix with the lower triangle of x."""
    lower = np.tril(x, -1)
    diagonal = np.einsum("...i,ij->...ij", np.einsum("...ii->...i", x).real, np.eye(x.shape[-1]))
    return (lower + adjoint(lower) + diagonal).astype(x.dtype)


def det(x: Array) -> Any:
    """The sum over all permutations."""
    n, total = len(x), x.dtype.type(0)
    for order in permutations(range(n)):
        inversions = sum(order[i] > order[j] for j in range(n) for i in range(j))
        total += x.dtype.type((-1) ** inversions) * np.prod([x[i, j] for i, j in enumerate(order)], dtype=x.dtype)
    return total


def inv(x: Array) -> Array:
    """The matrix of cofactors, transposed, over the determinant."""
    minors = [[np.delete(np.delete(x, i, 0), j, 1) for j in range(len(x))] for i in range(len(x))]
    cofactors = [[(-1) ** (i + j) * det(minor) for j, minor in enumerate(row)] for i, row in enumerate(minors)]
    return (np.array(cofactors, x.dtype).reshape(x.shape).T / det(x)).astype(x.dtype)


def cholesky(x: Array) -> Array:
    """Column by column."""
    factor = np.zeros_like(x)
    for j in range(len(x)):
        factor[j, j] = np.sqrt(x[j, j] - factor[j, :j] @ factor[j, :j].conj())
        for i in range(j + 1, len(x)):
            factor[i, j] = (x[i, j] - factor[i, :j] @ factor[j, :j].conj()) / factor[j, j]
    return factor


def lu(x: Array) -> tuple[Array, Array]:
    """Gaussian elimination with the largest element of each column as the pivot."""
    x, order = x.copy(), np.arange(len(x), dtype=np.int32)
    for j in range(len(x)):
        size = np.abs(x[j:, j].real) + np.abs(x[j:, j].imag)
        rows = [j, j + int(np.argmax(size))]
        x[rows], order[rows] = x[rows[::-1]], order[rows[::-1]]
        for i in range(j + 1, len(x)):
            x[i, j] /= x[j, j]
            x[i, j + 1 :] -= x[i, j] * x[j, j + 1 :]
    return x, order


def qr(x: Array, full_matrices: bool) -> tuple[Array, Array]:
    """Householder's reflections; each makes an element of the diagonal real, of the sign that it had not."""
    rows, columns = x.shape
    q, r = np.eye(rows, dtype=x.dtype), x.copy()
    for j in range(min(rows, columns)):
        column = r[j:, j]
        if not column[1:].any() and column[0].imag == 0:
            continue
        length = -np.copysign(np.sqrt(np.sum(np.abs(column) ** 2)), column[0].real)
        direction = column / (column[0] - length)
        direction[0] = 1
        reflection = np.eye(rows, dtype=x.dtype)
        reflection[j:, j:] -= (length - column[0]) / length * np.outer(direction, direction.conj())
        q, r = q @ reflection, adjoint(reflection) @ r
    inner = rows if full_matrices else min(rows, columns)
    return q[:, :inner], np.triu(r[:inner])


def characteristic_roots(x: Array) -> Array:
    """The zeros of the characteristic polynomial, by Faddeev and LeVerrier: the eigenvalues."""
    coefficients, power = [1.0 + 0j], np.eye(len(x), dtype=complex)
    for k in range(1, len(x) + 1):
        product = x @ power
        coefficients.append(-np.trace(product) / k)
        power = product + coefficients[-1] * np.eye(len(x))
    return np.roots(coefficients)


def real_eigenvalues(x: Array) -> Array:
    return np.sort(characteristic_roots(x).real)


def singular_values(x: Array) -> Array:
    gramian = x @ adjoint(x) if x.shape[0] <= x.shape[1] else adjoint(x) @ x
    return np.sqrt(real_eigenvalues(gramian)[::-1])


def projectors(x: Array) -> list[Array]:
    """v v^H of each eigenvector of a Hermitian matrix, as a polynomial of the matrix (Lagrange and Sylvester)."""
    values, unit = real_eigenvalues(x), np.eye(len(x))
    result = []
    for i, value in enumerate(values):
        product = unit.astype(x.dtype)
        for j, other in enumerate(values):
            if j != i:
                product = product @ (x - other * unit) / (value - other)
        result.append(product)
    return result


def pinv(x: Array) -> Array:
    """By the normal equations, for a matrix of full rank."""
    if x.shape[0] >= x.shape[1]:
        return inv(adjoint(x) @ x) @ adjoint(x)
    return adjoint(x) @ inv(x @ adjoint(x))


def expm(x: Array) -> Array:
    """The power series."""
    term = total = np.eye(len(x), dtype=x.dtype)
    for k in range(1, 80):
        term = term @ x / x.dtype.type(k)
        total = total + term
    return total
