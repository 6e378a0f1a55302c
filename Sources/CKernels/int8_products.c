// Products of bytes with bytes: rounded activations times rounded weights, in whole numbers, so that every instruction set gives the
// same sums.
#include "CKernels.h"
#include "versions.h"
#include <math.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Sixteen output channels lie together: for each four inputs 16 x 4 bytes, a register of 64 bytes.
enum { LANES = 16, FOUR = 4 };

void kernel_pack_int8(int n, int k, const float *w, int8_t *packed, float *scales, int32_t *sums) {
    for (int j = 0; j < n; j++) {
        const float *row = w + (long)j * k;
        float most = 0;
        for (int p = 0; p < k; p++) most = fabsf(row[p]) > most ? fabsf(row[p]) : most;
        float inverse = most > 0 ? 127 / most : 0;
        int8_t *out = packed + (long)(j / LANES) * LANES * k + j % LANES * FOUR;
        int32_t sum = 0;
        for (int p = 0; p < k; p++) {
            int q = (int)__builtin_rintf(row[p] * inverse);
            out[(long)(p / FOUR) * LANES * FOUR + p % FOUR] = (int8_t)q;
            sum += q;
        }
        scales[j] = most / 127;
        sums[j] = sum;
    }
}

MULTIVERSIONED
void kernel_quantize_rows(int m, int k, const float *x, int ldx, uint8_t *q, float *scales, int32_t *zeros) {
    for (int i = 0; i < m; i++) {
        const float *row = x + (long)i * ldx;
        uint8_t *out = q + (long)i * k;
        // The compiler does not vectorise a plain maximum (NaN order): 16 lanes by hand. Zero is always within the range.
        float low[16] = {0}, high[16] = {0};
        int p = 0;
        for (; p + 16 <= k; p += 16)
            for (int l = 0; l < 16; l++) {
                low[l] = row[p + l] < low[l] ? row[p + l] : low[l];
                high[l] = row[p + l] > high[l] ? row[p + l] : high[l];
            }
        for (; p < k; p++) {
            low[0] = row[p] < low[0] ? row[p] : low[0];
            high[0] = row[p] > high[0] ? row[p] : high[0];
        }
        for (int l = 1; l < 16; l++) {
            low[0] = low[l] < low[0] ? low[l] : low[0];
            high[0] = high[l] > high[0] ? high[l] : high[0];
        }
        float range = high[0] - low[0], inverse = range > 0 ? 255 / range : 0;
        int zero = (int)__builtin_rintf(-low[0] * inverse);
        scales[i] = range / 255;
        zeros[i] = zero;
        for (p = 0; p < k; p++) {
            int v = (int)__builtin_rintf(row[p] * inverse) + zero;
            out[p] = (uint8_t)(v > 255 ? 255 : v < 0 ? 0 : v);
        }
    }
}

#if defined(__x86_64__)
#define VNNI __attribute__((target("avx512f,avx512vl,avx512bw,avx512dq,avx512vnni")))

INLINE VNNI void tile_vnni(
    const int rows, const int blocks, int k, const uint8_t *a, const float *scales, const int32_t *zeros, const int8_t *w,
    const float *channel, const int32_t *sums, float *y, long ldy) {
    __m512i sum[6][4];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
#pragma clang loop unroll(full)
        for (int j = 0; j < blocks; j++) sum[i][j] = _mm512_setzero_si512();
#pragma clang loop unroll(disable)
    for (int p = 0; p < k; p += FOUR) {
        __m512i b[4];
#pragma clang loop unroll(full)
        for (int j = 0; j < blocks; j++) b[j] = _mm512_loadu_si512(w + (long)j * LANES * k + (long)p * LANES);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            int32_t four;
            memcpy(&four, a + (long)i * k + p, 4);
            __m512i x = _mm512_set1_epi32(four);
#pragma clang loop unroll(full)
            for (int j = 0; j < blocks; j++) sum[i][j] = _mm512_dpbusd_epi32(sum[i][j], x, b[j]);
        }
    }
#pragma clang loop unroll(full)
    for (int j = 0; j < blocks; j++) {
        __m512i total = _mm512_loadu_si512(sums + LANES * j);
        __m512 scale = _mm512_loadu_ps(channel + LANES * j);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            __m512i s = _mm512_sub_epi32(sum[i][j], _mm512_mullo_epi32(total, _mm512_set1_epi32(zeros[i])));
            _mm512_storeu_ps(
                y + i * ldy + LANES * j, _mm512_mul_ps(_mm512_cvtepi32_ps(s), _mm512_mul_ps(scale, _mm512_set1_ps(scales[i]))));
        }
    }
}

#define AVX2 __attribute__((target("avx2")))

INLINE AVX2 void tile_avx2(
    const int rows, int k, const uint8_t *a, const float *scales, const int32_t *zeros, const int8_t *w, const float *channel,
    const int32_t *sums, float *y, long ldy) {
    // Eight channels: four inputs of a channel become two pairs of sums, exact in 32 bits; the saturating byte product is not.
    __m256i sum[2][4];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < 4; j++) sum[i][j] = _mm256_setzero_si256();
#pragma clang loop unroll(disable)
    for (int p = 0; p < k; p += FOUR) {
        __m256i x[2];
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            int32_t four;
            memcpy(&four, a + (long)i * k + p, 4);
            x[i] = _mm256_broadcastq_epi64(_mm_cvtepu8_epi16(_mm_cvtsi32_si128(four)));
        }
