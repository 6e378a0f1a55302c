// Small numeric and Unicode kernels in plain C: Swift's own code generation for baseline x86-64 is SSE2, these are compiled once per
// instruction set and the loader picks the best for the processor at hand (one portable version elsewhere).
#ifndef CKERNELS_H
#define CKERNELS_H
#include <stdint.h>

// ---- The process

/// Makes the program's writable data its own at once. A page that is read first and written later is mapped anew, of which every
/// processor that runs a thread must be told: in a virtual machine a few microseconds each time. Before the first thread is started.
void process_populate_data(void);

/// Asks the kernel to read a mapped file in pieces as large as it has: pages of 4 KB that are read one by one cost a question 3 ms to map, in
/// every process until they are read anew. A hint; nothing happens where it cannot be taken.
void process_use_large_pages(const void *start, int64_t size);

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

/// The same on columns `column`..<`column` + n of a packed x(T, columns) (see `kernel_pack_rows`); bias(n).
void kernel_bias_gelu_packed(int level, float *x, const float *bias, int T, int columns, int column, int n);

/// x(T, ld) += bias(C) on the first C columns of each row.
void kernel_add_bias(float *x, const float *bias, int T, int C, int ld);

/// x(R, n), rows `ld` apart: each row becomes softmax(scale * row).
void kernel_softmax(float *x, int R, int n, int ld, float scale);

/// sum(C) += x(T, C) over T.
void kernel_add_rows(float *sum, const float *x, int T, int C);

// ---- Products of an encoder; `ld` is the distance between the starts of two rows. Every number is one sum along k, the same to the last
// bit whatever else is computed with it. Each takes a level of this processor:

/// The fastest level. 2: AVX-512, 1: AVX2 with FMA, 0: what every processor of this architecture has.
int kernel_products_level(void);

/// Packs rows `row`..<`row_end` and columns `column`..<`column_end` of a(m, k) for `kernel_products`, which needs m * k numbers, m rounded up
/// to a multiple of 32, and all of them packed. Both bounds of the rows are multiples of 32, or the last is m.
void kernel_pack_rows(
    int level, int m, int k, int row, int row_end, int column, int column_end, const float *a, int lda, float *packed);

/// c(m, n) = a(m, k) w(n, k)^T, with a packed.
void kernel_products(
    int level, int m, int n, int k, const float *packed, const float *w, int ldw, float *c, int ldc);

/// As above into columns `column`..<`column` + n of a packed c(m, columns).
void kernel_packed_products(
    int level, int m, int n, int k, const float *packed, const float *w, int ldw, float *c, int columns, int column);

/// Rows that a panel of packed ones holds, a last one that is no more than half full half as many: column after column.
int kernel_panel_rows(int level);

/// c(m, n) = a(m, k) b(k, n).
void kernel_mix_rows(
    int level, int m, int n, int k, const float *a, int lda, const float *b, int ldb, float *c, int ldc);

/// out(n) = rows(n, d) question(d): as fast as the rows come from memory.
void kernel_scan(int64_t n, int d, const float *rows, const float *question, float *out);

/// The same of rows anywhere in memory.
void kernel_gather_dots(int64_t n, int d, const float *const *rows, const float *question, float *out);

/// out(n) = rows(n, d) x(d); a number is a printable byte b, scale * q * |q| / 45^2 with q = b - 81, a line feed after every `line`.
void kernel_packed_dots(int n, int d, int line, const uint8_t *text, float scale, const float *x, float *out);

/// out(n) = rows(n, d) question(d) in whole numbers, exact for d up to 133,000.
void kernel_dots_int8(int64_t n, int d, const int8_t *rows, const int8_t *question, int32_t *out);

/// The same of some rows, times scales[place] * scale.
void kernel_gather_dots_int8(
    int64_t n, int d, const int8_t *rows, const float *scales, const int64_t *places, const int8_t *question, float scale,
    float *out);

/// Estimates of inner products from signs: out[i] = factors[i] * (2 * (sum of the question's numbers where row i has a bit) - sum).
///
/// Returns 0 where some row has no bit but a factor, which no row of numbers has: damage.
///
/// codes(n, words): a bit a number. planes(4, words): the question's numbers rounded to low + step * (0...15), bit j of all in plane j.
int kernel_sign_scores(
    int64_t n, int words, const uint64_t *codes, const uint64_t *planes, float low, float step, float sum,
    const float *factors, float *out);

/// The places (from `first` on) of scores that are not below `least`, rising, into out, which holds n + 1; how many they are.
int64_t kernel_select(int64_t n, const float *scores, float least, int64_t first, int64_t *out);

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
