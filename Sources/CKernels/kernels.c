#include "CKernels.h"
#include "versions.h"
#include <math.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

// Sums in any order, multiply-add fused: needed to vectorise sums; infinities and NaN keep their meaning.
#pragma clang fp reassociate(on) contract(fast)

// exp(x) for x <= 88: 2^n * 2^f, |f| <= 1/2, degree-6 polynomial; relative error below 2e-7; 0 under -87.
INLINE float fast_exp(float x) {
    float clamped = x < -87.0f ? -87.0f : x;
    float n = __builtin_rintf(clamped * 1.44269504089f);
    float f = clamped - n * 0.693145751953125f;
    f -= n * 1.42860682030941723212e-6f;
    float p = 1.0f / 720;
    p = p * f + 1.0f / 120;
    p = p * f + 1.0f / 24;
    p = p * f + 1.0f / 6;
    p = p * f + 0.5f;
    p = p * f + 1.0f;
    p = p * f + 1.0f;
    union { int32_t i; float f; } power = {.i = ((int32_t)n + 127) << 23};
    return x < -87.0f ? 0.0f : p * power.f;
}

// erf(x): the rational approximation of XLA and Eigen (generic_fast_erf_float), saturated at |x| = 4.
INLINE float fast_erf(float x) {
    x = x > 4.0f ? 4.0f : (x < -4.0f ? -4.0f : x);
    float s = x * x;
    float p = -2.72614225801306e-10f;
    p = p * s + 2.77068142495902e-08f;
    p = p * s + -2.10102402082508e-06f;
    p = p * s + -5.69250639462346e-05f;
    p = p * s + -7.34990630326855e-04f;
    p = p * s + -2.95459980854025e-03f;
    p = p * s + -1.60960333262415e-02f;
    float q = -1.45660718464996e-05f;
    q = q * s + -2.13374055278905e-04f;
    q = q * s + -1.68282697438203e-03f;
    q = q * s + -7.37332916720468e-03f;
    q = q * s + -1.42647390514189e-02f;
    return x * p / q;
}

MULTIVERSIONED
void kernel_layer_norm(
    float *y, const float *x, const float *residual, const float *bias, const float *gain, const float *shift,
    int T, int C, float epsilon) {
    for (int t = 0; t < T; t++) {
        const float *in = x + (long)t * C, *add = residual ? residual + (long)t * C : 0;
        float *out = y + (long)t * C;
        float sum = 0;
        if (add && bias) {
            for (int c = 0; c < C; c++) { float v = in[c] + add[c] + bias[c]; out[c] = v; sum += v; }
        } else if (add) {
            for (int c = 0; c < C; c++) { float v = in[c] + add[c]; out[c] = v; sum += v; }
        } else {
            for (int c = 0; c < C; c++) { float v = in[c]; out[c] = v; sum += v; }
        }
        float mean = sum / C, squares = 0;
        for (int c = 0; c < C; c++) { float d = out[c] - mean; squares += d * d; }
        float scale = 1.0f / sqrtf(squares / C + epsilon);
        for (int c = 0; c < C; c++) out[c] = (out[c] - mean) * scale * gain[c] + shift[c];
    }
}

static inline float gelu(float v) { return 0.5f * v * (1.0f + fast_erf(v * 0.70710678118654752f)); }

MULTIVERSIONED
void kernel_bias_gelu(float *x, const float *bias, int T, int C, int ld) {
    for (int t = 0; t < T; t++) {
        float *row = x + (long)t * ld;
        for (int c = 0; c < C; c++) row[c] = gelu(row[c] + bias[c]);
    }
}

MULTIVERSIONED
void kernel_bias_gelu_packed(int level, float *x, const float *bias, int T, int columns, int column, int n) {
    const int most = kernel_panel_rows(level);
    for (int t = 0; t < T; t += most) {
        const int width = T - t <= most / 2 ? most / 2 : most;
        float *panel = x + (long)t * columns + (long)column * width;
        for (int c = 0; c < n; c++)
            for (int l = 0; l < width; l++) panel[c * width + l] = gelu(panel[c * width + l] + bias[c]);
    }
}

MULTIVERSIONED
void kernel_add_bias(float *x, const float *bias, int T, int C, int ld) {
    for (int t = 0; t < T; t++) {
        float *row = x + (long)t * ld;
        for (int c = 0; c < C; c++) row[c] += bias[c];
    }
}

