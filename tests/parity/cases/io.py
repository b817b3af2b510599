"""tf.io: files, raw bytes, base64; tf.io.gfile."""

_SETUP = """\
import os, tempfile
g = tf.io.gfile
folder = tempfile.mkdtemp()
at = lambda *names: os.path.join(folder, *names)
tf.io.write_file(at('a', 'b.txt'), 'one\\ntwo\\n')
tf.io.write_file(at('c.txt'), b'\\xff\\x00')
"""
_RAW = "tf.constant([b'\\x01\\x00\\x02\\x00', b'\\x03\\x00\\x00\\x80'])"

CASES = {
    **{
        f"raw_{dtype}": f"tf.io.decode_raw({_RAW}, tf.{dtype})"
        for dtype in ("uint8", "int16", "int32", "float32", "bool")
    },
    "raw_scalar": "tf.io.decode_raw(b'\\x01\\x02', tf.uint8)",
    "raw_matrix": "tf.io.decode_raw([[b'\\x01\\x02'], [b'\\x03\\x04']], tf.int16)",
    "raw_big_endian": f"tf.io.decode_raw({_RAW}, tf.int16, little_endian=False)",
    "raw_none": "tf.io.decode_raw(tf.constant([], tf.string), tf.int16)",
    "raw_fixed": "tf.io.decode_raw([b'\\x01\\x02\\x05', b'\\x03'], tf.int16, fixed_length=4)",
    "raw_fixed_cut_off": "tf.io.decode_raw([b'\\x01\\x02\\x05', b'\\x03'], tf.uint8, fixed_length=2)",
    "raw_function": f"tf.function(lambda x: tf.io.decode_raw(x, tf.uint8))({_RAW})",
    "raw_lengths": "tf.io.decode_raw([b'\\x01\\x02', b'\\x03'], tf.uint8)",
    "raw_odd": "tf.io.decode_raw([b'\\x01\\x02\\x05'], tf.int16)",
    "raw_fixed_odd": "tf.io.decode_raw([b'\\x01\\x02\\x05'], tf.int16, fixed_length=3)",
    "raw_of_numbers": "tf.io.decode_raw([1], tf.int16)",
    "raw_to_texts": "tf.io.decode_raw(b'a', tf.string)",
    "base64": "tf.io.encode_base64([b'ab?>~\\xff', b'a', b''])",
    "base64_pad": "tf.io.encode_base64([[b'ab?>~\\xff'], [b'a']], pad=True)",
    "base64_back": "tf.io.decode_base64(['YWI_Pn7_', 'YQ', 'YQ==', ''])",
    "base64_letters": "tf.io.decode_base64('a$')",
    "base64_plus": "tf.io.decode_base64('a+/a')",
    "base64_length": "tf.io.decode_base64('a')",
    **{
        name: _SETUP + source
        for name, source in {
            "read": "[tf.io.read_file(at('a', 'b.txt')), tf.io.read_file(at('c.txt'))]",
            "write_gives_nothing": "tf.io.write_file(at('d'), 'x')",
            "write_again": "tf.io.write_file(at('c.txt'), 'new')\ntf.io.read_file(at('c.txt'))",
            "read_function": "tf.function(lambda p: tf.io.read_file(p))(at('a', 'b.txt'))",
            "write_function": """
@tf.function
def f(text):
    tf.io.write_file(at('c.txt'), text)
f('x')
tf.io.read_file(at('c.txt'))""",
            "matching": "[os.path.relpath(p.decode(), folder) for p in tf.io.matching_files(at('*')).numpy()]",
            "matching_several":
                "len(tf.io.matching_files([at('*.txt'), at('a', '*.txt'), at('*.txt')]).numpy())",
            "read_missing": "tf.io.read_file(at('no'))",
            "read_folder": "tf.io.read_file(folder)",
            "read_several": "tf.io.read_file([at('c.txt')])",
            "write_several": "tf.io.write_file(at('c.txt'), ['a'])",
            "exists": "[g.exists(at('c.txt')), g.exists(at('no')), g.isdir(folder), g.isdir(at('c.txt'))]",
            "listdir": "sorted(g.listdir(folder))",
            "listdir_missing": "g.listdir(at('no'))",
            "glob": "[os.path.relpath(p, folder) for p in g.glob([at('*.txt'), at('no*')])]",
            "mkdir": "g.mkdir(at('m'))\ng.mkdir(at('m'))\ng.isdir(at('m'))",
            "mkdir_missing": "g.mkdir(at('m', 'n'))",
            "makedirs": "g.makedirs(at('m', 'n'))\ng.makedirs(at('m', 'n'))\ng.isdir(at('m', 'n'))",
            "rmtree": "g.rmtree(at('a'))\ng.exists(at('a'))",
            "rmtree_missing": "g.rmtree(at('no'))",
            "copy": "g.copy(at('c.txt'), at('e.txt'))\ng.GFile(at('e.txt'), 'rb').read()",
            "copy_over": "g.copy(at('c.txt'), at('a', 'b.txt'))",
            "copy_overwrite": "g.copy(at('c.txt'), at('a', 'b.txt'), True)\ng.GFile(at('a', 'b.txt'), 'rb').read()",
            "copy_missing": "g.copy(at('no'), at('e.txt'))",
            "rename": "g.rename(at('c.txt'), at('e.txt'))\n[g.exists(at('c.txt')), g.exists(at('e.txt'))]",
            "rename_over": "g.rename(at('c.txt'), at('a', 'b.txt'))",
            "rename_missing": "g.rename(at('no'), at('e.txt'))",
            "remove": "g.remove(at('c.txt'))\ng.exists(at('c.txt'))",
            "remove_missing": "g.remove(at('no'))",
            "stat": "[g.stat(at('c.txt')).length, g.stat(folder).is_directory, g.stat(at('c.txt')).is_directory]",
            "stat_missing": "g.stat(at('no'))",
            "walk": "[[os.path.relpath(p, folder), sorted(d), sorted(f)] for p, d, f in g.walk(folder)]",
            "join": "g.join('a', 'b', 'c')",
            "gfile_read":
                "f = g.GFile(at('a', 'b.txt'))\n[f.read(3), f.read(), f.size(), f.name == at('a', 'b.txt'), f.mode]",
            "gfile_lines":
                "f = g.GFile(at('a', 'b.txt'))\n[f.readline(), f.readlines(), list(g.GFile(at('a', 'b.txt')))]",
            "gfile_write": """
with g.GFile(at('d.txt'), 'w') as f:
    f.write('one')
    n = f.tell()
with g.GFile(at('d.txt'), 'a') as f:
    f.write('two')
[n, g.GFile(at('d.txt')).read()]""",
            "gfile_seek": "f = g.GFile(at('a', 'b.txt'), 'rb')\nf.seek(4)\n[f.read(), f.tell()]",
            "gfile_missing": "g.GFile(at('no')).read()",
            "gfile_mode": "g.GFile(at('no'), 'x')",
            "gfile_not_for_writing": "g.GFile(at('c.txt')).write('a')",
            "gfile_not_for_reading": "g.GFile(at('e.txt'), 'w').read()",
        }.items()
    },
}  # fmt: skip
_BYTES = "tf.io.serialize_tensor"
CASES |= {
    **{
        f"serialize_{name}": f"{_BYTES}({value})"
        for name, value in {
            "floats": "[1., 2.]",
            "ints": "[[1, 2], [3, 4]]",
            "texts": "['a', 'bc', '']",
            "bool": "True",
            "complex": "tf.constant([[1 + 2j]], tf.complex64)",
            "half": "tf.constant([1., 2.], tf.float16)",
            "bfloat": "tf.constant([1., 2.], tf.bfloat16)",
            "long": "tf.cast(tf.range(300), tf.uint16)",
            "empty": "tf.zeros([2, 0])",
            "of_none": "None",
        }.items()
    },
    **{
        f"parse_{name}": f"tf.io.parse_tensor({_BYTES}({value}), {dtype})"
        for name, (value, dtype) in {
            "floats": ("[[1., 2.]]", "tf.float32"),
            "texts": ("['a', 'bc', '']", "tf.string"),
            "complex": ("[1 + 2j]", "tf.complex128"),
            "bfloat": ("tf.constant([1.5], tf.bfloat16)", "tf.bfloat16"),
            "long": ("tf.range(300)", "'int32'"),
            "empty": ("tf.zeros([2, 0])", "tf.float32"),
            "scalar": ("7", "tf.int32"),
            "other_dtype": ("[1., 2.]", "tf.int32"),
        }.items()
    },
    **{
        f"parse_proto_{name}": f"tf.io.parse_tensor(tf.make_tensor_proto({value}).SerializeToString(), tf.{dtype})"
        for name, (value, dtype) in {
            "float": ("1.5", "float32"),
            "negative": ("-3", "int32"),
            "repeated": ("1.5, shape=[2, 3]", "float32"),
            "half": ("1.5, tf.float16", "float16"),
            "bool": ("True", "bool"),
            "double": ("[1.5, 2.], tf.float64", "float64"),
            "complex": ("1 + 2j, tf.complex64", "complex64"),
            "long": ("-2**40, tf.int64", "int64"),
            "unsigned": ("2**63, tf.uint64", "uint64"),
            "byte": ("200, tf.uint8", "uint8"),
            "text": ("'a', shape=[2]", "string"),
        }.items()
    },
    "parse_nonsense": "tf.io.parse_tensor(b'abc', tf.float32)",
    "parse_nothing": "tf.io.parse_tensor(b'', tf.float32)",
    "parse_cut_off": "tf.io.parse_tensor(tf.io.serialize_tensor([1., 2.]).numpy()[:-3], tf.float32)",
    "parse_too_large": r"tf.io.parse_tensor(b'\x08\x01\x12\x0c\x12\x0a\x08' + 8 * b'\x80' + b'\x01', tf.float32)",
    "parse_texts_too_large": r"tf.io.parse_tensor(b'\x08\x07\x12\x0c\x12\x0a\x08' + 8 * b'\x80' + b'\x01', tf.string)",
    "parse_vector": "tf.io.parse_tensor([b''], tf.float32)",
    "parse_number": "tf.io.parse_tensor(3, tf.float32)",
    "serialize_in_function": """
@tf.function
def f(x):
    y = tf.io.parse_tensor(tf.io.serialize_tensor(x), tf.float32)
    return y, y.shape.rank is None
f(tf.constant([1., 2.]))""",
}
