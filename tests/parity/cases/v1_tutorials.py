"""Short programs as TensorFlow 1's tutorials had them, whole: each ends with `out`."""

import textwrap


def program(code: str) -> str:
    """The code in a graph of its own."""
    lines = textwrap.indent(textwrap.dedent(code).strip(), "    ")
    return f"v1 = tf.compat.v1\nimport collections\nwith tf.Graph().as_default():\n{lines}\nout"


CASES = {
    "linreg": program("""
        x = v1.placeholder(v1.float32)
        y = v1.placeholder(v1.float32)
        W = v1.Variable(0.3, name='weight')
        b = v1.Variable(-0.2, name='bias')
        pred = v1.add(v1.multiply(x, W), b)
        cost = v1.reduce_sum(v1.pow(pred - y, 2)) / (2 * 4)
        opt = v1.train.GradientDescentOptimizer(0.01).minimize(cost)
        init = v1.global_variables_initializer()
        with v1.Session() as sess:
            sess.run(init)
            for e in range(5):
                for a, c in zip([1.0, 2.0, 3.0, 4.0], [0.0, -1.0, -2.0, -3.0]):
                    sess.run(opt, feed_dict={x: a, y: c})
            out = sess.run([W, b, cost], {x: [1.0, 2.0], y: [0.0, -1.0]})
    """),
    "softmax_regression": program("""
        x = v1.placeholder(v1.float32, [None, 4])
        y_ = v1.placeholder(v1.float32, [None, 3])
        W = v1.Variable(v1.zeros([4, 3]))
        b = v1.Variable(v1.zeros([3]))
        y = v1.nn.softmax(v1.matmul(x, W) + b)
        ce = v1.reduce_mean(-v1.reduce_sum(y_ * v1.log(y), reduction_indices=[1]))
        step = v1.train.GradientDescentOptimizer(0.5).minimize(ce)
        correct = v1.equal(v1.argmax(y, 1), v1.argmax(y_, 1))
        acc = v1.reduce_mean(v1.cast(correct, v1.float32))
        sess = v1.InteractiveSession()
        v1.global_variables_initializer().run()
        X = np.eye(4, dtype=np.float32)
        Y = np.eye(3, dtype=np.float32)[[0, 1, 2, 0]]
        for _ in range(20):
            step.run({x: X, y_: Y})
        out = [acc.eval({x: X, y_: Y}), ce.eval({x: X, y_: Y}), W.eval()]
        sess.close()
    """),
    "reuse": program("""
        def layer(x, n):
            with v1.variable_scope(n, reuse=v1.AUTO_REUSE):
                w = v1.get_variable('w', [2, 2], initializer=v1.constant_initializer(2.0))
                b = v1.get_variable('b', shape=(2,), initializer=v1.zeros_initializer)
            return v1.nn.relu(v1.matmul(x, w) + b)
        a = layer(v1.ones([1, 2]), 'l1')
        b = layer(a, 'l1')
        c = layer(b, 'l2')
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            out = [[v.name for v in v1.global_variables()], s.run(c), a.name, b.name, c.name]
    """),
    "rnn_while": program("""
        x = v1.constant(np.arange(12, dtype=np.float32).reshape(3, 2, 2))
        W = v1.get_variable('W', [2, 2], initializer=v1.constant_initializer(0.1))

        def body(t, h, ta):
            h = v1.tanh(v1.matmul(x[t], W) + h)
            return (t + 1, h, ta.write(t, h))
        _, h, ta = v1.while_loop(lambda t, h, ta: t < 3, body, [0, v1.zeros([2, 2]), v1.TensorArray(v1.float32, 3)])
        out_ = ta.stack()
        g = v1.gradients(v1.reduce_sum(out_), W)[0]
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            out = s.run([h, out_, g])
    """),
    "decay": program("""
        gs = v1.Variable(0, trainable=False, name='global_step')
        lr = v1.train.exponential_decay(0.1, gs, 2, 0.5, staircase=True)
        w = v1.Variable(5.0)
        opt = v1.train.GradientDescentOptimizer(lr).minimize(w * w, global_step=gs)
        with v1.Session() as s:
            v1.global_variables_initializer().run()
            out = [s.run([opt, lr, gs, w])[1:] for _ in range(4)]
    """),
    "clip": program("""
        w = v1.Variable([3.0, 4.0])
        opt = v1.train.AdamOptimizer(0.1)
        gv = opt.compute_gradients(v1.reduce_sum(w * w * w))
        cl = [(v1.clip_by_value(g, -1.0, 1.0), v) for g, v in gv]
        step = opt.apply_gradients(cl)
        gs, vs = zip(*gv)
        cg, n = v1.clip_by_global_norm(gs, 1.0)
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            out = [s.run([cg, n]), s.run(step), s.run(w), sorted((v.name for v in v1.global_variables()))]
    """),
    "fetches": program("""
        a = v1.constant(1.0)
        b = v1.constant(2.0)
        P = collections.namedtuple('P', 'u v')
        with v1.Session() as s:
            out = [s.run({'a': a, 'l': [a, b], 't': (a, (b,))}), s.run(P(a, b)), s.run([]), s.run('Const:0'),
                s.run([a.op, b]), s.run(a, {a: 7.0})]
    """),
    "feed_mid": program("""
        a = v1.placeholder(v1.float32)
        b = a * 2
        c = b + 1
        with v1.Session() as s:
            out = [s.run(c, {b: 10.0}), s.run(c, {a: 1.0}), s.run(b + c, {c: 1.0, b: 2.0})]
    """),
    "assign": program("""
        v = v1.Variable(1)
        add = v1.assign_add(v, 2)
        put = v1.assign(v, 10)
        sub = v.assign_sub(1)
        with v1.Session() as s:
            s.run(v.initializer)
            out = [s.run(add), s.run(add), s.run(put), s.run(sub), s.run(v), v.eval()]
    """),
    "control": program("""
        v = v1.Variable(0.0)
        with v1.control_dependencies([v1.assign_add(v, 1.0)]):
            y = v1.identity(v.read_value())
        g = v1.group(v.assign_add(1.0), v.assign_add(1.0))
        t = v1.tuple([y, v1.constant(1.0)], control_inputs=[g])
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            out = [s.run(y), s.run(y), s.run(g), s.run(v)]
    """),
    "scopes": program("""
        with v1.name_scope('a') as sc:
            x = v1.constant(1.0, name='x')
            with v1.name_scope('b'):
                y = v1.add(x, x, name='y')
                v = v1.get_variable('v', [1])
                w = v1.Variable(1.0, name='w')
        with v1.variable_scope('vs') as vs:
            z = v1.get_variable('z', [2])
            q = v1.multiply(x, x, name='q')
        with v1.variable_scope('vs'):
            q2 = v1.multiply(x, x, name='q')
        out = [sc, x.name, y.name, v.name, w.name, vs.name, z.name, q.name, q2.name, y.op.type,
            v1.get_default_graph().get_name_scope()]
    """),
    "seeds": program("""
        v1.set_random_seed(7)
        a = v1.random_normal([2])
        b = v1.random_uniform([2], seed=3)
        c = v1.truncated_normal([2], seed=5)
        with v1.Session() as s:
            out = [s.run([a, b, c]), s.run([a, b])]
    """),
    "seeds2": program("""
        b = v1.random_uniform([3], seed=3)
        d = v1.random_shuffle(v1.range(6), seed=2)
        m = v1.multinomial([[0.0, 1.0, 2.0]], 4, seed=1)
        with v1.Session() as s:
            out = [s.run([b, d, m]), s.run(b)]
    """),
    "pyfunc": program("""
        x = v1.placeholder(v1.float32, [None])
        y = v1.py_func(lambda a: np.sort(a)[::-1].copy(), [x], v1.float32)
        with v1.Session() as s:
            out = [s.run(y, {x: [1.0, 3.0, 2.0]}), y.shape.ndims]
    """),
    "losses": program("""
        l = v1.losses.mean_squared_error([1.0, 2.0], [2.0, 4.0])
        h = v1.losses.huber_loss([1.0, 2.0], [2.0, 5.0])
        hi = v1.losses.hinge_loss([1.0, 0.0], [0.3, 0.2])
        ce = v1.losses.softmax_cross_entropy([[0.0, 1.0]], [[1.0, 2.0]])
        a = v1.losses.absolute_difference([1.0], [3.0])
        c = v1.losses.cosine_distance([[1.0, 0.0]], [[0.6, 0.8]], axis=1)
        lg = v1.losses.log_loss([1.0, 0.0], [0.9, 0.2])
        mp = v1.losses.mean_pairwise_squared_error([[1.0, 2.0, 3.0]], [[2.0, 2.0, 5.0]])
        with v1.Session() as s:
            out = [s.run([l, h, hi, ce, a, c, lg, mp]), s.run(v1.losses.get_total_loss()),
                len(v1.losses.get_losses())]
    """),
    "optimizers": program("""
        out = []
        for mk in (lambda: v1.train.AdadeltaOptimizer(1.0), lambda: v1.train.FtrlOptimizer(0.5),
            lambda: v1.train.ProximalGradientDescentOptimizer(0.1, l1_regularization_strength=0.1),
                lambda: v1.train.ProximalAdagradOptimizer(0.1), lambda: v1.train.MomentumOptimizer(0.1, 0.9,
                    use_nesterov=True), lambda: v1.train.RMSPropOptimizer(0.1, centered=True)):
            with v1.Graph().as_default():
                w = v1.Variable([1.0, -2.0])
                st = mk().minimize(v1.reduce_sum(w * w))
                with v1.Session() as s:
                    s.run(v1.global_variables_initializer())
                    [s.run(st) for _ in range(3)]
                    out.append(s.run(w))
    """),
    "ema": program("""
        v = v1.Variable(0.0)
        ema = v1.train.ExponentialMovingAverage(0.9)
        with v1.control_dependencies([v.assign_add(1.0)]):
            up = ema.apply([v])
        avg = ema.average(v)
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            out = [[s.run(up), s.run(avg)][1] for _ in range(3)] + [avg.name, ema.average_name(v)]
    """),
    "config": program("""
        c = v1.ConfigProto(allow_soft_placement=True, log_device_placement=False)
        c.gpu_options.allow_growth = True
        c2 = v1.ConfigProto(intra_op_parallelism_threads=1,
            graph_options=v1.GraphOptions(optimizer_options=v1.OptimizerOptions(opt_level=v1.OptimizerOptions.L0)))
        with v1.Session(config=c) as s:
            out = s.run(v1.constant(1), options=v1.RunOptions(trace_level=v1.RunOptions.FULL_TRACE),
                run_metadata=v1.RunMetadata())
    """),
    "cond": program("""
        x = v1.placeholder(v1.float32, [])
        y = v1.cond(x > 0, lambda: x * 2, lambda: x - 1)
        z = v1.case([(x > 5, lambda: 1.0), (x > 1, lambda: 2.0)], default=lambda: 3.0)
        with v1.Session() as s:
            out = [s.run([y, z], {x: v}) for v in (-1.0, 2.0, 7.0)]
    """),
    "dropout": program("""
        k = v1.placeholder_with_default(1.0, [])
        y = v1.nn.dropout(v1.ones([4]), keep_prob=k)
        with v1.Session() as s:
            out = s.run(y)
    """),
    "cnn": program("""
        x = v1.placeholder(v1.float32, [None, 16])
        im = v1.reshape(x, [-1, 4, 4, 1])
        W = v1.Variable(v1.constant(0.1, shape=[2, 2, 1, 2]))
        h = v1.nn.relu(v1.nn.conv2d(im, W, strides=[1, 1, 1, 1], padding='SAME') + v1.constant(0.1, shape=[2]))
        p = v1.nn.max_pool(h, ksize=[1, 2, 2, 1], strides=[1, 2, 2, 1], padding='SAME')
        f = v1.reshape(p, [-1, 8])
        g = v1.gradients(v1.reduce_sum(f * f), W)
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            out = s.run([f] + g, {x: np.arange(32).reshape(2, 16)})
    """),
    "embedding": program("""
        E = v1.get_variable('E', initializer=np.arange(8, dtype=np.float32).reshape(4, 2))
        e = v1.nn.embedding_lookup(E, [1, 3, 1])
        st = v1.train.GradientDescentOptimizer(0.5).minimize(v1.reduce_sum(e * e))
        g = v1.gradients(v1.reduce_sum(e * e), E)[0]
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            gg = s.run(g)
            out = [gg.values, gg.indices, s.run(st), s.run(E)]
    """),
    "uninit": program("""
        v = v1.Variable(1.0, name='v')
        with v1.Session() as s:
            out = s.run(v1.report_uninitialized_variables())
            s.run(v)
    """),
    "scatter": program("""
        v = v1.Variable([1.0, 2.0, 3.0])
        a = v1.scatter_update(v, [0], [9.0])
        b = v1.scatter_add(v, [1, 1], [1.0, 1.0])
        c = v1.scatter_sub(v, [2], [1.0])
        d = v1.scatter_nd_update(v, [[1]], [5.0])
        with v1.Session() as s:
            s.run(v.initializer)
            out = [s.run(q) for q in (a, b, c, d)]
    """),
    "collections": program("""
        v1.add_to_collection('c', v1.constant(1))
        v = v1.get_variable('v', [2], regularizer=lambda w: v1.reduce_sum(w * w), initializer=v1.ones_initializer())
        l = v1.losses.get_regularization_loss()
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            out = [len(v1.get_collection('c')), s.run(l),
                len(v1.get_collection(v1.GraphKeys.REGULARIZATION_LOSSES)), v1.trainable_variables()[0].name]
    """),
    "make_callable": program("""
        x = v1.placeholder(v1.float32)
        y = x * 2
        with v1.Session() as s:
            f = s.make_callable(y, [x])
            out = [f(2.0), f(3.0)]
    """),
    "global_step": program("""
        g = v1.train.get_or_create_global_step()
        w = v1.Variable(1.0)
        t = v1.train.AdamOptimizer(0.1).minimize(w * w, global_step=g)
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            s.run(t)
            s.run(t)
            out = [v1.train.global_step(s, g), g.name, g.dtype.name, g is v1.train.get_global_step()]
    """),
    "loop_vars": program("""
        i = v1.constant(0)
        r = v1.while_loop(lambda i: v1.less(i, 10), lambda i: v1.add(i, 1), [i])
        f = v1.while_loop(lambda n, a, b: n > 0, lambda n, a, b: (n - 1, b, a + b), (10, 0, 1))
        with v1.Session() as s:
            out = s.run([r, f[1]])
    """),
    "kmeans": program("""
        p = v1.constant([[0.0, 0.0], [0.0, 1.0], [5.0, 5.0], [6.0, 5.0]])
        c = v1.Variable([[0.0, 0.0], [6.0, 6.0]])
        d = v1.reduce_sum(v1.square(v1.expand_dims(p, 0) - v1.expand_dims(c, 1)), 2)
        a = v1.argmin(d, 0)
        m = v1.concat([v1.reduce_mean(v1.gather(p, v1.reshape(v1.where(v1.equal(a, k)), [1, -1])),
            reduction_indices=[1]) for k in range(2)], 0)
        up = v1.assign(c, m)
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            out = [s.run([up, a]) for _ in range(2)]
    """),
    "moments": program("""
        x = v1.constant([[1.0, 2.0], [3.0, 6.0]])
        m, v = v1.nn.moments(x, [0])
        y = v1.nn.batch_normalization(x, m, v, None, None, 0.001)
        with v1.Session() as s:
            out = s.run([m, v, y])
    """),
    "graphs": program("""
        g1 = v1.Graph()
        with g1.as_default():
            c1 = v1.constant(1, name='c')
        with v1.Session(graph=g1) as s:
            out = [s.run(c1), s.run('c:0'), c1.graph is g1, [n.name for n in g1.as_graph_def().node],
                g1.get_tensor_by_name('c:0') is c1]
    """),
    "wrong_feed": program("""
        x = v1.placeholder(v1.float32, [2])
        with v1.Session() as s:
            out = s.run(x, {x: [1.0, 2.0, 3.0]})
    """),
    "no_feed": program("""
        x = v1.placeholder(v1.float32, [2], name='x')
        with v1.Session() as s:
            out = s.run(x * 2)
    """),
    "bool": program("""
        x = v1.constant(1.0)
        out = 1 if x > 0 else 2
    """),
    "iterate": program("""
        x = v1.constant([1.0, 2.0])
        out = [y for y in x]
    """),
    "old": program("""
        x = v1.constant([[1.0, 2.0], [3.0, 4.0]])
        with v1.Session() as s:
            out = s.run([v1.reduce_sum(x, reduction_indices=1, keep_dims=True), v1.to_int32(x), v1.div(7, 2),
                v1.mod(7, 4), v1.arg_max(x, 1), v1.matrix_inverse(x), v1.diag([1.0, 2.0]), v1.lin_space(0.0,
                    1.0, 3), v1.log1p(x), v1.squared_difference(x, 1.0), v1.where(x > 2.0), v1.count_nonzero(x)])
    """),
    "hessian": program("""
        x = v1.Variable([1.0, 2.0])
        h = v1.hessians(v1.reduce_sum(x ** 3), x)[0]
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            out = s.run(h)
    """),
    "stop": program("""
        x = v1.constant(2.0)
        y = x * v1.stop_gradient(x)
        g = v1.gradients(y, x)
        g2 = v1.gradients(x * x * x, x, stop_gradients=[x])
        with v1.Session() as s:
            out = [s.run(g), g2 if g2[0] is None else s.run(g2)]
    """),
    "lstm_cell": program("""
        def cell(x, c, h, W, b):
            z = v1.matmul(v1.concat([x, h], 1), W) + b
            i, j, f, o = v1.split(value=z, num_or_size_splits=4, axis=1)
            c = c * v1.sigmoid(f + 1.0) + v1.sigmoid(i) * v1.tanh(j)
            return (c, v1.tanh(c) * v1.sigmoid(o))
        W = v1.get_variable('W', [5, 12], initializer=v1.constant_initializer(0.1))
        b = v1.get_variable('b', [12], initializer=v1.zeros_initializer())
        c = h = v1.zeros([2, 3])
        for t in range(3):
            c, h = cell(v1.ones([2, 2]) * t, c, h, W, b)
        g = v1.gradients(v1.reduce_sum(h), [W, b])
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            out = s.run([c, h] + g)
    """),
    "xor": program("""
        X = np.float32([[0, 0], [0, 1], [1, 0], [1, 1]])
        Y = np.float32([[0], [1], [1], [0]])
        w1 = v1.Variable(np.float32([[1.0, -1.0], [1.0, -1.0]]) * 0.9)
        b1 = v1.Variable([-0.1, 1.1])
        w2 = v1.Variable([[0.8], [0.7]])
        b2 = v1.Variable([-0.5])
        y = v1.sigmoid(v1.matmul(v1.sigmoid(v1.matmul(X, w1) + b1), w2) + b2)
        l = v1.reduce_mean(-(Y * v1.log(y) + (1 - Y) * v1.log(1 - y)))
        st = v1.train.MomentumOptimizer(0.5, 0.9).minimize(l)
        with v1.Session() as s:
            s.run(v1.global_variables_initializer())
            [s.run(st) for _ in range(30)]
            out = s.run([l, y])
    """),
    "count": program("""
        v = v1.Variable(0)
        c = v.count_up_to(2)
        with v1.Session() as s:
            s.run(v.initializer)
            out = [s.run(c), s.run(c)]
            s.run(c)
    """),
    "get_local": program("""
        v = v1.get_variable('v', [2], collections=[v1.GraphKeys.LOCAL_VARIABLES], initializer=v1.zeros_initializer())
        out = [len(v1.global_variables()), len(v1.local_variables()), len(v1.trainable_variables())]
    """),
    "device": program("""
        with v1.device('/cpu:0'):
            a = v1.constant(1.0)
        with v1.Session() as s:
            out = s.run(a)
    """),
    "tfrange": program("""
        with v1.Session() as s:
            out = s.run([v1.range(3), v1.fill([2], 7), v1.zeros_like([1, 2]), v1.one_hot([0, 2], 3),
                v1.linspace(0.0, 1.0, 3), v1.cast(1.7, v1.int32), v1.tile([[1]], [2, 2]), v1.pad([[1]], [[1,
                    1], [0, 1]])])
    """),
}  # fmt: skip
