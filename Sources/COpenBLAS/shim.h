// OpenBLAS by pkg-config name `openblas`: the one BLAS this package is measured with.
#include <cblas.h>
