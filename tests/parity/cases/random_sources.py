"""Distributions, stateless functions, generators: shapes, dtypes, states, errors. Never the numbers themselves."""

G = "g = tf.random.Generator.from_seed(1)\n"

CASES = {
    "normal_broadcast": "tf.random.normal([2], mean=[1., 2.], stddev=[[1.], [2.]]).shape",
    "normal_no_broadcast": "tf.random.normal([2], mean=[1., 2., 3.])",
    "normal_bfloat16": "tf.random.normal([2], dtype=tf.bfloat16).dtype",
    "truncated_int": "tf.random.truncated_normal([2], dtype=tf.int32)",
    "uniform_bfloat16": "x = tf.random.uniform([1000], dtype=tf.bfloat16)\nbool(tf.reduce_all(x < 1))",
    "uniform_half": "x = tf.random.uniform([5000], dtype=tf.float16)\nbool(tf.reduce_all(x < 1))",
    "uniform_int16": "tf.random.uniform([2], dtype=tf.int16, maxval=3)",
    "uniform_complex": "tf.random.uniform([2], dtype=tf.complex64)",
    "uniform_tensor_bounds": "tf.random.uniform([2, 2], [1., 5.], [2., 6.]).shape",
    "uniform_reversed_int": "tf.random.uniform([2], 5, 3, dtype=tf.int32)",
    "uniform_reversed_float": "x = tf.random.uniform([100], 5., 3.)\nbool(tf.reduce_all((x > 3.) & (x <= 5.)))",
    "uniform_one_value": "tf.random.uniform([3], 0, 1, dtype=tf.int32)",
    "uniform_minval_none": "tf.random.uniform([2], None, 3)",
    "uniform_tensor_maxval": "tf.random.uniform([3], maxval=tf.constant(1), dtype=tf.int32)",
    "gamma_shape": "[tf.random.gamma([3], a).shape for a in (2., [1., 2.])]",
    "gamma_beta_shape": "tf.random.gamma([2], [1., 2.], [[3.], [4.]]).shape",
    "gamma_int_alpha": "tf.random.gamma([3], 2).dtype",
    "gamma_float64": "tf.random.gamma([3], 2., dtype=tf.float64).dtype",
    "gamma_wrong_dtype": "tf.random.gamma([3], tf.constant(2., tf.float64))",
    "gamma_negative": "tf.random.gamma([2], -2.)",
    "gamma_connected": """
        alpha = tf.constant(2.)
        with tf.GradientTape() as tape:
            tape.watch(alpha)
            y = tf.random.gamma([3], alpha)
        tape.gradient(y, alpha) is not None""",
    "poisson_shape": "tf.random.poisson([3], [2., 5.]).shape",
    "poisson_dtype": "[tf.random.poisson([3], 2.).dtype, tf.random.poisson([3], 2., dtype=tf.int32).dtype]",
    "poisson_int_mean": "tf.random.poisson([3], 2).dtype",
    "poisson_zero": "tf.random.poisson([3], 0.)",
    "poisson_negative": "tf.random.poisson([3], -2.)",
    "categorical": "tf.random.categorical([[0., -1e9], [-1e9, 0.]], 3)",
    "categorical_minus_infinity": "tf.random.categorical([[float('-inf'), 0.]], 3)",
    "categorical_dtype": "tf.random.categorical([[0., 0.]], 5, dtype=tf.int32).dtype",
    "categorical_vector": "tf.random.categorical([0., 0.], 5)",
    "categorical_no_classes": "tf.random.categorical([[]], 3)",
    "categorical_no_rows": "tf.random.categorical(tf.zeros([0, 2]), 3)",
    "categorical_negative_count": "tf.random.categorical([[0., 0.]], -1)",
    "categorical_none": "tf.random.categorical([[0., 0.]], 0)",
    "shuffle_scalar": "tf.random.shuffle(3)",
    "set_seed_none": "tf.random.set_seed(None)",
    "set_seed_negative": "tf.random.set_seed(-3)",
    "set_seed_tensor": "tf.random.set_seed(tf.constant(3))",
    "stateless_repeats": """
        a = tf.random.stateless_uniform([3], seed=[1, 2])
        bool(tf.reduce_all(a == tf.random.stateless_uniform([3], [1, 2])))""",
    "stateless_other_seed": """
        a = tf.random.stateless_normal([3], seed=[1, 2])
        bool(tf.reduce_any(a == tf.random.stateless_normal([3], [1, 3])))""",
    "stateless_seed_tensor": "tf.random.stateless_normal([3], tf.constant([1, 2], tf.int64)).shape",
    "stateless_seed_number": "tf.random.stateless_uniform([3], seed=1)",
    "stateless_seed_one": "tf.random.stateless_uniform([3], seed=[1])",
    "stateless_seed_three": "tf.random.stateless_uniform([3], seed=[1, 2, 3])",
    "stateless_seed_float": "tf.random.stateless_uniform([3], seed=[1., 2.])",
    "stateless_int": "tf.random.stateless_uniform([3], (1, 2), 0, 5, tf.int32).dtype",
    "stateless_full_int": "tf.random.stateless_uniform([3], (1, 2), None, None, tf.int32).dtype",
    "stateless_full_uint": "tf.random.stateless_uniform([3], (1, 2), None, None, tf.uint64).dtype",
    "stateless_int_without_maxval": "tf.random.stateless_uniform([3], (1, 2), dtype=tf.int32)",
    "stateless_int_without_minval": "tf.random.stateless_uniform([3], (1, 2), minval=None, dtype=tf.int32).dtype",
    "stateless_float_none": "tf.random.stateless_uniform([3], (1, 2), minval=None, maxval=None)",
    "stateless_dtypes": """
        s = (1, 2)
        r = tf.random
        [r.stateless_normal([1], s).dtype, r.stateless_truncated_normal([1], s, dtype=tf.float64).dtype,
         r.stateless_categorical([[0.]], 1, s).dtype, r.stateless_gamma([1], s, 2.).dtype,
         r.stateless_poisson([1], s, 2.).dtype, r.stateless_binomial([1], s, 10., 0.5).dtype]""",
    "stateless_gamma_shape": "tf.random.stateless_gamma([3, 2], [1, 2], [1., 2.]).shape",
    "stateless_gamma_wrong_shape": "tf.random.stateless_gamma([3], [1, 2], [1., 2.])",
    "stateless_binomial_shape": "tf.random.stateless_binomial([3, 2], [1, 2], [10., 20.], 0.5).shape",
    "stateless_binomial_sure": "tf.random.stateless_binomial([3], [1, 2], 10., 1.)",
    "stateless_truncated_between": """
        x = tf.random.stateless_parameterized_truncated_normal([1000], [1, 2], 0., 1., -1., 0.5)
        bool(tf.reduce_all((x >= -1.) & (x <= 0.5)))""",
    "stateless_shuffle": "sorted(tf.random.experimental.stateless_shuffle([3, 1, 2], [1, 2]).numpy().tolist())",
    "index_shuffle": "sorted(tf.random.experimental.index_shuffle(tf.range(5), [1, 2], 4).numpy().tolist())",
    "split": "s = tf.random.split([1, 2], 3)\n[s.shape, s.dtype]",
    "split_default": "tf.random.split(tf.constant([1, 2], tf.int64)).dtype",
    "fold_in": "s = tf.random.fold_in([1, 2], 3)\n[s.shape, s.dtype, s[1]]",
    "split_alias": "tf.random.experimental.stateless_split([1, 2]).shape",
    "rng_state": "[tf.random.create_rng_state(s, 'philox') for s in (1, [1, 2, 3], [7], 2**65 + 3)]",
    "rng_state_threefry": "tf.random.create_rng_state(1, 'threefry')",
    "rng_state_auto": "tf.random.create_rng_state(1, 'auto_select')",
    "rng_state_unknown": "tf.random.create_rng_state(1, 'foo')",
    "algorithms": "[(a.name, a.value) for a in tf.random.Algorithm]",
    "generator": G + "[g.state, g.algorithm, g.key]",
    "generator_state_name": G + "g.state.name",
    "generator_normal_moves_on": G + "g.normal([2])\ng.state",
    "generator_uniform_moves_on": G + "g.uniform([])\ng.state",
    "generator_many_move_on": G + "g.normal([1000])\ng.state",
    "generator_integers_move_on": G + "g.uniform_full_int([2, 2])\ng.state",
    "generator_skip": G + "[g.skip(5), g.state]",
    "generator_empty": G + "g.normal([0])\ng.state",
    "generator_threefry": "g = tf.random.Generator.from_seed(1, alg='threefry')\n[g.algorithm, g.state]",
    "generator_repeats": """
        g, h = tf.random.Generator.from_seed(1), tf.random.Generator.from_seed(1)
        bool(tf.reduce_all(g.normal([3]) == h.normal([3])))""",
    "generator_differs": G + "bool(tf.reduce_any(g.normal([3]) == g.normal([3])))",
    "generator_reset": G
    + """
a = g.normal([3])
g.reset_from_seed(1)
bool(tf.reduce_all(g.normal([3]) == a))""",
    "generator_reset_state": G + "g.reset([5, 6, 7])\ng.state",
    "generator_reset_key_counter": G + "g.reset_from_key_counter(3, [0, 1])\ng.state",
    "generator_from_state": "tf.random.Generator.from_state([1, 2, 3], 'philox').state",
    "generator_from_short_state": "tf.random.Generator.from_state([1, 2], 'philox')",
    "generator_from_threefry_state": "tf.random.Generator.from_state([1, 2], 'threefry').state",
    "generator_from_key_counter": "tf.random.Generator.from_key_counter(key=5, counter=[0, 1], alg='philox').state",
    "generator_non_deterministic": "tf.random.Generator.from_non_deterministic_state().state.shape",
    "generator_copy": G + "g.skip(1)\ntf.random.Generator(copy_from=g).state",
    "generator_algorithm_number": "tf.random.Generator(state=[1, 2, 3], alg=1).state",
    "generator_unknown_algorithm": "tf.random.Generator(state=[1, 2, 3], alg='foo')",
    "generator_split": G + "[len(g.split(3)), [h.algorithm for h in g.split(2)]]",
    "generator_split_counter": G + "[h.state[:2] for h in g.split(2)]",
    "generator_make_seeds": G + "s = g.make_seeds(3)\n[s.shape, s.dtype, s[1], g.state]",
    "generator_make_one_seed": G + "g.make_seeds().shape",
    "generator_uniform_int": G + "g.uniform([2], minval=0, maxval=5, dtype=tf.int32).dtype",
    "generator_uniform_int_without_maxval": G + "g.uniform([2], dtype=tf.int32)",
    "generator_full_int": G + "[g.uniform_full_int([2]).dtype, g.uniform_full_int([2], dtype=tf.int32).dtype]",
    "generator_truncated": G + "g.truncated_normal([2], dtype=tf.float64).dtype",
    "generator_in_function": G
    + """
@tf.function
def f():
    return g.normal([2])
f()
f()
g.state""",
    "generator_assign_state": G + "g.state.assign([4, 5, 6])\ng.state",
    "global_generator": """
        g = tf.random.get_global_generator()
        [g is tf.random.get_global_generator(), g.state.shape]""",
    "set_global_generator": """
        before = tf.random.get_global_generator()
        tf.random.set_global_generator(tf.random.Generator.from_seed(7))
        state = tf.random.get_global_generator().state
        tf.random.set_global_generator(before)
        state""",
    "sampler_shapes": """
        tf.random.set_seed(1)
        s = tf.random.log_uniform_candidate_sampler([[1, 2]], 2, 3, True, 100)
        [x.shape for x in s]""",
    "sampler_dtypes": "[x.dtype for x in tf.random.uniform_candidate_sampler([[1]], 1, 3, False, 100)]",
    "sampler_expected": "tf.random.uniform_candidate_sampler([[1]], 1, 3, False, 100).true_expected_count",
    "sampler_expected_log": "tf.random.log_uniform_candidate_sampler([[1, 7]], 2, 3, False, 9).true_expected_count",
    "sampler_too_many": "tf.random.uniform_candidate_sampler([[1]], 1, 4, True, 3)",
}
