"""Datasets of files: the lines of texts, the names of files."""

from __future__ import annotations

import glob
import gzip
import io
import os
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from eagernb.core.convert import convert_to_tensor
from eagernb.core.dtypes import string
from eagernb.core.files import file_errors
from eagernb.core.spec import TensorSpec
from eagernb.data.combining import flat_map
from eagernb.data.dataset import Dataset, made, source
from eagernb.data.ordering import shuffle as shuffled
from eagernb.data.pipeline import Element, Pipeline, transformation
from eagernb.data.sources import from_tensor_slices
from eagernb.errors import DataLossError, InvalidArgumentError


@transformation("TextLineDatasetV2")
class Lines(Pipeline):
    def __init__(self, names: Any, *, compression: str) -> None:
        self._names, self._compression = names, compression

    def elements(self) -> Iterator[Element]:
        for name in np.ravel(self._names):
            for line in _lines(os.fsdecode(name), self._compression):
                yield (np.array(line, object),)


def _lines(path: str, compression: str) -> Iterator[bytes]:
    """The lines of a file, without what ends them."""
    with file_errors(path):
        try:
            with _opened(path, compression) as file:
                yield from map(_plain, file)
        except (gzip.BadGzipFile, zlib.error, EOFError) as error:
            raise DataLossError(f"{path} is not compressed with {compression}: {error}", "text_line_dataset") from error


def _opened(path: str, compression: str) -> Any:
    if compression == "ZLIB":
        return io.BytesIO(zlib.decompress(Path(path).read_bytes()))
    return gzip.open(path, "rb") if compression == "GZIP" else open(path, "rb")


def _plain(line: bytes) -> bytes:
    return line.removesuffix(b"\n").replace(b"\r", b"")  # as TensorFlow reads a line


def TextLineDataset(
    filenames: Any, compression_type: Any = None, buffer_size: Any = None, num_parallel_reads: Any = None,
    name: str | None = None,
) -> Dataset:  # fmt: skip
    """The lines of text files, one file after the other, as strings without the ends of the lines.

    ``filenames`` is one name, several, or a dataset of names; ``compression_type`` "GZIP" or "ZLIB" for files that are
    compressed. Files are read each time that the dataset is, line by line unless they are ZLIB's. Raises
    InvalidArgumentError for another kind of compression, TypeError for names that are no strings; while it is read,
    NotFoundError for a file that is missing, FailedPreconditionError for a folder, DataLossError for a file that is not
    compressed in this way.

    >>> import eagernb as tf, os, tempfile
    >>> path = os.path.join(tempfile.mkdtemp(), "poem")
    >>> with open(path, "w") as file:
    ...     _ = file.write("two\\nlines\\n")
    >>> list(tf.data.TextLineDataset(path).as_numpy_iterator())
    [b'two', b'lines']
    """
    if compression_type not in (None, "", "GZIP", "ZLIB"):
        raise InvalidArgumentError(f"Unsupported compression_type: {compression_type}. Use 'GZIP' or 'ZLIB'.")
    if isinstance(filenames, Dataset):
        result = flat_map(filenames, lambda one: TextLineDataset(one, compression_type))
    else:
        names = convert_to_tensor(filenames)
        if names.dtype is not string:
            raise TypeError(
                f"The `filenames` argument must contain `tf.string` elements. Got `tf.{names.dtype.name}` elements."
            )
        result = made(Lines, [names], TensorSpec([], string), compression=compression_type or "")
    result._kind = "TextLineDatasetV2"
    return result


@source
def list_files(file_pattern: Any, shuffle: Any = None, seed: int | None = None, name: str | None = None) -> Dataset:
    """The names of files that fit a pattern such as "data/*.txt", or one of several; shuffled unless ``shuffle=False``.

    InvalidArgumentError where no file fits.

    >>> import eagernb as tf, os, tempfile
    >>> folder = tempfile.mkdtemp()
    >>> for name in "ab":
    ...     open(os.path.join(folder, name), "w").close()
    >>> names = tf.data.Dataset.list_files(folder + "/*", shuffle=False).as_numpy_iterator()
    >>> [os.path.basename(name) for name in names]
    [b'a', b'b']
    """
    patterns = [os.fsdecode(pattern) for pattern in np.ravel(convert_to_tensor(file_pattern, string).numpy())]
    found = sorted({path for pattern in patterns for path in glob.glob(pattern)})
    if not found:
        raise InvalidArgumentError(f"No files matched pattern: {', '.join(patterns)}")
    names = from_tensor_slices(found)
    return names if shuffle is False else shuffled(names, len(found), seed=seed)
