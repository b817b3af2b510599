"""Linear operators: ``tf.linalg.LinearOperator`` and its kinds, matrices whose structure saves work.

``operator.py`` holds the base: every method, done through the dense matrix. A file for each kind overrides what its
structure makes cheaper. For n x n matrices and one vector, in operations:

=============================  ====================  ====================  =====================
kind                           product               solution              determinant
=============================  ====================  ====================  =====================
Identity, ScaledIdentity       n                     n                     1
Diag                           n                     n                     n
Householder                    n                     n                     1
Permutation                    n                     n                     n^2
Tridiag                        n                     n                     n^3 (dense)
Circulant, 2D, 3D              n log n               n log n               n
Toeplitz                       n log n               n^3 (dense)           n^3 (dense)
LowerTriangular                n^2                   n^2                   n
FullMatrix                     n^2                   n^3                   n^3
LowRankUpdate, of rank r       its base's and n r    its base's r + 2      its base's, and r of
                                                     times, n r and r^3    its solutions, and r^3
=============================  ====================  ====================  =====================

BlockDiag, BlockLowerTriangular, Kronecker, Composition, Inversion and Adjoint cost what their parts do; Zeros nothing.
All are compositions of the package's operations: they are differentiated, traced and compiled like these.

>>> import eagernb as tf
>>> diagonal = tf.linalg.LinearOperatorDiag([1.0, 2.0])
>>> lower = tf.linalg.LinearOperatorLowerTriangular([[1.0, 0.0], [3.0, 1.0]])
>>> type(diagonal @ lower).__name__, (diagonal @ lower).matvec([1.0, 1.0]).numpy()
('LinearOperatorLowerTriangular', array([1., 8.], dtype=float32))
"""
