// The few functions of OpenBLAS that this package calls. The library is opened at the first call: it brings 40 MB, the Fortran runtime
// and a thread a processor, of which a program that answers one question needs nothing.
#ifndef COPENBLAS_H
#define COPENBLAS_H
#include <stdbool.h>

/// Opens the library; safe to call from any thread and more than once.
/// Returns null, or why it cannot be opened. The calls below end the process with that reason where it cannot.
const char *openblas_open(void);

/// Whether the library was built with threads. One without shares buffers between calls: two at once corrupt each other.
bool openblas_has_threads(void);

/// C(m,n) = alpha A(m,k) op(B) + beta C, row-major, op(B) being B(n,k)^T when `transposed`, else B(k,n) (netlib: sgemm).
void openblas_sgemm(
    bool transposed, int m, int n, int k, float alpha, const float *a, int lda, const float *b, int ldb, float beta,
    float *c, int ldc);

/// A(n,n) += alpha x(n) x(n)^T, upper triangle, row-major (netlib: dsyr).
void openblas_dsyr(int n, double alpha, const double *x, double *a);

/// Solves A(n,n) X = B for symmetric positive definite A, of which the lower triangle in column-major order is read and overwritten; B
/// holds `columns` columns one after another and becomes X. Returns 0 when A is positive definite (netlib: dposv, sposv).
int openblas_dposv(int n, int columns, double *a, double *b);
int openblas_sposv(int n, int columns, float *a, float *b);
#endif
