"""Random numbers themselves: the same seeds give the same numbers. Uniform ones are compared bit by bit."""

SEED = "s = (3, -7)\nr = tf.random\n"
G = "g = tf.random.Generator.from_seed(1)\n"
# A loop's body, a branch, a function within a function: each of them counts its operations from 0.
BITS = "bits = lambda x: tf.bitcast(x, {2: tf.int16, 4: tf.int32, 8: tf.int64}[x.dtype.size])\n"


def seeded(source: str, seed: int = 42) -> str:
    return f"r = tf.random\n{BITS}r.set_seed({seed})\n{source}"


_UNIGRAMS = "unigrams=[1., 5., 2., .5, 3., 1.]"
FIXED = {
    "sampler": f"[[1, 3], [0, 2]], 2, 4, False, 6, {_UNIGRAMS}",
    "unique": f"[[1, 3], [0, 2]], 2, 4, True, 6, {_UNIGRAMS}",
    "distortion": f"[[1, 3], [0, 2]], 2, 4, True, 6, {_UNIGRAMS}, distortion=.5",
    "reserved": f"[[1, 3], [0, 2]], 2, 3, False, 8, {_UNIGRAMS}, num_reserved_ids=2",
    "shards": f"[[1, 0]], 2, 2, True, 3, {_UNIGRAMS}, num_shards=2, shard=1",
    "seed": f"[[1, 3], [0, 2]], 2, 4, False, 6, {_UNIGRAMS}, seed=3",
    "range": f"[[1, 3]], 2, 4, False, 7, {_UNIGRAMS}",
    "nothing": "[[1, 3]], 2, 4, False, 7",
    "no_file": "[[1, 3]], 2, 4, False, 7, vocab_file='no such file'",
}
LEARNED = {
    "sampler": "[[1, 3], [3, 2]], 2, 3, False, 5",
    "seed": "[[1, 3], [3, 2]], 2, 3, False, 5, seed=3",
    "unique": "[[1, 3], [3, 2]], 2, 3, True, 6, seed=3",
    "large": "[[1]], 1, 3, True, 2**31",
}

DATA = {
    "shuffle": seeded("d = tf.data.Dataset.range(10).shuffle(4)\n[list(d.as_numpy_iterator()) for _ in range(3)]"),
    "shuffle_all": seeded("list(tf.data.Dataset.range(20).shuffle(100).as_numpy_iterator())"),
    "shuffle_seed": seeded("list(tf.data.Dataset.range(10).shuffle(5, seed=3).as_numpy_iterator())"),
    "shuffle_once": seeded("""
d = tf.data.Dataset.range(10).shuffle(5, seed=3, reshuffle_each_iteration=False)
[list(d.as_numpy_iterator()) for _ in range(2)]"""),
    "shuffle_without_global_seed": """
tf.random.set_seed(None)
list(tf.data.Dataset.range(10).shuffle(5, seed=3).as_numpy_iterator())""",
    "shuffle_repeat_batch": seeded("[b.numpy() for b in tf.data.Dataset.range(6).shuffle(3).repeat(2).batch(4)]"),
    "shuffle_and_eager": seeded(
        "a = r.uniform([])\nd = tf.data.Dataset.range(5).shuffle(5)\n[a, list(d.as_numpy_iterator()), r.uniform([])]"
    ),
    "random": seeded("list(tf.data.Dataset.random(seed=4).take(5).as_numpy_iterator())"),
    "sample": seeded("""
a, b = tf.data.Dataset.range(10), tf.data.Dataset.range(100, 110)
list(tf.data.Dataset.sample_from_datasets([a, b], [0.3, 0.7], seed=1).as_numpy_iterator())"""),
    "sample_evenly": seeded("""
a, b = tf.data.Dataset.range(10), tf.data.Dataset.range(100, 110)
list(tf.data.Dataset.sample_from_datasets([a, b], seed=1).as_numpy_iterator())"""),
}

