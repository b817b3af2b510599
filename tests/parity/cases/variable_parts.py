"""Parts of variables: slices, elements, counting; what a variable knows of itself; name scopes."""

CASES = {
    # Slices
    "slice": "v = tf.Variable([1., 2., 3.])\nv[1:].assign([5., 6.])\nv",
    "slice_result": "tf.Variable([1., 2., 3.])[1:].assign([5., 6.])",
    "slice_result_repr": "repr(tf.Variable([1., 2.])[1:].assign([5.]))",
    "slice_scalar": "v = tf.Variable([1., 2., 3.])\nv[1].assign(5)\nv",
    "slice_one_element_list": "v = tf.Variable([1., 2., 3.])\nv[1].assign([5.])\nv",
    "slice_broadcast": "v = tf.Variable([1., 2., 3.])\nv[1:].assign(5.)\nv",
    "slice_broadcast_one": "v = tf.Variable([1., 2., 3.])\nv[1:].assign([5.])\nv",
    "slice_step": "v = tf.Variable([1., 2., 3.])\nv[::2].assign([5., 6.])\nv",
    "slice_backwards": "v = tf.Variable([1., 2., 3.])\nv[::-1].assign([5., 6., 7.])\nv",
    "slice_beyond_the_end": "v = tf.Variable([1., 2., 3.])\nv[2:9].assign([5.])\nv",
    "slice_empty": "v = tf.Variable([1., 2., 3.])\nv[2:2].assign(5.)\nv",
    "slice_negative": "v = tf.Variable([1., 2., 3.])\nv[-1].assign(5.)\nv",
    "slice_column": "v = tf.Variable([[1., 2.], [3., 4.]])\nv[:, 1].assign([8., 9.])\nv",
    "slice_element": "v = tf.Variable([[1., 2.], [3., 4.]])\nv[0, 1].assign(9)\nv",
    "slice_row_broadcast": "v = tf.Variable([[1., 2.], [3., 4.]])\nv[0].assign([[8., 9.]])\nv",
    "slice_ellipsis": "v = tf.Variable([[1., 2., 3.]])\nv[..., 1].assign([5.])\nv",
    "slice_all": "v = tf.Variable(1.)\nv[...].assign(3.)\nv",
    "slice_newaxis": "v = tf.Variable([1., 2., 3.])\nv[tf.newaxis, 1:].assign([[5., 6.]])\nv",
    "slice_tensor_bound": "v = tf.Variable([1., 2., 3.])\nv[tf.constant(1):].assign([0., 0.])\nv",
    "slice_of_variable": "v = tf.Variable([1., 2.])\nv[:].assign(tf.Variable([3., 4.]))\nv",
    "slice_strings": "v = tf.Variable(['a', 'b'])\nv[0].assign('zz')\nv",
    "slice_bools": "v = tf.Variable([True, False])\nv[0].assign(False)\nv",
    "slice_wrong_shape": "tf.Variable([1., 2., 3.])[::2].assign([5., 6., 7.])",
    "slice_wrong_shape_scalar": "tf.Variable([1, 2])[0].assign([1, 2])",
    "slice_wrong_dtype": "tf.Variable([1., 2., 3.])[1:].assign(tf.constant(5))",
    "slice_wrong_python_type": "tf.Variable([1, 2])[0].assign(1.5)",
    "slice_outside": "tf.Variable([1., 2., 3.])[5].assign(5.)",
    "slice_of_slice": "tf.Variable([1., 2., 3.])[1:][0].assign(5.)",
    "slice_by_mask": "v = tf.Variable([1., 2., 3.])\nv[v > 1.].assign([5.])",
    "slice_of_tensor": "tf.constant([1., 2., 3.])[0].assign(5.)",
    "slice_no_assign_add": "tf.Variable([1., 2., 3.])[0].assign_add(5.)",
    "slice_reads_the_present": "v = tf.Variable([1., 2.])\ny = v[0]\nv.assign([5., 6.])\ny",
    "slice_read_earlier_assigns": "v = tf.Variable([1., 2.])\nx = v[1]\nv[0].assign(9.)\nx.assign(3.)\nv",
    "slice_is_a_tensor": "isinstance(tf.Variable([1., 2.])[0], tf.Tensor)",
    "slice_arithmetic": "tf.Variable([1., 2.])[0] + tf.constant(1.)",
    "slice_gradient": """
        v = tf.Variable([1., 2.])
        with tf.GradientTape() as tape:
            y = v[1:] * 3.
        tape.gradient(y, v)""",
    "slice_assign_stops_the_gradient": """
        v = tf.Variable([1., 2.])
        x = tf.constant([5.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            v[1:].assign(x)
            y = v * v
        tape.gradient(y, [x, v])""",
    "slice_in_function": """
        v = tf.Variable([1., 2., 3.])
        @tf.function
        def f(x):
            v[1:].assign(x)
            v[0].assign(10.)
            return v + 0.
        f(tf.constant([7., 8.]))""",
    "slice_read_in_function": """
        v = tf.Variable([1., 2., 3.])
        @tf.function
        def f():
            before = v[0] * 1.
            v[0].assign(10.)
            return before, v[0] * 1.
        f()""",
    "slice_wrong_shape_in_function": """
        v = tf.Variable([1., 2., 3.])
        @tf.function
        def f():
            v[1:].assign([1., 2., 3.])
        f()""",
    # Elements and blocks by coordinates
    "nd_add": "tf.Variable([1., 2., 3.]).scatter_nd_add([[0], [2]], [10., 20.])",
    "nd_add_twice_the_same": "tf.Variable([1., 2., 3.]).scatter_nd_add([[0], [0]], [10., 20.])",
    "nd_add_int": "tf.Variable([1, 2, 3]).scatter_nd_add([[0], [2]], [10, 20])",
    "nd_sub": "tf.Variable([1., 2., 3.]).scatter_nd_sub([[0], [0]], [10., 20.])",
    "nd_update": "tf.Variable([1., 2., 3.]).scatter_nd_update([[0], [2]], [10., 20.])",
    "nd_max": "tf.Variable([1., 2., 3.]).scatter_nd_max([[0], [2]], [10., 0.])",
    "nd_min": "tf.Variable([1., 2., 3.]).scatter_nd_min([[0], [2]], [10., 0.])",
    "nd_element": "tf.Variable(tf.ones([2, 2])).scatter_nd_add([[0, 1]], [5.])",
    "nd_row": "tf.Variable(tf.ones([2, 2])).scatter_nd_add([[1]], [[5., 6.]])",
    "nd_python_ints": "tf.Variable([1., 2.]).scatter_nd_add([[0], [1]], [10, 20])",
    "nd_none": "tf.Variable([1., 2.]).scatter_nd_add(tf.zeros([0, 1], tf.int32), tf.zeros([0]))",
    "nd_bools": "tf.Variable([True, False]).scatter_nd_update([[0]], [False])",
    "nd_strings": "tf.Variable(['a', 'b']).scatter_nd_update([[0]], ['c'])",
    "nd_strings_add": "tf.Variable(['a', 'b']).scatter_nd_add([[0]], ['c'])",
    "nd_complex": "tf.Variable([1 + 1j, 2]).scatter_nd_add([[0]], [2j])",
    "nd_outside": "tf.Variable([1., 2., 3.]).scatter_nd_add([[0], [5]], [10., 20.])",
    "nd_negative": "tf.Variable([1., 2., 3.]).scatter_nd_update([[-1]], [10.])",
    "nd_too_many_updates": "tf.Variable([1., 2., 3.]).scatter_nd_add([[0], [1]], [10., 20., 30.])",
    "nd_too_few_updates": "tf.Variable([1., 2., 3.]).scatter_nd_update([[0], [1]], [10.])",
    "nd_scalar_update": "tf.Variable([1., 2., 3.]).scatter_nd_update([[0]], 1.)",
    "nd_too_many_coordinates": "tf.Variable(tf.ones([2, 2])).scatter_nd_add([[1, 1, 1]], [5.])",
    "nd_of_scalar": "tf.Variable(1.).scatter_nd_update([[0], [1]], [1.])",
    "nd_float_indices": "tf.Variable([1., 2.]).scatter_nd_update([[1.]], [1.])",
    "nd_wrong_dtype": "tf.Variable([1., 2.]).scatter_nd_update([[1]], tf.constant([1]))",
    "nd_in_function": """
        v = tf.Variable([1., 2., 3.])
        @tf.function
        def f(i):
            v.scatter_nd_add(i, [10., 20.])
            v.scatter_nd_update([[1]], [0.])
            return v * 1.
        f(tf.constant([[0], [1]]))""",
    "nd_gradient": """
        v = tf.Variable([1., 2.])
        x = tf.constant([5.])
        with tf.GradientTape() as tape:
            tape.watch(x)
            v.scatter_nd_add([[1]], x)
            y = v * v
        tape.gradient(y, [x, v])""",
    "gather_nd": "tf.Variable([[1., 2.], [3., 4.]]).gather_nd([[0, 1], [1, 0]])",
    "gather_nd_outside": "tf.Variable([1., 2.]).gather_nd([[3]])",
    "sparse_read": "tf.Variable([[1., 2.], [3., 4.]]).sparse_read([1, 0])",
    "sparse_read_matrix_of_indices": "tf.Variable([1., 2.]).sparse_read([[1, 0]])",
    "sparse_read_outside": "tf.Variable([1., 2.]).sparse_read([2])",
    # Counting
    "count": "v = tf.Variable(1)\n[v.count_up_to(3), v.count_up_to(3), v]",
    "count_int64": "tf.Variable(1, dtype=tf.int64).count_up_to(5)",
    "count_reached": "tf.Variable(3).count_up_to(3)",
    "count_float": "tf.Variable(3.).count_up_to(5)",
    "count_vector": "tf.Variable([1, 2]).count_up_to(5)",
    # Assigning
    "add_bool": "tf.Variable(True).assign_add(True)",
    "add_string": "tf.Variable('a').assign_add('b')",
    "sub_wraps": "tf.Variable(1, dtype=tf.uint8).assign_sub(2)",
    "add_delta": "tf.Variable(1.).assign_add(delta=2.)",
    "sub_delta": "tf.Variable(1.).assign_sub(delta=2.)",
    "assign_string": "tf.Variable('a').assign('bc')",
    "assign_complex": "tf.Variable(1j).assign(2.)",
    "assign_text_to_float": "tf.Variable(1.).assign('a')",
    "open_shape_add": "tf.Variable([1., 2.], shape=[None]).assign_add([1., 1.])",
    "open_shape_add_other_size": "tf.Variable([1., 2.], shape=[None]).assign_add([1., 1., 1.])",
    "open_shape_add_broadcast": "tf.Variable([1., 2.], shape=[None]).assign_add([1.])",
    "open_shape_repr": "repr(tf.Variable([1., 2.], shape=[None]))",
    "open_shape_gradient": """
        v = tf.Variable([1., 2.], shape=[None])
        with tf.GradientTape() as tape:
            y = v * v
        tape.gradient(y, v)""",
    "open_shape_unconnected": """
        v = tf.Variable([1., 2.], shape=[None])
        with tf.GradientTape() as tape:
            y = tf.constant(1.)
        tape.gradient(y, v, unconnected_gradients='zero')""",
    "unknown_rank": "tf.Variable([1., 2.], shape=tf.TensorShape(None)).shape",
    "unknown_rank_repr": "repr(tf.Variable([1., 2.], shape=tf.TensorShape(None)))",
    "unknown_rank_assign": "tf.Variable([1., 2.], shape=tf.TensorShape(None)).assign([[1., 2., 3.]])",
    "unknown_rank_add": "tf.Variable([1., 2.], shape=tf.TensorShape(None)) + 1.",
    "unknown_rank_then_add": "tf.Variable([1., 2.], shape=tf.TensorShape(None)).assign(1.).assign_add(4.)",
    "wrong_shape_argument": "tf.Variable(tf.ones([2]), shape=[3])",
    # What a variable knows
    "initial_value": "tf.Variable(1.).initial_value",
    "is_initialized": "tf.Variable(1.).is_initialized()",
    "initializer": "tf.Variable(1.).initializer",
    "op": "tf.Variable(1.).op",
    "graph": "tf.Variable(1.).graph",
    "device": "tf.Variable(1.).device",
    "get_shape": "tf.Variable([1.]).get_shape()",
    "set_shape": "tf.Variable([1.]).set_shape([1])",
    "set_shape_wrong": "tf.Variable([1.]).set_shape([2])",
    "set_shape_closes": "v = tf.Variable([1.], shape=[None])\nv.set_shape([1])\nv.shape",
    "no_attribute": "tf.Variable(1.).weight",
    "own_attribute": "v = tf.Variable(1.)\nv.weight = 3\nv.weight",
    "trainable_is_read_only": "v = tf.Variable(1.)\nv.trainable = False\nv",
    "round": "round(tf.Variable(1.5))",
    "len_scalar": "len(tf.Variable(1.))",
    "iterate_scalar": "list(tf.Variable(1.))",
    "equals_itself": "v = tf.Variable([1.])\nv == v",
    "equals_none": "tf.Variable([1.]) == None",
    "constraint": "tf.Variable(1., constraint=tf.abs).constraint(tf.constant(-2.))",
    "constraint_is_for_optimizers": "tf.Variable(1., constraint=tf.abs).assign(-2.)",
    "constraint_none": "tf.Variable(1.).constraint",
    "constraint_wrong": "tf.Variable(1., constraint=3)",
    "synchronization": "[v.name for v in (tf.Variable(1.).synchronization, *tf.VariableSynchronization)]",
    "aggregation": "[v.name for v in (tf.Variable(1.).aggregation, *tf.VariableAggregation)]",
    "on_read_is_not_trainable": "tf.Variable(1., synchronization=tf.VariableSynchronization.ON_READ).trainable",
    "experimental_ref": "v = tf.Variable(1.)\nv.experimental_ref() == v.ref()",
    "deref": "v = tf.Variable(1.)\nv.ref().deref() is v",
    "copy": "import copy\nv = tf.Variable(1.)\ncopy.copy(v) is v",
    "deepcopy": "import copy\nv = tf.Variable(1., name='q')\nw = copy.deepcopy(v)\nw.assign(3.)\n[v, w, w.name]",
    "deepcopy_trainable": "import copy\ncopy.deepcopy(tf.Variable([1.], trainable=False)).trainable",
    "deepcopy_is_its_own": """
        import copy
        v = tf.Variable(3.)
        w = copy.deepcopy([v, v])[0]
        with tf.GradientTape() as tape:
            y = v * w
        tape.gradient(y, [v, w])""",
    "deepcopy_keeps_identity_inside": "import copy\nv = tf.Variable(3.)\na, b = copy.deepcopy([v, v])\na is b",
    "pickle": """
        import pickle
        v = pickle.loads(pickle.dumps(tf.Variable([1., 2.], name='q', trainable=False)))
        [v, v.name, v.trainable]""",
    "floordiv_in_place": "v = tf.Variable(5.)\nv //= 2.\nv",
    "matmul_in_place": "v = tf.Variable([[2.]])\nv @= v\nv",
    "and_in_place": "v = tf.Variable(True)\nv &= False\nv",
    "multiply_in_place": "v = tf.Variable(2.)\nv *= 2.\nv",
    "divide_in_place": "v = tf.Variable(2.)\nv /= 2.\nv",
    "power_in_place": "v = tf.Variable(2.)\nv **= 2.\nv",
    "conversions": "[bool(tf.Variable(0.)), int(tf.Variable(2.5)), float(tf.Variable(2)), complex(tf.Variable(2.))]",
    "int_of_vector": "int(tf.Variable([1., 2.]))",
    "name_empty": "tf.Variable(1., name='').name",
    "name_with_space": "tf.Variable(1., name='a b').name",
    "name_of_assigned": "tf.Variable(1., name='q').assign(1.).name",
    # Name scopes
    "scope": "with tf.name_scope('a') as s:\n    v = tf.Variable(1., name='w')\n[s, v.name]",
    "scope_default_name": "with tf.name_scope('a'):\n    v = tf.Variable(1.)\nv.name",
    "current_scope": """
        with tf.name_scope('a'), tf.name_scope('b'):
            inside = tf.get_current_name_scope()
        [inside, tf.get_current_name_scope()]""",
    "scope_in_scope": """
        with tf.name_scope('a'):
            with tf.name_scope('b') as s:
                v = tf.Variable(1., name='w')
        [s, v.name]""",
    "scope_left": "with tf.name_scope('a'):\n    pass\ntf.Variable(1., name='w').name",
    "scope_absolute": """
        with tf.name_scope('a'):
            with tf.name_scope('b/') as s:
                v = tf.Variable(1., name='w')
        [s, v.name]""",
    "scope_empty": """
        with tf.name_scope('a'):
            with tf.name_scope('') as s:
                v = tf.Variable(1., name='w')
        [s, v.name]""",
    "scope_again": """
        scope = tf.name_scope('a')
        with scope:
            pass
        with scope:
            v = tf.Variable(1., name='w')
        [scope.name, v.name]""",
    "scope_not_a_name": "tf.name_scope(3)",
    "scope_none": "tf.name_scope(None)",
    "scope_left_after_error": """
        try:
            with tf.name_scope('a'):
                1 / 0
        except ZeroDivisionError:
            pass
        tf.Variable(1., name='w').name""",
}
_CREATOR = "def creator(next_creator, **kwargs):\n    return "
_IN_SCOPE = "\nwith tf.variable_creator_scope(creator):\n    v = tf.Variable([1.], True, name='v')\n"
CASES |= {
    "creator_arguments": _CREATOR + "{k: str(v) for k, v in kwargs.items()}" + _IN_SCOPE + "v",
    "creator_frozen": _CREATOR + "next_creator(**kwargs | {'trainable': False})" + _IN_SCOPE + "[v.trainable, v.name]",
    "creator_value": _CREATOR + "next_creator(**kwargs | {'initial_value': 5.})" + _IN_SCOPE + "v",
    "creator_leaves_out": _CREATOR + "next_creator(initial_value=kwargs['initial_value'])" + _IN_SCOPE + "v.name",
    "creator_of_a_number": _CREATOR + "3" + _IN_SCOPE + "v",
    "creator_no_function": "with tf.variable_creator_scope(3):\n    v = tf.Variable(1.)\nv",
    "creator_after": _CREATOR + "3" + _IN_SCOPE + "tf.Variable(1.)",
    "creators_nested": """
seen = []
def named(name):
    return lambda next_creator, **kwargs: (seen.append(name), next_creator(**kwargs))[1]
with tf.variable_creator_scope(named('outer')), tf.variable_creator_scope(named('inner')):
    tf.Variable(1.)
seen""",
    "creator_in_function": """
seen, made = [], []
def creator(next_creator, **kwargs):
    seen.append(kwargs['name'])
    return next_creator(**kwargs)
@tf.function
def f():
    if not made:
        made.append(tf.Variable(2., name='w'))
    return made[0] + 1.
with tf.variable_creator_scope(creator):
    result = f()
[seen, result]""",
    "creator_in_graph": """
def creator(next_creator, **kwargs):
    return next_creator(**kwargs | {'name': 'renamed'})
with tf.Graph().as_default(), tf.variable_creator_scope(creator):
    v = tf.compat.v1.Variable(1.)
v.name""",
    "name_of_number": "tf.Variable(1., name=3)",
    "lifting": "tf.Variable(1., experimental_enable_variable_lifting=False)",
}