MULTIVERSIONED
void kernel_softmax(float *x, int R, int n, int ld, float scale) {
    for (int r = 0; r < R; r++) {
        float *row = x + (long)r * ld;
        // The compiler does not vectorise a plain maximum (NaN order): 16 lanes by hand.
        float lanes[16], greatest = row[0];
        for (int l = 0; l < 16; l++) lanes[l] = greatest;
        int i = 0;
        for (; i + 16 <= n; i += 16)
            for (int l = 0; l < 16; l++) lanes[l] = row[i + l] > lanes[l] ? row[i + l] : lanes[l];
        for (; i < n; i++) lanes[0] = row[i] > lanes[0] ? row[i] : lanes[0];
        for (int l = 0; l < 16; l++) greatest = lanes[l] > greatest ? lanes[l] : greatest;
        float sum = 0;
        for (int i = 0; i < n; i++) {
            float e = fast_exp((row[i] - greatest) * scale);
            row[i] = e;
            sum += e;
        }
        float inverse = 1.0f / sum;
        for (int i = 0; i < n; i++) row[i] *= inverse;
    }
}

MULTIVERSIONED
void kernel_add_rows(float *sum, const float *x, int T, int C) {
    for (int t = 0; t < T; t++)
        for (int c = 0; c < C; c++) sum[c] += x[(long)t * C + c];
}


MULTIVERSIONED void kernel_packed_dots(int n, int d, int line, const uint8_t *text, float scale, const float *x, float *out) {
    long place = 0;
    for (int i = 0; i < n; i++) {
        float sum = 0;
        for (int k = 0; k < d;) {
            const uint8_t *digits = text + place + place / line;
            int run = line - (int)(place % line);
            if (run > d - k) run = d - k;
            for (int l = 0; l < run; l++) {
                float q = (float)((int)digits[l] - 81);
                sum += q * (q < 0 ? -q : q) * x[k + l];
            }
            k += run;
            place += run;
        }
        out[i] = sum * (scale / (45 * 45));
    }
}

MULTIVERSIONED void kernel_dots_int8(int64_t n, int d, const int8_t *rows, const int8_t *question, int32_t *out) {
    for (int64_t i = 0; i < n; i++) {
        const int8_t *row = rows + i * d;
        int32_t sum = 0;
        for (int k = 0; k < d; k++) sum += (int16_t)row[k] * (int16_t)question[k];
        out[i] = sum;
    }
}

// Sums of a question's four planes where a row has a bit: per word, then over the words.
INLINE int sign_scores(
    int64_t n, const int words, const uint64_t *codes, const uint64_t *planes, float low, float step, float sum,
    const float *factors, float *out) {
    int blank = 0;
    for (int64_t i = 0; i < n; i++) {
        const uint64_t *code = codes + i * words;
        int ones = 0, weighted = 0;
        for (int w = 0; w < words; w++) {
            ones += __builtin_popcountll(code[w]);
            weighted += __builtin_popcountll(code[w] & planes[w]) + 2 * __builtin_popcountll(code[w] & planes[words + w])
                + 4 * __builtin_popcountll(code[w] & planes[2 * words + w])
                + 8 * __builtin_popcountll(code[w] & planes[3 * words + w]);
        }
        blank |= ones == 0 && factors[i] != 0;
        out[i] = factors[i] * (2 * (low * (float)ones + step * (float)weighted) - sum);
    }
    return !blank;
}

#if defined(__x86_64__)
#define COUNTS __attribute__((target("avx512f,avx512vpopcntdq")))

/// Of eight registers of eight numbers each the sums, one after another.
COUNTS static inline __m512i sums_of_eight(const __m512i b[8]) {
    __m512i pairs[4], fours[2];
    for (int i = 0; i < 4; i++)
        pairs[i] = _mm512_add_epi64(_mm512_unpacklo_epi64(b[2 * i], b[2 * i + 1]), _mm512_unpackhi_epi64(b[2 * i], b[2 * i + 1]));
    for (int i = 0; i < 2; i++)
        fours[i] = _mm512_add_epi64(
            _mm512_shuffle_i64x2(pairs[2 * i], pairs[2 * i + 1], 0x88), _mm512_shuffle_i64x2(pairs[2 * i], pairs[2 * i + 1], 0xdd));
    return _mm512_add_epi64(_mm512_shuffle_i64x2(fours[0], fours[1], 0x88), _mm512_shuffle_i64x2(fours[0], fours[1], 0xdd));
}