CASES = {
    # Stateless
    **{
        f"stateless_uniform_{dtype}": SEED + BITS + f"bits(r.stateless_uniform([2, 7], s, dtype=tf.{dtype}))"
        for dtype in ("float16", "bfloat16", "float32", "float64")
    },
    **{
        f"stateless_{name}_{dtype}": SEED + f"r.stateless_{name}([2, 7], s, dtype=tf.{dtype})"
        for name in ("normal", "truncated_normal")
        for dtype in ("float16", "bfloat16", "float32", "float64")
    },
    **{
        f"stateless_int_{dtype}_{name}": SEED + f"r.stateless_uniform([9], s, {bounds}, tf.{dtype})"
        for dtype in ("int32", "int64")
        for name, bounds in {
            "dice": "1, 7",
            "negative": "-1000, 10",
            "all": f"tf.{dtype}.min, tf.{dtype}.max",
            "full": "None, None",
        }.items()
    },
    "stateless_uint32": SEED + "r.stateless_uniform([9], s, None, None, tf.uint32)",
    "stateless_uint64": SEED + "r.stateless_uniform([9], s, None, None, tf.uint64)",
    "stateless_uint32_bounds": SEED + "r.stateless_uniform([9], s, 0, 5, tf.uint32)",
    "stateless_int16": SEED + "r.stateless_uniform([9], s, 0, 5, tf.int16)",
    "stateless_uniform_bounds": SEED + "r.stateless_uniform([9], s, -0.05, 0.05)",
    "stateless_uniform_tensor_bounds": SEED + "r.stateless_uniform([2, 3], s, [1., 2., 3.], [4., 5., 9.])",
    "stateless_uniform_int64_seed": SEED + BITS + "bits(r.stateless_uniform([5], tf.constant([2**40, -2**50])))",
    "stateless_uniform_zero_seed": SEED + BITS + "bits(r.stateless_uniform([5], [0, 0]))",
    "stateless_uniform_scalar": SEED + BITS + "bits(r.stateless_uniform([], s))",
    "stateless_uniform_empty": SEED + "r.stateless_uniform([0, 3], s)",
    "stateless_uniform_thousand": SEED + "tf.reduce_sum(tf.bitcast(r.stateless_uniform([1000], s), tf.int32) // 1000)",
    "stateless_normal_thousand": SEED + "r.stateless_normal([1000], s)[990:]",
    "stateless_truncated_thousand": SEED + "r.stateless_truncated_normal([1001], s)[990:]",
    "stateless_normal_scaled": SEED + "r.stateless_normal([5], s, 3., [1., 2., 3., 4., 5.])",
    "stateless_philox": SEED + BITS + "bits(r.stateless_uniform([5], s, alg='philox'))",
    "stateless_algorithm_number": SEED + BITS + "bits(r.stateless_uniform([5], s, alg=1))",
    "stateless_algorithm_object": SEED + BITS + "bits(r.stateless_uniform([5], s, alg=r.Algorithm.PHILOX))",
    "stateless_threefry": SEED + "r.stateless_uniform([5], s, alg='threefry')",
    "stateless_unknown_algorithm": SEED + "r.stateless_uniform([5], s, alg='foo')",
    "stateless_categorical": SEED + "r.stateless_categorical(tf.math.log([[.1, .2, .7]]), 12, s)",
    "stateless_categorical_rows": SEED + "r.stateless_categorical([[0., 1., 2.], [5., 0., 0.]], 7, s, tf.int32)",
    "stateless_categorical_infinite": SEED + "r.stateless_categorical([[0., float('-inf'), 2.]], 9, s)",
    "stateless_categorical_float64": SEED + "r.stateless_categorical(np.array([[0., 1., 2.]]), 9, s)",
    "stateless_categorical_half": SEED + "r.stateless_categorical(np.array([[0., 1., 2.]], np.float16), 9, s)",
    "stateless_gamma": SEED + "r.stateless_gamma([8, 4], s, [0.3, 1., 2.5, 30.])",
    "stateless_gamma_beta": SEED + "r.stateless_gamma([3, 2, 2], s, [[0.5], [3.]], [1., 4.])",
    "stateless_gamma_float64": SEED + "r.stateless_gamma([8, 2], s, [0.3, 4.], dtype=tf.float64)",
    "stateless_gamma_half": SEED + "r.stateless_gamma([8, 2], s, [0.3, 4.], dtype=tf.float16)",
    "stateless_gamma_scalar": SEED + "r.stateless_gamma([5], s, 2.)",
    "stateless_poisson": SEED + "r.stateless_poisson([6, 4], s, [0.5, 9.9, 10., 200.])",
    "stateless_poisson_float64": SEED + "r.stateless_poisson([6, 2], s, np.array([0.5, 50.]), tf.float64)",
    "stateless_poisson_half": SEED + "r.stateless_poisson([6, 2], s, tf.constant([0.5, 50.], tf.float16), tf.int64)",
    "stateless_poisson_int": SEED + "r.stateless_poisson([6, 2], s, [3, 50])",
    "stateless_poisson_wrong_shape": SEED + "r.stateless_poisson([6, 3], s, [3., 50.])",
    "stateless_binomial": SEED + "r.stateless_binomial([6, 4], s, [10., 100., 40., 9.], [0.2, 0.3, 0.9, 0.6])",
    "stateless_binomial_scalars": SEED + "r.stateless_binomial([12], s, 10., 0.5)",
    "stateless_binomial_broadcast": SEED + "r.stateless_binomial([3, 2, 2], s, [10., 200.], [[0.2], [0.7]])",
    "stateless_binomial_float64": SEED + "r.stateless_binomial([9], s, np.float64(100), np.float64(0.1), tf.int64)",
    "stateless_binomial_out_of_range": SEED + "r.stateless_binomial([3], s, [-1., 5., 5.], [.5, 2., -1.])",
    "stateless_shuffle": SEED + "r.experimental.stateless_shuffle(tf.range(20), s)",
    "stateless_shuffle_rows": SEED + "r.experimental.stateless_shuffle([[1, 2], [3, 4], [5, 6]], seed=[8, 9])",
    "split": SEED + "[r.split(s), r.split(s, 3), r.split(tf.constant([5, 6], tf.int64))]",
    "fold_in": SEED + "[r.fold_in(s, 5), r.fold_in(s, tf.constant(5, tf.int64))]",
    "index_shuffle": SEED + "r.experimental.index_shuffle(tf.range(12), s, 11)",
    "index_shuffle_large": SEED + "r.experimental.index_shuffle(tf.constant([0, 5, 99999], tf.int64), s, 100000)",
    "index_shuffle_zero": SEED + "r.experimental.index_shuffle(0, s, 0)",
    "stateless_dropout": SEED + "tf.nn.experimental.stateless_dropout(tf.ones([12]), 0.4, seed=s)",
    # With the global seed, in eager mode
    "uniform": seeded("[bits(r.uniform([3])) for _ in range(3)]"),
    "uniform_seed_0": seeded("[bits(r.uniform([3])) for _ in range(2)]", 0),
    "uniform_negative_seed": seeded("bits(r.uniform([3]))", -5),
    "uniform_large_seed": seeded("bits(r.uniform([3]))", 2**40),
    "uniform_float64": seeded("bits(r.uniform([3], dtype=tf.float64))"),
    "uniform_float16": seeded("bits(r.uniform([3], dtype=tf.float16))"),
    "uniform_bounds": seeded("r.uniform([4], -1., 1.)"),
    "uniform_glorot_bounds": seeded("r.uniform([4], -0.05, 0.05)"),
    "uniform_maxval": seeded("r.uniform([4], maxval=7.)"),
    "uniform_int": seeded("r.uniform([10], 1, 7, tf.int32)"),
    "uniform_int64": seeded("r.uniform([10], -5, 2**40, tf.int64)"),
    "normal": seeded("[r.normal([2, 2]) for _ in range(2)]"),
    "normal_scaled": seeded("r.normal([5], 3., 0.5)"),
    "normal_float64": seeded("r.normal([5], dtype=tf.float64)"),
    "truncated_normal": seeded("r.truncated_normal([9], stddev=0.1)"),
    "shuffle": seeded("[r.shuffle(tf.range(10)), r.shuffle(tf.range(10))]"),
    "shuffle_rows": seeded("r.shuffle([[1, 2], [3, 4], [5, 6], [7, 8]])"),
    "shuffle_two_alike": seeded("[r.shuffle([1, 2, 3, 4, 5], seed=3), r.shuffle([1., 2., 3., 4., 5.], seed=3)]"),
    "shuffle_one": seeded("[r.shuffle([5]), r.shuffle(tf.range(5))]"),
    "categorical": seeded("r.categorical(tf.math.log([[.1, .2, .7]]), 12)"),
    "categorical_rows": seeded("r.categorical([[0., 1., 2.], [5., 0., 0.]], 7)"),
    "gamma": seeded("r.gamma([4], [0.5, 1., 3.])"),
    "gamma_beta": seeded("r.gamma([3], 2., 4.)"),
    "poisson": seeded("r.poisson([5], [0.5, 4., 70.])"),
    "dropout": seeded("tf.nn.dropout(tf.ones([2, 8]), 0.5)"),
    "dropout_seed": seeded("[tf.nn.dropout(tf.ones([8]), 0.3, seed=1) for _ in range(2)]"),
    "dropout_noise_shape": seeded("tf.nn.dropout(tf.ones([3, 4]), 0.5, noise_shape=[3, 1])"),
    "mixed": seeded("[r.uniform([]), r.normal([]), r.uniform([], 0, 100, tf.int32), r.shuffle([1, 2, 3])]"),
    "op_seed": seeded("[bits(r.uniform([2], seed=3)) for _ in range(3)]"),
    "op_seed_of_kinds": seeded("[r.uniform([2], seed=3), r.normal([2], seed=3), r.uniform([2], seed=3)]"),
    "op_seed_of_dtypes": seeded("[r.uniform([2], seed=3), r.uniform([2], seed=3, dtype=tf.float64)]"),
    "op_seed_of_shapes": seeded("[r.normal([2], seed=3), r.normal([3, 1], seed=3), r.normal([], seed=3)]"),
    "op_seed_zero": seeded("r.uniform([2], seed=0)", 0),
    "op_seed_between": seeded("[r.uniform([]), r.uniform([], seed=1), r.uniform([])]"),
    "op_seed_gamma_twice": seeded("[r.gamma([2], 2., seed=1) for _ in range(2)]"),
    "op_seed_poisson_twice": seeded("[r.poisson([4], 2., seed=1) for _ in range(2)]"),
    "op_seed_categorical_twice": seeded("[r.categorical([[0., 1., 2.]], 5, seed=1) for _ in range(2)]"),
    "op_seed_shuffle_twice": seeded("[r.shuffle([1, 2, 3, 4, 5], seed=1) for _ in range(3)]"),
    "set_seed_again": seeded("a = r.uniform([])\nr.set_seed(42)\n[a, r.uniform([])]"),
    "default_global_seed": "tf.random.set_seed(None)\n" + BITS + "bits(tf.random.uniform([3], seed=1))",
    # In functions
    "function": seeded("f = tf.function(lambda: (r.uniform([2]), r.uniform([2]), r.normal([2])))\n[f(), f()]", 1),
    "function_op_seed": seeded(
        "f = tf.function(lambda: (r.uniform([], seed=3), r.uniform([], seed=3)))\n[f(), f()]", 1
    ),
    "function_reset": seeded("f = tf.function(lambda: r.uniform([]))\na = f()\nr.set_seed(1)\n[a, f(), f()]", 1),
    "function_other_seed": seeded("f = tf.function(lambda: r.uniform([]))\na = f()\nr.set_seed(2)\n[a, f()]", 1),
    "function_without_seed": """
tf.random.set_seed(None)
f = tf.function(lambda: tf.random.uniform([], seed=5))
[f(), f()]""",
    "function_and_eager": seeded("f = tf.function(lambda: r.uniform([]))\n[r.uniform([]), f(), r.uniform([])]", 1),
    "function_traced_twice": seeded(
        """
f = tf.function(lambda x: x + r.uniform([]))
[f(0.), f(tf.zeros([2])), f(0.), f(tf.constant(0.))]""",
        1,
    ),
    "two_functions": seeded(
        """
f, g = tf.function(lambda: r.uniform([])), tf.function(lambda: r.uniform([]))
[f(), g(), f()]""",
        1,
    ),
    "function_inside": seeded(
        """
g = tf.function(lambda: r.uniform([]))
f = tf.function(lambda: (g(), g(), r.uniform([]), r.uniform([])))
[f(), f(), g(), g()]""",
        1,
    ),
    "function_loop": seeded(
        """
@tf.function
def f():
    total = 0.
    for _ in tf.range(3):
        total = total * 10. + tf.floor(r.uniform([tf.cast(total * 0. + 1., tf.int32)])[0] * 10.)  # in order
    return total, r.uniform([])
[f(), f()]""",
        1,
    ),
    "function_branch": seeded(
        """
@tf.function
def f(x):
    if x > 0.:
        y = r.uniform([])
    else:
        y = -r.uniform([])
    return y, r.uniform([])
[f(tf.constant(1.)), f(tf.constant(-1.)), f(tf.constant(1.))]""",
        1,
    ),
    "function_dropout": seeded("f = tf.function(lambda: tf.nn.dropout(tf.ones([8]), 0.5))\n[f(), f()]", 1),
    "function_shuffle": seeded("f = tf.function(lambda: r.shuffle(tf.range(8)))\n[f(), f()]", 1),
    "function_gamma": seeded("f = tf.function(lambda: r.gamma([2], 3.))\n[f(), f()]", 1),
    "function_stateless": seeded("tf.function(lambda: r.stateless_uniform([3], (1, 2)))()", 1),
    "map_fn": seeded("tf.map_fn(lambda x: x + r.uniform([]), tf.zeros([3]))", 1),
    "vectorized_map": seeded("tf.vectorized_map(lambda x: x + r.uniform([]), tf.zeros([3]))", 1),
    "vectorized_map_twice": seeded(
        "f = lambda: tf.vectorized_map(lambda x: x + r.normal([2]), tf.zeros([3, 2]))\n[f(), f()]", 1
    ),
    "gradient_through_dropout": seeded("""
x = tf.ones([8])
with tf.GradientTape() as tape:
    tape.watch(x)
    y = tf.reduce_sum(tf.nn.dropout(x * 2., 0.5))
tape.gradient(y, x)"""),
    "gamma_gradient": seeded("""
a = tf.constant([0.5, 2.])
with tf.GradientTape() as tape:
    tape.watch(a)
    y = tf.reduce_sum(r.gamma([4], a))
tape.gradient(y, a)"""),
    # Modules and initial values
    "module": seeded("""
class Dense(tf.Module):
    def __init__(self, n, m):
        self.w = tf.Variable(r.normal([n, m]), name="w")
        self.b = tf.Variable(tf.zeros([m]), name="b")
    def __call__(self, x):
        return tf.nn.relu(x @ self.w + self.b)
class Net(tf.Module):
    def __init__(self):
        self.layers = [Dense(3, 3), Dense(3, 2)]
    def __call__(self, x):
        for layer in self.layers:
            x = layer(x)
        return x
Net()(tf.constant([[2., 2., 2.]]))"""),
    "random_normal_initializer": seeded("tf.random_normal_initializer(stddev=1.)([3])"),
    "random_uniform_initializer": seeded("tf.random_uniform_initializer()([3])"),
    "initializer_seed": seeded("i = tf.random_normal_initializer(seed=1)\n[i([3]), i([3])]"),
    "linear_regression": seeded("""
x = r.normal([20])
y = 3. * x + 2. + r.normal([20])
w, b = tf.Variable(5.), tf.Variable(0.)
for _ in range(5):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(w * x + b - y))
    dw, db = tape.gradient(loss, [w, b])
    w.assign_sub(0.1 * dw)
    b.assign_sub(0.1 * db)
[w, b, loss]"""),
    "printed": seeded("repr(r.uniform([2, 2]))", 1),
    # Generators
    "generator_uniform": BITS + G + "[bits(g.uniform([3])), bits(g.uniform([2], dtype=tf.float64))]",
    "generator_normal": G + "[g.normal([2, 3]), g.normal([2])]",
    "generator_truncated": G + "g.truncated_normal([5], 1., 2.)",
    "generator_int": G + "[g.uniform([4], 0, 10, tf.int32), g.uniform([4], -9, 9, tf.int64)]",
    "generator_full_int": G + "[g.uniform_full_int([3]), g.uniform_full_int([3], tf.int32)]",
    "generator_int_without_bounds": G + "g.uniform([3], None, None, tf.int32)",
    "generator_binomial": G + "[g.binomial([5], 10., 0.3), g.state]",
    "generator_binomial_batch": G + "[g.binomial([5, 2], [10., 100.], [0.3, 0.9]), g.state]",
    "generator_make_seeds": G + "g.make_seeds(3)",
    "generator_split": G + "[h.normal([2]) for h in g.split(2)]",
    "generator_large_seed": "tf.random.Generator.from_seed(2**70 + 5).normal([3])",
    "generator_state": "tf.random.Generator.from_state([2**62, -1, 9], 'philox').normal([3])",
    "generator_key_counter": "tf.random.Generator.from_key_counter(1234, [5, 6], 'philox').uniform([3])",
    "generator_skip": G + "g.skip(3)\ng.normal([3])",
    "generator_threefry": "tf.random.Generator.from_seed(1, alg='threefry').normal([3])",
    "generator_function": G + "f = tf.function(lambda: g.normal([2]))\n[f(), g.normal([2]), f()]",
    # Candidate samplers
    "uniform_sampler": seeded("r.uniform_candidate_sampler([[1, 3]], 2, 5, False, 100)[:3]"),
    "uniform_sampler_unique": seeded("r.uniform_candidate_sampler([[1, 3]], 2, 5, True, 7)[:3]"),
    "uniform_sampler_power": seeded("r.uniform_candidate_sampler([[1]], 1, 5, True, 16)[:3]"),
    "log_uniform_sampler": seeded("r.log_uniform_candidate_sampler([[1, 3]], 2, 6, False, 100)[:3]"),
    "log_uniform_sampler_unique": seeded("r.log_uniform_candidate_sampler([[1, 3]], 2, 6, True, 20)[:3]"),
    "sampler_seed_twice": seeded("[r.uniform_candidate_sampler([[1]], 1, 3, True, 9, seed=4)[0] for _ in range(2)]"),
    **{
        f"fixed_unigram_{name}": seeded(f"r.fixed_unigram_candidate_sampler({source})[:3]")
        for name, source in FIXED.items()
    },
    **{
        f"learned_unigram_{name}": seeded(f"[r.learned_unigram_candidate_sampler({source})[:3] for _ in range(3)]")
        for name, source in LEARNED.items()
    },
    "learned_unigram_without_global_seed": """
r = tf.random
r.set_seed(None)
[r.learned_unigram_candidate_sampler([[1, 3], [3, 2]], 2, 3, False, 5, seed=4)[:3] for _ in range(3)]""",
    "learned_unigram_function": seeded("""
f = tf.function(lambda: r.learned_unigram_candidate_sampler([[1, 3], [3, 2]], 2, 3, False, 5, seed=4)[:3])
[f() for _ in range(3)]"""),
    **{f"data_{name}": source for name, source in DATA.items()},
    # TensorFlow 1
    "v1_session": """
with tf.Graph().as_default():
    tf.compat.v1.set_random_seed(1)
    a, b, c = tf.random.uniform([]), tf.random.uniform([]), tf.random.uniform([], seed=3)
    with tf.compat.v1.Session() as session:
        first = [session.run([a, b, c]), session.run([a, b, c]), session.run(a)]
    with tf.compat.v1.Session() as session:
        second = session.run([b, a])
first + second""",
    "v1_default_seed": """
with tf.Graph().as_default():
    a = tf.random.normal([2], seed=3)
    with tf.compat.v1.Session() as session:
        result = [session.run(a), session.run(a)]
result""",
    **{
        f"shuffle_{count}": f"tf.random.set_seed(1)\nx = tf.random.shuffle(tf.range({count}, dtype=tf.int64))\n"
        f"[x[:7], x[-7:], tf.reduce_sum(x * tf.range({count}, dtype=tf.int64))]"
        for count in (0, 1, 2, 3, 17, 1000, 200_000)
    },
    "poisson_of_text": "tf.random.poisson([1], 1., dtype=tf.string)",
    "fold_in_a_float": "tf.random.fold_in([1, 2], 1.5)",
}
CASES |= {
    f"random_index_shuffle_{name}": f"tf.random_index_shuffle({arguments})"
    for name, arguments in {
        "one": "3, [1, 2, 3], 10",
        "several": "tf.range(11), [1, 2, 3], 10",
        "six_rounds": "tf.range(11), [1, 2, 3], 10, rounds=6",
        "many_rounds": "[5, 6, 999_999], [1, 2, 3], 1_000_000, rounds=32",
        "seed_each": "[0, 1], [[1, 2, 3], [4, 5, 6]], [10, 20]",
        "of_longs": "tf.constant([0, 5], tf.int64), tf.constant([1, 2, 3], tf.int64), 10**10",
        "too_large": "[0, 11], [1, 2, 3], 10",
        "negative": "[-1], [1, 2, 3], 10",
        "of_floats": "[0., 1.], [1, 2, 3], 10",
        "zero": "0, [1, 2, 3], 0",
        "short_seed": "3, [1, 2], 10",
        "scalar_seed": "3, 1, 10",
    }.items()
} | {
    "index_shuffle_too_large": "tf.random.experimental.index_shuffle([11], [1, 2], 10)",
    "index_shuffle_long_seed": "tf.random.experimental.index_shuffle([1], [1, 2, 3], 10)",
}
