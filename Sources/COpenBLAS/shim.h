// OpenBLAS by pkg-config name `openblas`: the one BLAS this package is measured with.
#include <cblas.h>

/* LAPACK, which OpenBLAS brings along: solves A X = B for a symmetric positive definite A by Cholesky (netlib: dposv). */
#include <stddef.h>
void dposv_(const char *uplo, const int *n, const int *nrhs, double *a, const int *lda, double *b, const int *ldb, int *info,
            size_t uplo_length);
/* The same in single precision (netlib: sposv). */
void sposv_(const char *uplo, const int *n, const int *nrhs, float *a, const int *lda, float *b, const int *ldb, int *info,
            size_t uplo_length);
