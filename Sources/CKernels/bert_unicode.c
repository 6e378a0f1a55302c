#include "CKernels.h"
#include "bert_unicode_tables.h"

uint8_t bert_scalar_flags(uint32_t c) {
    return c < 0x110000 ? bert_flags[bert_index[c >> 7] * 128 + (c & 127)] : BERT_DROP;
}

// The position of `key` in rising `keys`, or -1.
static int find(const uint32_t *keys, int count, uint32_t key) {
    int low = 0, high = count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (keys[middle] < key) low = middle + 1; else high = middle;
    }
    return low < count && keys[low] == key ? low : -1;
}

static int expand(const uint32_t *values, const uint16_t *offsets, int at, uint32_t out[4]) {
    if (at < 0) return 0;
    int n = offsets[at + 1] - offsets[at];
    for (int i = 0; i < n; i++) out[i] = values[offsets[at] + i];
    return n;
}

int bert_decompose(uint32_t c, uint32_t out[4]) {
    if (c >= 0xAC00 && c < 0xD7A4) {  // Hangul syllables: The Unicode Standard, section 3.12
        uint32_t i = c - 0xAC00;
        out[0] = 0x1100 + i / 588;
        out[1] = 0x1161 + i % 588 / 28;
        out[2] = 0x11A7 + i % 28;
        return i % 28 ? 3 : 2;
    }
    return expand(bert_decomposition_values, bert_decomposition_offsets,
                  find(bert_decomposition_keys, BERT_DECOMPOSITION_COUNT, c), out);
}

int bert_lower(uint32_t c, uint32_t out[4]) {
    return expand(bert_lower_values, bert_lower_offsets, find(bert_lower_keys, BERT_LOWER_COUNT, c), out);
}

uint8_t bert_combining_class(uint32_t c) {
    int at = find(bert_class_keys, BERT_CLASS_COUNT, c);
    return at < 0 ? 0 : bert_class_values[at];
}
