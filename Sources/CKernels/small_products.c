// Products for short texts. A general sgemm first repacks the weights, which for a question of 15 tokens costs more than the product.
#include "CKernels.h"
#define INLINE static inline __attribute__((always_inline))
#pragma clang fp contract(fast)

typedef float four __attribute__((vector_size(16)));
typedef float four_loose __attribute__((vector_size(16), aligned(4)));

#if defined(__x86_64__)
#define SUFFIX(name) name##_avx512
#define TARGET __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw")))
#define BYTES 64
#define ROWS 6
#include "small_products.inc"

#define SUFFIX(name) name##_avx2
#define TARGET __attribute__((target("avx2,fma")))
#define BYTES 32
#define ROWS 3
#include "small_products.inc"
#endif

#define SUFFIX(name) name##_plain
#define TARGET
#define BYTES 16
#if defined(__x86_64__)
#define ROWS 2
#else
#define ROWS 6
#endif
#include "small_products.inc"

// 2: AVX-512, 1: AVX2 with FMA, 0: what every processor of this architecture has.
static int level(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512bw"))
        return 2;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 1;
#endif
    return 0;
}

int kernel_dots_level(void) { return level(); }

void kernel_dots(int m, int n, int k, const float *a, int lda, const float *w, int ldw, float *c, int ldc) {
    switch (level()) {
#if defined(__x86_64__)
        case 2: dots_avx512(m, n, k, a, lda, w, ldw, c, ldc); return;
        case 1: dots_avx2(m, n, k, a, lda, w, ldw, c, ldc); return;
#endif
        default: dots_plain(m, n, k, a, lda, w, ldw, c, ldc);
    }
}
