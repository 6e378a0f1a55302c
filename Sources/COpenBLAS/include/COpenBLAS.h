// The few functions of OpenBLAS that this package calls. The library is opened at the first call: it brings 40 MB, the Fortran runtime
// and a thread a processor, of which a program that answers one question needs nothing.
#ifndef COPENBLAS_H
#define COPENBLAS_H

/// Opens the library; safe to call from any thread and more than once.
/// Returns null, or why it cannot be opened. The calls below end the process with that reason where it cannot.
const char *openblas_open(void);

/// C(m,n) = A(m,k) B(n,k)^T, row-major; safe to call from several threads (netlib: sgemm).
void openblas_sgemm(
    int m, int n, int k, const float *a, int lda, const float *b, int ldb, float *c, int ldc);

/// A(n,n) += alpha x(n) x(n)^T, upper triangle, row-major (netlib: dsyr).
void openblas_dsyr(int n, double alpha, const double *x, double *a);

/// Solves A(n,n) X = B for symmetric positive definite A, of which the lower triangle in column-major order is read and overwritten; B
/// holds `columns` columns one after another and becomes X. Returns 0 when A is positive definite (netlib: dposv, sposv).
int openblas_dposv(int n, int columns, double *a, double *b);
int openblas_sposv(int n, int columns, float *a, float *b);
#endif
