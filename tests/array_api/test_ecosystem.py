"""SciPy and scikit-learn work on Arrays and tensors, by the standard, and give Arrays back."""

import os
import subprocess
import sys

import pytest

PRELUDE = """
import warnings
warnings.simplefilter("ignore")
import numpy as np
import sklearn
import eagernb as tf
import eagernb.numpy as xp

sklearn.set_config(array_api_dispatch=True)
rng = np.random.default_rng(0)
X = rng.normal(size=(60, 4))
y = (X[:, 0] + X[:, 1] > 0).astype(np.int64)
p = (X[:, 0] > 0).astype(np.int64)
v = np.abs(X[:, 0]) + 0.1

def check(name, function, *arrays):
    want = function(*arrays)
    for make in (xp.asarray, tf.constant):
        got = function(*map(make, arrays))
        for a, b in zip(*(x if isinstance(x, tuple) else (x,) for x in (got, want)), strict=True):
            assert isinstance(a, (xp.Array, float)), (name, type(a))
            np.testing.assert_allclose(np.asarray(a), np.asarray(b), atol=1e-8, err_msg=name)
    print(name)
"""

SCIPY = """
from scipy import cluster, fft, signal, special, stats

check("logsumexp", lambda a: special.logsumexp(a, axis=1), X)
check("softmax", lambda a: special.softmax(a, axis=1), X)
check("expit", special.expit, X)
check("xlogy", special.xlogy, v, v)
check("zscore", stats.zscore, X)
check("gmean", stats.gmean, v)
check("skew", stats.skew, X)
check("kurtosis", stats.kurtosis, X)
check("pearsonr", lambda a, b: tuple(stats.pearsonr(a, b)), X[:, 0], X[:, 1])
check("ttest_ind", lambda a, b: tuple(stats.ttest_ind(a, b)), X[:, 0], X[:, 1])
check("normaltest", lambda a: tuple(stats.normaltest(a)), v)
check("entropy", stats.entropy, v)
check("quantile", lambda a: stats.quantile(a, 0.3), v)
check("rfft", lambda a: fft.rfft(a, axis=0), X)
check("dct", fft.dct, X)
check("fftconvolve", signal.fftconvolve, X[:, 0], X[:5, 1])
check("detrend", lambda a: signal.detrend(a, axis=0), X)
check("hilbert", signal.hilbert, X[:, 0])
check("whiten", cluster.vq.whiten, X)
"""

SKLEARN = """
from sklearn import decomposition, discriminant_analysis, linear_model, metrics, pipeline, preprocessing

for name in ("accuracy_score", "f1_score", "zero_one_loss", "confusion_matrix", "mean_squared_error", "r2_score"):
    check(name, getattr(metrics, name), y, p)
for name in ("euclidean_distances", "cosine_similarity", "rbf_kernel"):
    check(name, getattr(metrics.pairwise, name), X, X[:5] + 0.1)
for scaler in (preprocessing.StandardScaler(), preprocessing.MinMaxScaler(), preprocessing.MaxAbsScaler(),
               preprocessing.Normalizer(), preprocessing.PolynomialFeatures()):
    check(type(scaler).__name__, scaler.fit_transform, X)
check("PCA", lambda a: np.abs(decomposition.PCA(2, svd_solver="full").fit_transform(a)), X)
pca = decomposition.PCA(4, svd_solver="full")
check("PCA back", lambda a: pca.inverse_transform(pca.fit(a).transform(a)), X)
check("LDA", lambda a, b: discriminant_analysis.LinearDiscriminantAnalysis().fit(a, b).predict(a), X, y)
check("Ridge", lambda a, b: linear_model.Ridge(solver="svd").fit(a, b).predict(a), X, X[:, 0] * 2)
check("pipeline", lambda a, b: pipeline.make_pipeline(preprocessing.StandardScaler(),
      linear_model.LogisticRegression()).fit(a, b).predict(a), X, y)
"""


@pytest.mark.parametrize("code", [SCIPY, SKLEARN], ids=["scipy", "sklearn"])
def test_by_the_standard(code: str) -> None:
    # SciPy reads the setting when it is imported.
    environment = os.environ | {"SCIPY_ARRAY_API": "1"}
    run = subprocess.run([sys.executable, "-c", PRELUDE + code], capture_output=True, text=True, env=environment)
    assert run.returncode == 0, run.stderr[-2000:]
    assert len(run.stdout.split("\n")) > 15


OTHERS = """
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import eagernb as tf
import eagernb.numpy as xp
from scipy import integrate, optimize
from sklearn.cluster import KMeans
from sklearn.linear_model import LinearRegression

for make in (tf.constant, xp.asarray):
    x = make(np.linspace(0.0, 1.0, 5))
    (line,) = plt.plot(x, x)
    assert line.get_path().vertices[:, 0].tolist() == np.linspace(0.0, 1.0, 5).tolist()
    plt.scatter(x, x)
    plt.hist(x)
    plt.bar(x, x)
    plt.quiver(x, x, x, x)
    plt.fill_between(x, x)
    plt.imshow(make(np.eye(3)))
    plt.errorbar(x, x, yerr=x)
    plt.gcf().canvas.draw()
    plt.close("all")
    plt.figure().add_subplot(projection="3d").plot_surface(*map(make, np.meshgrid(x, x)), make(np.eye(5)))
    plt.close("all")
    X = make(np.arange(10.0).reshape(5, 2) ** 2)
    model = LinearRegression().fit(X, x)
    assert isinstance(model.predict(X), np.ndarray)

# Functions of tf's as what SciPy minimizes, solves and integrates; a model that writes into its copy of the data.
def loss_and_gradient(x):
    w = tf.Variable(x)
    with tf.GradientTape() as tape:
        loss = tf.reduce_sum((w - [1.0, 2.0]) ** 2)
    return loss, tape.gradient(loss, w)

start = tf.zeros(2, tf.float64)
np.testing.assert_allclose(optimize.minimize(loss_and_gradient, start, jac=True).x, [1, 2], rtol=1e-6)
np.testing.assert_allclose(optimize.root(lambda x: tf.constant(x) ** 2 - 4.0, tf.constant([1.0])).x, [2], rtol=1e-6)
x = tf.constant([1.0, 2.0, 3.0])
np.testing.assert_allclose(optimize.curve_fit(lambda x, a, b: a * x + b, x, 2 * x + 1)[0], [2, 1], rtol=1e-5)
turned = integrate.solve_ivp(lambda t, y: tf.stack([y[1], -y[0]]), (0, np.pi), tf.constant([1.0, 0.0]))
np.testing.assert_allclose(turned.y[:, -1], [-1, 0], atol=1e-2)
labels = KMeans(2, n_init=1, random_state=0).fit(tf.constant([[1.0], [1.1], [9.0]])).labels_
assert labels[0] == labels[1] != labels[2]
assert isinstance(np.atleast_1d(x), tf.Tensor)  # only inside the libraries NumPy's functions give arrays
print("ok")
"""


def test_others_take_them_for_arrays() -> None:
    run = subprocess.run([sys.executable, "-W", "error", "-c", OTHERS], capture_output=True, text=True)
    assert run.stdout.split() == ["ok"], run.stderr[-2000:]