/// Up to eight words: a row is one register. Eight rows are summed up together.
COUNTS static int sign_scores_avx512(
    int64_t n, int words, const uint64_t *codes, const uint64_t *planes, float low, float step, float sum,
    const float *factors, float *out) {
    __mmask8 held = (__mmask8)((1 << words) - 1);
    __m512i p[4];
    for (int j = 0; j < 4; j++) p[j] = _mm512_maskz_loadu_epi64(held, planes + j * words);
    int blank = 0;
    for (int64_t i = 0; i < n; i += 8) {
        int rows = n - i < 8 ? (int)(n - i) : 8;
        __m512i both[8];
        for (int r = 0; r < 8; r++) {
            __m512i code = _mm512_maskz_loadu_epi64(held, codes + (i + (r < rows ? r : 0)) * words);
            // The count of all bits in the upper half of each word, the weighted one in the lower.
            both[r] = _mm512_slli_epi64(_mm512_popcnt_epi64(code), 32);
            for (int j = 0; j < 4; j++)
                both[r] = _mm512_add_epi64(
                    both[r], _mm512_slli_epi64(_mm512_popcnt_epi64(_mm512_and_si512(code, p[j])), (unsigned)j));
        }
        __m512i total = sums_of_eight(both);
        uint64_t totals[8];
        float scores[8];
        _mm512_storeu_si512(totals, total);
        const float *factor = factors + i;
        for (int r = 0; r < rows; r++) {
            float ones = (float)(int32_t)(totals[r] >> 32), weighted = (float)(int32_t)totals[r];
            blank |= ones == 0 && factor[r] != 0;
            scores[r] = factor[r] * (2 * (low * ones + step * weighted) - sum);
        }
        memcpy(out + i, scores, sizeof *out * (size_t)rows);
    }
    return !blank;
}
#endif

MULTIVERSIONED static int sign_scores_plain(
    int64_t n, int words, const uint64_t *codes, const uint64_t *planes, float low, float step, float sum,
    const float *factors, float *out) {
    return words == 6 ? sign_scores(n, 6, codes, planes, low, step, sum, factors, out)
                      : sign_scores(n, words, codes, planes, low, step, sum, factors, out);
}

int kernel_sign_scores(
    int64_t n, int words, const uint64_t *codes, const uint64_t *planes, float low, float step, float sum,
    const float *factors, float *out) {
#if defined(__x86_64__)
    if (words <= 8 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vpopcntdq"))
        return sign_scores_avx512(n, words, codes, planes, low, step, sum, factors, out);
#endif
    return sign_scores_plain(n, words, codes, planes, low, step, sum, factors, out);
}

int64_t kernel_select(int64_t n, const float *scores, float least, int64_t first, int64_t *out) {
    int64_t count = 0;
    for (int64_t i = 0; i < n; i++) {
        out[count] = first + i;
        count += scores[i] >= least;
    }
    return count;
}

MULTIVERSIONED void kernel_gather_dots_int8(
    int64_t n, int d, const int8_t *rows, const float *scales, const int64_t *places, const int8_t *question, float scale,
    float *out) {
    enum { AHEAD = 8, LINE = 64 };
    for (int64_t i = 0; i < n; i++) {
        if (i + AHEAD < n) {
            __builtin_prefetch(scales + places[i + AHEAD]);
            for (int k = 0; k < d; k += LINE) __builtin_prefetch(rows + places[i + AHEAD] * d + k);
        }
        const int8_t *row = rows + places[i] * d;
        int32_t sum = 0;
        for (int k = 0; k < d; k++) sum += (int16_t)row[k] * (int16_t)question[k];
        out[i] = (float)sum * (scales[places[i]] * scale);
    }
}

// A row somewhere in memory takes longest to arrive: rows further on are asked for while one is summed.
MULTIVERSIONED void kernel_gather_dots(
    int64_t n, int d, const float *const *rows, const float *question, float *out) {
    enum { AHEAD = 4, LINE = 16 };
    for (int64_t i = 0; i < n; i++) {
        if (i + AHEAD < n)
            for (int k = 0; k < d; k += LINE) __builtin_prefetch(rows[i + AHEAD] + k);
        const float *row = rows[i];
        float sum = 0;
        for (int k = 0; k < d; k++) sum += row[k] * question[k];
        out[i] = sum;
    }
}

// sgemv of row-major rows stays behind the memory by a third; a plain row after row does not (benchmarks/results/scale.md).
MULTIVERSIONED void kernel_scan(int64_t n, int d, const float *rows, const float *question, float *out) {
    for (int64_t i = 0; i < n; i++) {
        const float *row = rows + i * d;
        float sum = 0;
        for (int k = 0; k < d; k++) sum += row[k] * question[k];
        out[i] = sum;
    }
}
