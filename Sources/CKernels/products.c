// The encoder's products. A general sgemm repacks the weights at every call, which for a question of 15 tokens costs more than the
// product; here the tokens are packed instead, side by side in the lanes of a vector.
#include "CKernels.h"
#include "versions.h"
#define NOINLINE __attribute__((noinline))
#define UNROLL _Pragma("clang loop unroll(full)")
#pragma clang fp contract(fast)

typedef float four __attribute__((vector_size(16)));
typedef float four_loose __attribute__((vector_size(16), aligned(4)));
typedef float two_loose __attribute__((vector_size(8), aligned(4)));

INLINE void transpose(const four s[4], four *to) {
    four a = __builtin_shufflevector(s[0], s[1], 0, 4, 1, 5), b = __builtin_shufflevector(s[0], s[1], 2, 6, 3, 7);
    four c = __builtin_shufflevector(s[2], s[3], 0, 4, 1, 5), d = __builtin_shufflevector(s[2], s[3], 2, 6, 3, 7);
    to[0] = __builtin_shufflevector(a, c, 0, 1, 4, 5);
    to[1] = __builtin_shufflevector(a, c, 2, 3, 6, 7);
    to[2] = __builtin_shufflevector(b, d, 0, 1, 4, 5);
    to[3] = __builtin_shufflevector(b, d, 2, 3, 6, 7);
}

#if defined(__x86_64__)
#define SUFFIX(name) name##_avx512
#define TARGET __attribute__((target("avx512f,avx512vl,avx512dq,avx512bw")))
#define LANES 16
#define WIDE 8
#include "products.inc"

#define SUFFIX(name) name##_avx2
#define TARGET __attribute__((target("avx2,fma")))
#define LANES 8
#define WIDE 6
#include "products.inc"
#endif

#define SUFFIX(name) name##_plain
#define TARGET
#define LANES 4
#if defined(__x86_64__)
#define WIDE 6
#else
#define WIDE 8
#endif
#include "products.inc"

int kernel_products_level(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq")
        && __builtin_cpu_supports("avx512bw"))
        return 2;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return 1;
#endif
    return 0;
}

int kernel_panel_rows(int level) { return 8 << level; }

void kernel_pack_rows(
    int level, int m, int k, int row, int row_end, int column, int column_end, const float *a, int lda, float *packed) {
    const int most = kernel_panel_rows(level);
    for (int i = row; i < row_end; i += most) {
        const int width = m - i <= most / 2 ? most / 2 : most, rows = m - i < width ? m - i : width;
        float *panel = packed + (long)i * k;
        const float *from = a + (long)i * lda;
        int p = column;
        for (; p + 4 <= column_end; p += 4)
            for (int t = 0; t < width; t += 4) {
                four s[4], to[4];
                for (int u = 0; u < 4; u++)
                    s[u] = t + u < rows ? (four)*(const four_loose *)(from + (long)(t + u) * lda + p) : (four){0};
                transpose(s, to);
                for (int u = 0; u < 4; u++) *(four_loose *)(panel + (long)(p + u) * width + t) = to[u];
            }
        for (; p < column_end; p++)
            for (int t = 0; t < width; t++) panel[(long)p * width + t] = t < rows ? from[(long)t * lda + p] : 0;
    }
}

static void products(
    int level, int m, int n, int k, const float *packed, const float *w, int ldw, float *c, int ldc, int column) {
    switch (level) {
#if defined(__x86_64__)
        case 2: products_avx512(m, n, k, packed, w, ldw, c, ldc, column); return;
        case 1: products_avx2(m, n, k, packed, w, ldw, c, ldc, column); return;
#endif
        default: products_plain(m, n, k, packed, w, ldw, c, ldc, column);
    }
}

void kernel_products(
    int level, int m, int n, int k, const float *packed, const float *w, int ldw, float *c, int ldc) {
    products(level, m, n, k, packed, w, ldw, c, ldc, -1);
}

void kernel_packed_products(
    int level, int m, int n, int k, const float *packed, const float *w, int ldw, float *c, int columns, int column) {
    products(level, m, n, k, packed, w, ldw, c, columns, column);
}

void kernel_mix_rows(
    int level, int m, int n, int k, const float *a, int lda, const float *b, int ldb, float *c, int ldc) {
    switch (level) {
#if defined(__x86_64__)
        case 2: mix_avx512(m, n, k, a, lda, b, ldb, c, ldc); return;
        case 1: mix_avx2(m, n, k, a, lda, b, ldb, c, ldc); return;
#endif
        default: mix_plain(m, n, k, a, lda, b, ldb, c, ldc);
    }
}
