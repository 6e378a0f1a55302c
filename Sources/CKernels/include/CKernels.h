// Small numeric and Unicode kernels in plain C: Swift's own code generation for baseline x86-64 is SSE2, these are compiled once per
// instruction set and the loader picks the best for the processor at hand (one portable version elsewhere).
#ifndef CKERNELS_H
#define CKERNELS_H
#include <stdint.h>

// ---- The process

/// Makes the program's writable data its own at once. A page that is read first and written later is mapped anew, of which every
/// processor that runs a thread must be told: in a virtual machine a few microseconds each time. Before the first thread is started.
void process_populate_data(void);

/// Reads a byte of every 16 KB between two places.
void process_touch(const void *start, const void *end);

/// Begins a thread of its own on another processor than the caller's, where one may be used; later it may run anywhere. The scheduler
/// often begins it where its maker runs and leaves it there to wait for a time slice of 3 ms, beside an idle processor.
///
/// Returns 0, or -1 where no thread can be had.
int process_begin_thread(void (*body)(void *), void *argument);

// ---- Elementwise parts of a transformer layer. T tokens, C channels; rows are contiguous.

/// y(T, C) = layer norm over C of (x(T, C) + residual(T, C) + bias(C)), scaled by gain(C) and shifted by shift(C).
/// `y` may be `x` or `residual`; `residual` and `bias` may be null.
void kernel_layer_norm(
    float *y, const float *x, const float *residual, const float *bias, const float *gain, const float *shift,
    int T, int C, float epsilon);

/// x(T, ld) = gelu(x + bias(C)) on the first C columns of each row; gelu(v) = v/2 (1 + erf(v/sqrt 2)), absolute error below 1e-6.
void kernel_bias_gelu(float *x, const float *bias, int T, int C, int ld);

/// x(T, ld) += bias(C) on the first C columns of each row.
void kernel_add_bias(float *x, const float *bias, int T, int C, int ld);

/// x(R, n), rows `ld` apart: each row becomes softmax(scale * row).
void kernel_softmax(float *x, int R, int n, int ld, float scale);

/// sum(C) += x(T, C) over T.
void kernel_add_rows(float *sum, const float *x, int T, int C);

// ---- Products for few rows m (short texts); `ld` is the distance between the starts of two rows.

/// The instruction set that `kernel_dots` takes: 2 AVX-512, 1 AVX2, 0 what every processor has.
int kernel_dots_level(void);

/// c(m, n) = a(m, k) w(n, k)^T. n must be a multiple of 4 and k of 16.
void kernel_dots(int m, int n, int k, const float *a, int lda, const float *w, int ldw, float *c, int ldc);

/// out(n) = rows(n, d) question(d): as fast as the rows come from memory.
void kernel_scan(int64_t n, int d, const float *rows, const float *question, float *out);
/// c(m, n) = a(m, k) b(k, n). n must be a multiple of 16.
void kernel_mix_rows(int m, int n, int k, const float *a, int lda, const float *b, int ldb, float *c, int ldc);

/// out(n) = rows(n, d) x(d); a number is a printable byte b, scale * q * |q| / 45^2 with q = b - 81, a line feed after every `line`.
void kernel_packed_dots(int n, int d, int line, const uint8_t *text, float scale, const float *x, float *out);

/// out(n) = rows(n, d) question(d) in whole numbers, exact for d up to 133,000.
void kernel_dots_int8(int64_t n, int d, const int8_t *rows, const int8_t *question, int32_t *out);

// ---- Products of rounded numbers. An input x is scale * (q - zero), one scale and zero a row; a weight is scale * q, one scale an output
// channel. Sums are whole numbers and exact (k up to 66,000), so every level gives the same result to the last bit.

/// Rounds w(n, k) to -127...127 and packs it, n * k bytes: sixteen output channels together, four inputs of each side by side. n must be a
/// multiple of 16 and k of 4. `sums`(n) are the sums of the rounded weights of each channel.
void kernel_pack_int8(int n, int k, const float *w, int8_t *packed, float *scales, int32_t *sums);

/// Rounds rows of x(m, k), `ldx` apart, to 0...255 into contiguous rows of bytes; zero keeps a byte of its own.
void kernel_quantize_rows(int m, int k, const float *x, int ldx, uint8_t *q, float *scales, int32_t *zeros);

/// The fastest level of this processor. 2: AVX-512 with VNNI, 1: AVX2, 0: what every processor of this architecture has.
int kernel_int8_level(void);

/// y(m, n) = a(m, k) w(n, k)^T of what the two functions above have made; rows of y are `ldy` apart.
void kernel_int8_products(
    int level, int m, int n, int k, const uint8_t *a, const float *scales, const int32_t *zeros, const int8_t *w,
    const float *channel, const int32_t *sums, float *y, int ldy);

// ---- What Hugging Face's BERT normalizer does with one Unicode scalar; tables by scripts/reference/unicode_tables.py.

enum {
    BERT_DROP = 1,         // removed by text cleaning: controls, formats, unassigned, U+FFFD
    BERT_SPACE = 2,        // white space
    BERT_PUNCTUATION = 4,  // a token of its own
    BERT_CJK = 8,          // an ideograph: a word of its own
    BERT_MARK = 16,        // non-spacing mark: removed when accents are stripped
    BERT_DECOMPOSES = 32,  // has a canonical decomposition
    BERT_LOWERS = 64,      // differs from its lower case
    BERT_REORDERS = 128,   // has a non-zero canonical combining class
};
uint8_t bert_scalar_flags(uint32_t scalar);
/// Writes the full canonical decomposition (at most 4 scalars) and returns its length; 0 if there is none.
int bert_decompose(uint32_t scalar, uint32_t out[4]);
/// Writes the lower case (at most 4 scalars) and returns its length; 0 if there is none.
int bert_lower(uint32_t scalar, uint32_t out[4]);
/// Canonical combining class of a mark that accent stripping keeps; 0 for any other scalar.
uint8_t bert_combining_class(uint32_t scalar);
#endif
