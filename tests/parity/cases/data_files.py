"""Datasets of text files."""

_START = """import gzip, os, tempfile, zlib
folder = tempfile.mkdtemp()
def made(name, content, pack=lambda data: data):
    path = os.path.join(folder, name)
    with open(path, 'wb') as file:
        file.write(pack(content))
    return path
a, b = made('a.txt', b'one\\ntwo\\n'), made('b.txt', b'three')
def texts(dataset):
    return list(dataset.as_numpy_iterator())
"""


def case(lines: str) -> str:
    return _START + lines


CASES = {
    "lines": case("texts(tf.data.TextLineDataset(a))"),
    "lines_of_several": case("texts(tf.data.TextLineDataset([a, b]))"),
    "lines_of_dataset": case("texts(tf.data.TextLineDataset(tf.data.Dataset.from_tensor_slices([b, a])))"),
    "lines_of_tensor": case("texts(tf.data.TextLineDataset(tf.constant([[a], [b]])[:, 0]))"),
    "ends_of_lines": case("texts(tf.data.TextLineDataset(made('c', b'a\\r\\nb\\rc\\n\\n d \\n')))"),
    "bytes": case("texts(tf.data.TextLineDataset(made('c', b'\\xff\\x00\\nx')))"),
    "empty_file": case("texts(tf.data.TextLineDataset(made('c', b'')))"),
    "no_files": case("texts(tf.data.TextLineDataset(tf.constant([], tf.string)))"),
    "gzip": case("texts(tf.data.TextLineDataset(made('c', b'x\\ny', gzip.compress), 'GZIP'))"),
    "zlib": case("texts(tf.data.TextLineDataset(made('c', b'x\\ny', zlib.compress), compression_type='ZLIB'))"),
    "ends_of_lines_in_zlib": case(
        "texts(tf.data.TextLineDataset(made('c', b'a\\r\\nb\\rc\\n', zlib.compress), 'ZLIB'))"
    ),
    "twice": case("d = tf.data.TextLineDataset(a)\n[texts(d), texts(d)]"),
    "mapped": case("def add(x):\n    return x + '!'\ntexts(tf.data.TextLineDataset(a).map(add).batch(2))"),
    "spec": case("tf.data.TextLineDataset(a).element_spec"),
    "repr": case("repr(tf.data.TextLineDataset(a))"),
    "cardinality": case("tf.data.TextLineDataset(a).cardinality()"),
    "in_function": case(
        "@tf.function\ndef f(d):\n    n = 0\n    for line in d:\n        n += 1\n    return n\n"
        "f(tf.data.TextLineDataset([a, b]))"
    ),
    "missing": "list(tf.data.TextLineDataset('/no/such/file'))",
    "folder": case("list(tf.data.TextLineDataset(folder))"),
    "missing_is_noticed_when_read": "repr(tf.data.TextLineDataset('/no/such/file'))",
    "not_compressed": case("list(tf.data.TextLineDataset(a, 'GZIP'))"),
    "not_compressed_by_zlib": case("list(tf.data.TextLineDataset(a, 'ZLIB'))"),
    "numbers": "tf.data.TextLineDataset(3)",
    "list_files": case(
        "[os.path.basename(p) for p in texts(tf.data.Dataset.list_files(folder + '/*', shuffle=False))]"
    ),
    "list_files_of_several": case(
        "d = tf.data.Dataset.list_files([folder + '/b*', folder + '/a*'], shuffle=False)\n"
        "[os.path.basename(p) for p in texts(d)]"
    ),
    "list_files_shuffled": case(
        "sorted(os.path.basename(p) for p in texts(tf.data.Dataset.list_files(folder + '/*')))"
    ),
    "list_files_repr": case("repr(tf.data.Dataset.list_files(folder + '/*'))"),
    "list_files_of_none": "tf.data.Dataset.list_files('/no/such/*')",
}
