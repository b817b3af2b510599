"""tf.nest."""

CASES = {
    "is_nested": """
        values = [], (), {}, 'a', 1, None, np.ones(2), tf.constant([1]), range(3), {1, 2}, b'a', tf.TensorShape([1])
        [tf.nest.is_nested(v) for v in values]""",
    "flatten": "tf.nest.flatten({'b': 1, 'a': [2, (3,)]})",
    "flatten_leaves": "[tf.nest.flatten(v) for v in (5, None, 'ab', [], {}, [1, None, [None]])]",
    "flatten_int_keys": "tf.nest.flatten({1: 'x', 0: 'y'})",
    "flatten_tuple_keys": "tf.nest.flatten({(1, 2): 'x', (0, 1): 'y'})",
    "flatten_mixed_keys": "tf.nest.flatten({'a': 1, 2: 3})",
    "flatten_range": "tf.nest.flatten(range(3))",
    "flatten_views": "d = {'a': 1}\n[tf.nest.flatten(d.keys()), tf.nest.flatten(d.values())]",
    "flatten_collections": """
        import collections
        values = collections.deque([1, 2]), collections.UserDict(a=1), collections.UserList([1, 2])
        [tf.nest.flatten(v) for v in values]""",
    "flatten_mapping_proxy": "import types\ntf.nest.flatten(types.MappingProxyType({'a': 1}))",
    "flatten_array": "tf.nest.flatten(np.ones(2))",
    "flatten_tensor": "tf.nest.flatten(tf.constant([1, 2]))",
    "flatten_named_tuple": "import collections\ntf.nest.flatten(collections.namedtuple('P', 'x y')(1, [2]))",
    "flatten_ordered_dict": "import collections\ntf.nest.flatten(collections.OrderedDict(b=1, a=2))",
    "map": "tf.nest.map_structure(lambda a: a + 1, {'x': [1, 2], 'y': (3,)})",
    "map_two": "tf.nest.map_structure(lambda a, b: a + b, [1, (2,)], [3, (4,)])",
    "map_leaf": "tf.nest.map_structure(lambda a, b: a + b, 1, 2)",
    "map_empty": "tf.nest.map_structure(lambda a: a, [])",
    "map_tensors": "tf.nest.map_structure(lambda a: a * 2, {'x': tf.constant([1.])})",
    "map_other_length": "tf.nest.map_structure(lambda a, b: a + b, [1, 2], [3])",
    "map_list_and_tuple": "tf.nest.map_structure(lambda a, b: a + b, [1, 2], (3, 4))",
    "map_without_types": "tf.nest.map_structure(lambda a, b: a + b, [1, 2], (3, 4), check_types=False)",
    "map_other_keys": "tf.nest.map_structure(lambda a, b: a + b, {'a': 1}, {'b': 1})",
    "map_more_keys": "tf.nest.map_structure(lambda a, b: a + b, {'a': 1}, {'a': 1, 'c': 2})",
    "map_leaf_and_list": "tf.nest.map_structure(lambda a, b: a + b, 1, [1])",
    "map_nothing": "tf.nest.map_structure(lambda a: a)",
    "map_no_function": "tf.nest.map_structure(3, [1])",
    "map_unknown_argument": "tf.nest.map_structure(lambda a: a, [1], foo=3)",
    "map_expand_composites": "tf.nest.map_structure(lambda a: a * 2, [1], expand_composites=True)",
    "map_keeps_order": "list(tf.nest.map_structure(lambda a: a, {'b': 1, 'a': 2}))",
    "map_ordered_dict": """
        import collections
        d = tf.nest.map_structure(lambda v: v + 1, collections.OrderedDict(b=1, a=2))
        [type(d).__name__, d]""",
    "map_default_dict": """
        import collections
        d = tf.nest.map_structure(lambda v: v + 1, collections.defaultdict(int, b=1, a=2))
        [type(d).__name__, d, d['c']]""",
    "map_dict_and_ordered_dict": """
        import collections
        tf.nest.map_structure(lambda a, b: a + b, {'a': 1}, collections.OrderedDict(a=1))""",
    "map_named_tuple": """
        import collections
        P = collections.namedtuple('P', 'x y')
        p = tf.nest.map_structure(lambda v: v + 1, P(1, [2]))
        [p.x, p.y, type(p).__name__]""",
    "map_named_tuple_and_tuple": """
        import collections
        tf.nest.map_structure(lambda a, b: a + b, collections.namedtuple('P', 'x y')(1, 2), (1, 2))""",
    "map_named_tuples_alike": """
        import collections
        p, q = [collections.namedtuple('P', 'x y')(1, 2) for _ in range(2)]
        tf.nest.map_structure(lambda a, b: a + b, p, q)""",
    "map_named_tuples_not_alike": """
        import collections
        p, q = [collections.namedtuple(name, 'x y')(1, 2) for name in 'PQ']
        tf.nest.map_structure(lambda a, b: a + b, p, q)""",
    "map_subclasses": """
        class L(list): pass
        class T(tuple): pass
        class M(dict): pass
        [type(tf.nest.map_structure(lambda v: v + 1, s)).__name__ for s in (L([1]), T([1]), M(a=1))]""",
    "dataclass_is_a_leaf": """
        import dataclasses
        @dataclasses.dataclass
        class D:
            x: int
        [tf.nest.is_nested(D(1)), len(tf.nest.flatten(D(1)))]""",
    "dataclass_with_flatten": """
        import dataclasses
        @dataclasses.dataclass
        class D:
            x: int
            y: object
            def __tf_flatten__(self):
                return ('metadata',), (self.x, self.y)
            @classmethod
            def __tf_unflatten__(cls, metadata, components):
                return cls(*components)
        d = tf.nest.map_structure(lambda v: v + 1, D(1, [2]))
        [tf.nest.flatten(D(1, [2])), d.x, d.y]""",
    "pack": "[tf.nest.pack_sequence_as(s, [1, 2]) for s in ([0, (0,)], {'b': 0, 'a': 0})]",
    "pack_leaf": "tf.nest.pack_sequence_as(0, [5])",
    "pack_leaf_of_two": "tf.nest.pack_sequence_as(0, [5, 6])",
    "pack_too_few": "tf.nest.pack_sequence_as([0, 0], [5])",
    "pack_too_many": "tf.nest.pack_sequence_as([0], [5, 6])",
    "pack_number": "tf.nest.pack_sequence_as([0, 0], 5)",
    "pack_array": "tf.nest.pack_sequence_as([0], np.array([5]))",
    "pack_empty_part": "tf.nest.pack_sequence_as([0, []], [5])",
    "pack_nested_leaves": "tf.nest.pack_sequence_as([[0], 0], [[1, 2], [3]])",
    "same": "tf.nest.assert_same_structure([1, [2]], [3, [4]])",
    "same_keys": "tf.nest.assert_same_structure({'a': 1}, {'a': 2})",
    "same_leaves": "[tf.nest.assert_same_structure(1, 'a'), tf.nest.assert_same_structure(None, np.ones(1))]",
    "same_not_nested_alike": "tf.nest.assert_same_structure([1, [2]], [3, 4])",
    "same_types_differ": "tf.nest.assert_same_structure([1], (1,))",
    "same_types_unchecked": "tf.nest.assert_same_structure([1], (1,), check_types=False)",
    "same_keys_differ": "tf.nest.assert_same_structure({'a': 1}, {'b': 2})",
    "same_leaf_and_list": "tf.nest.assert_same_structure(1, [1])",
    "same_lengths_differ": "tf.nest.assert_same_structure([1, 2], [1])",
    "slices_are_leaves": "len(tf.nest.flatten(tf.IndexedSlices(tf.constant([1.]), tf.constant([0]))))",
    "slices_expanded": """
        s = tf.IndexedSlices(tf.constant([1.]), tf.constant([0]))
        tf.nest.flatten(s, expand_composites=True)""",
    "slices_mapped": """
        s = tf.IndexedSlices(tf.constant([1.]), tf.constant([0]), tf.constant([3]))
        r = tf.nest.map_structure(lambda v: v + v, [s], expand_composites=True)[0]
        [r.values, r.indices, r.dense_shape]""",
    "slices_packed": """
        s = tf.IndexedSlices(tf.constant([1.]), tf.constant([0]))
        tf.nest.pack_sequence_as(s, [tf.constant([2.]), tf.constant([1])], expand_composites=True).values""",
}