#pragma clang loop unroll(full)
        for (int j = 0; j < 4; j++) {
            __m256i b = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(w + (long)p * LANES + 16 * j)));
#pragma clang loop unroll(full)
            for (int i = 0; i < rows; i++) sum[i][j] = _mm256_add_epi32(sum[i][j], _mm256_madd_epi16(x[i], b));
        }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < 4; j += 2) {
            // Pairs of neighbours, then the quarters in order.
            __m256i s = _mm256_permute4x64_epi64(_mm256_hadd_epi32(sum[i][j], sum[i][j + 1]), 0xD8);
            __m256i total = _mm256_loadu_si256((const __m256i *)(sums + 4 * j));
            s = _mm256_sub_epi32(s, _mm256_mullo_epi32(total, _mm256_set1_epi32(zeros[i])));
            __m256 scale = _mm256_mul_ps(_mm256_loadu_ps(channel + 4 * j), _mm256_set1_ps(scales[i]));
            _mm256_storeu_ps(y + i * ldy + 4 * j, _mm256_mul_ps(_mm256_cvtepi32_ps(s), scale));
        }
}

VNNI static void products_vnni(
    int m, int n, int k, const uint8_t *a, const float *scales, const int32_t *zeros, const int8_t *w, const float *channel,
    const int32_t *sums, float *y, long ldy) {
    for (int j = 0; j < n;) {
        int blocks = n - j >= 4 * LANES ? 4 : n - j >= 2 * LANES ? 2 : 1;
        for (int i = 0; i < m; i += 6) {
            int rows = m - i < 6 ? m - i : 6;
            const uint8_t *x = a + (long)i * k;
            const int8_t *b = w + (long)j * k;
            float *out = y + i * ldy + j;
#define TILE(R, B) tile_vnni(R, B, k, x, scales + i, zeros + i, b, channel + j, sums + j, out, ldy)
#define ROWS(R) case R: if (blocks == 4) TILE(R, 4); else if (blocks == 2) TILE(R, 2); else TILE(R, 1); break;
            switch (rows) { ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6) }
#undef ROWS
#undef TILE
        }
        j += blocks * LANES;
    }
}

AVX2 static void products_avx2(
    int m, int n, int k, const uint8_t *a, const float *scales, const int32_t *zeros, const int8_t *w, const float *channel,
    const int32_t *sums, float *y, long ldy) {
    for (int j = 0; j < n; j += LANES)
        for (int i = 0; i < m; i += 2) {
            const uint8_t *x = a + (long)i * k;
            const int8_t *b = w + (long)j * k;
            float *out = y + i * ldy + j;
            if (m - i > 1) tile_avx2(2, k, x, scales + i, zeros + i, b, channel + j, sums + j, out, ldy);
            else tile_avx2(1, k, x, scales + i, zeros + i, b, channel + j, sums + j, out, ldy);
        }
}
#endif

// Vectors of the compiler's own: SSE2 on old x86-64, NEON on arm64.
typedef int8_t bytes16 __attribute__((vector_size(16)));
typedef uint8_t ubytes16 __attribute__((vector_size(16)));
typedef int16_t shorts16 __attribute__((vector_size(32)));
typedef int32_t ints16 __attribute__((vector_size(64)));

static void products_plain(
    int m, int n, int k, const uint8_t *a, const float *scales, const int32_t *zeros, const int8_t *w, const float *channel,
    const int32_t *sums, float *y, long ldy) {
    for (int j = 0; j < n; j += 4)
        for (int i = 0; i < m; i++) {
            const uint8_t *x = a + (long)i * k;
            const int8_t *b = w + (long)(j / LANES) * LANES * k + j % LANES * FOUR;
            ints16 sum = {0};
            for (int p = 0; p < k; p += FOUR) {
                bytes16 weights;
                ubytes16 inputs;
                memcpy(&weights, b + (long)p * LANES, 16);
                uint32_t four;
                memcpy(&four, x + p, 4);
                uint32_t repeated[4] = {four, four, four, four};
                memcpy(&inputs, repeated, 16);
                // At most 255 * 127: it fits 16 bits.
                shorts16 product = __builtin_convertvector(inputs, shorts16) * __builtin_convertvector(weights, shorts16);
                sum += __builtin_convertvector(product, ints16);
            }
            for (int l = 0; l < 4; l++) {
                int32_t total = sum[4 * l] + sum[4 * l + 1] + sum[4 * l + 2] + sum[4 * l + 3];
                y[i * ldy + j + l] = (float)(total - zeros[i] * sums[j + l]) * (channel[j + l] * scales[i]);
            }
        }
}

int kernel_int8_level(void) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw")
        && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vnni"))
        return 2;
    if (__builtin_cpu_supports("avx2")) return 1;
#endif
    return 0;
}

void kernel_int8_products(
    int level, int m, int n, int k, const uint8_t *a, const float *scales, const int32_t *zeros, const int8_t *w,
    const float *channel, const int32_t *sums, float *y, int ldy) {
    switch (level) {
#if defined(__x86_64__)
        case 2: products_vnni(m, n, k, a, scales, zeros, w, channel, sums, y, ldy); return;
        case 1: products_avx2(m, n, k, a, scales, zeros, w, channel, sums, y, ldy); return;
#endif
        default: products_plain(m, n, k, a, scales, zeros, w, channel, sums, y, ldy);
    }
}
