"""The files of checkpoints: TensorFlow's are read, damage is noticed, a failure leaves nothing behind."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

import eagernb as tf
from eagernb.modules.checkpoint.bundle import Bundle, write_bundle
from eagernb.modules.checkpoint.crc32c import crc32c
from eagernb.modules.checkpoint.table import read_table, table_bytes

WRITTEN_BY_TENSORFLOW = str(Path(__file__).parent / "written_by_tensorflow" / "model")


def test_what_tensorflow_wrote_is_restored():
    many = [tf.Variable([-1.0, -1.0]) for _ in range(40)]
    named = {
        "text": tf.Variable([["", ""], ["", ""]]),
        "bfloat16": tf.Variable([0.0, 0.0], dtype=tf.bfloat16),
        "complex": tf.Variable(0j),
        "empty": tf.Variable(tf.zeros([0, 3], tf.int8)),
        "long": tf.Variable(tf.zeros([1000], tf.int64)),
        "truth": tf.Variable([False, False]),
    }
    tf.train.Checkpoint(many=many, named=named).read(WRITTEN_BY_TENSORFLOW).assert_consumed()
    assert [v.numpy().tolist() for v in many] == [[i, -i] for i in range(40)]
    assert named["text"].numpy().tolist() == [[b"a", b"bcd"], [b"", ("é" * 100).encode()]]
    assert named["bfloat16"].numpy().tolist() == [1.5, -2.0]
    assert complex(named["complex"].numpy()) == 1 + 2j
    assert named["long"].numpy().tolist() == list(range(1000))
    assert named["truth"].numpy().tolist() == [True, False]


def test_what_is_written_is_what_tensorflow_wrote(tmp_path):
    theirs = Bundle(WRITTEN_BY_TENSORFLOW)
    write_bundle(str(tmp_path / "model"), {name: theirs.read(name) for name in theirs.names()})
    ours = Bundle(str(tmp_path / "model"))
    assert ours.names() == theirs.names()
    for name in theirs.names():
        a, b = ours._entry(name), theirs._entry(name)
        assert (a.dtype, a.shape, a.size, a.crc32c) == (b.dtype, b.shape, b.size, b.crc32c)
        files = [tmp_path / "model", Path(WRITTEN_BY_TENSORFLOW)]
        data = [file.with_name("model.data-00000-of-00001").read_bytes() for file in files]
        assert data[0][a.offset : a.offset + a.size] == data[1][b.offset : b.offset + b.size]


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 513, 1000, 70_001])
def test_the_checksum_is_that_of_the_definition(size):
    data = np.random.default_rng(size).bytes(size)
    expected = 0xFFFFFFFF
    for byte in data:
        expected ^= byte
        for _ in range(8):
            expected = expected >> 1 ^ (0x82F63B78 if expected & 1 else 0)
    assert crc32c(data) == expected ^ 0xFFFFFFFF


def test_the_checksum_is_that_of_the_standard():
    # RFC 3720, appendix B.4
    assert crc32c(bytes(32)) == 0x8A9136AA
    assert crc32c(b"\xff" * 32) == 0x62A8AB43
    assert crc32c(bytes(range(32))) == 0x46DD794E


@pytest.mark.parametrize("entries", [{}, {b"": b"1"}, {b"b": b"2", b"a": b"", b"ab" * 200: b"x" * 300}])
def test_a_table_is_read_as_it_was_written(entries):
    assert read_table(table_bytes(entries), "here") == entries


def _saved(folder: Path) -> str:
    path = str(folder / "model")
    write_bundle(path, {"x": np.arange(1000.0), "texts": np.array([b"a", b"bc"], object)})
    return path


@pytest.mark.parametrize("ending", [".index", ".data-00000-of-00001"])
def test_a_changed_byte_is_noticed_wherever_it_is(tmp_path, ending):
    path = _saved(tmp_path)
    file = Path(path + ending)
    whole = file.read_bytes()
    for at in range(0, len(whole), 7):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            bundle = Bundle(path)
            read = {name: bundle.read(name).tolist() for name in bundle.names()}
        except (tf.errors.DataLossError, tf.errors.UnimplementedError):
            continue
        assert read == {"x": list(np.arange(1000.0)), "texts": [b"a", b"bc"]}  # a byte that says nothing


@pytest.mark.parametrize("ending", [".index", ".data-00000-of-00001"])
def test_a_file_that_is_cut_short_is_noticed(tmp_path, ending):
    path = _saved(tmp_path)
    file = Path(path + ending)
    whole = file.read_bytes()
    file.write_bytes(whole[:-60])
    with pytest.raises(tf.errors.DataLossError):
        Bundle(path).read("x")


def test_a_missing_data_file_is_named(tmp_path):
    path = _saved(tmp_path)
    os.remove(path + ".data-00000-of-00001")
    with pytest.raises(tf.errors.NotFoundError, match="data-00000-of-00001 is missing"):
        Bundle(path).read("x")


def test_a_file_of_another_kind_is_refused(tmp_path):
    (tmp_path / "model.index").write_text("something else, which is as long as a footer would have to be at least")
    with pytest.raises(tf.errors.DataLossError, match=r"model\.index is no index of a checkpoint"):
        Bundle(str(tmp_path / "model"))


def test_a_write_that_fails_leaves_the_files_as_they_were(tmp_path):
    path = _saved(tmp_path)
    with pytest.raises(TypeError):
        write_bundle(path, {"a": np.zeros(3), "b": np.array([print], object)})
    assert sorted(os.listdir(tmp_path)) == ["model.data-00000-of-00001", "model.index"]
    assert Bundle(path).names() == ["texts", "x"]
