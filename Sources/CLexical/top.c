#include "CLexical.h"
#include "segments.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// As in FTS5's bm25().
static const double k1 = 1.2;
static const double b = 0.75;

uint32_t lexical_length(const lexical_lengths *lengths, int64_t id) {
    if (id < lengths->count && lengths->lengths[id]) return lengths->lengths[id];
    if (!lengths->size) return 0;
    sqlite3_bind_int64(lengths->size, 1, id);
    uint32_t sum = 0, number = 0;
    if (sqlite3_step(lengths->size) == SQLITE_ROW) {
        const unsigned char *p = sqlite3_column_blob(lengths->size, 0);
        int size = sqlite3_column_bytes(lengths->size, 0);
        // Varints of seven bits a byte, one a column.
        for (int i = 0; p && i < size; i++) {
            number = number << 7 | (p[i] & 0x7f);
            if (p[i] < 0x80) sum += number, number = 0;
        }
    }
    sqlite3_reset(lengths->size);
    return sum;
}

/// Of a list whose IDF this is, what one unit of `parts` adds to a score.
static inline double unit(double idf) { return idf * (k1 + 1) / UINT32_MAX; }

#if defined(__x86_64__) && defined(__linux__)
#define MULTIVERSIONED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MULTIVERSIONED
#endif

/// BM25 of hit counts: hits (k1 + 1) / (hits + k1 (1 - b + b length / average)), as parts of k1 + 1.
MULTIVERSIONED static void weigh(
    int count, const float *restrict hits, const uint32_t *restrict tokens, double average_length, uint32_t *restrict parts) {
    for (int i = 0; i < count; i++) {
        double h = hits[i];
        parts[i] = (uint32_t)(h / (h + k1 * (1 - b + b * tokens[i] / average_length)) * UINT32_MAX + 0.5);
    }
}

void lexical_weigh(rows *r, const lexical_lengths *lengths, double average_length) {
    // In blocks, for the parts stand in the same places in memory as the hits.
    enum { PART = 256 };
    uint32_t tokens[PART], parts[PART];
    for (int first = 0; first < r->count; first += PART) {
        int count = r->count - first < PART ? r->count - first : PART;
        for (int i = 0; i < count; i++) {
            uint32_t id = r->ids[first + i];
            tokens[i] = id < lengths->count ? lengths->lengths[id] : 0;
            if (!tokens[i]) tokens[i] = lexical_length(lengths, id);
        }
        weigh(count, r->hits + first, tokens, average_length, parts);
        memcpy(r->hits + first, parts, sizeof *parts * (size_t)count);
    }
}

enum {
    WINDOW = 4096,       // ids summed at a time: their sums are 8 KB
    LANES = 32,          // sums compared at a time
    BLOCK = 64,          // ids whose rows are counted to find a place
    WAITING = 40,        // rows found before they are scored: those of a block and some
    MAXIMUM_LISTS = LEXICAL_MOST_LISTS,
    BOUND_SHIFT = 25,    // a row's part is below (bound << BOUND_SHIFT); 0: it has none
    GREATEST_BOUND = 128
};

static uint8_t bound(uint32_t part) { return (uint8_t)(part >> BOUND_SHIFT) + 1; }

void lexical_bound(lexical_list *list) {
    // Rarer phrases are walked through as quickly.
    int count = list->count;
    if (count < WINDOW || (int64_t)count * 16 < (int64_t)list->ids[count - 1] + 1) return;
    // A window that begins at any of the rows ends in here, in a whole block.
    int64_t size = ((int64_t)list->ids[count - 1] + WINDOW + BLOCK - 1) / BLOCK * BLOCK;
    uint8_t *bounds = calloc((size_t)size, 1);
    uint32_t *places = malloc(sizeof *places * (size_t)(size / BLOCK));
    if (!bounds || !places) {
        free(bounds);
        free(places);
        return;
    }
    int64_t block = 0;
    for (int i = 0; i < count; i++) {
        bounds[list->ids[i]] = bound(list->parts[i]);
        while (block <= list->ids[i] / BLOCK) places[block++] = (uint32_t)i;
    }
    while (block < size / BLOCK) places[block++] = (uint32_t)count;
    list->bounds = bounds;
    list->bounds_size = size;
    list->places = places;
}

/// The place of a row that a list with bounds holds: without a search, from those before its block and the rows before it in there.
static inline int bounded_place(const lexical_list *list, uint32_t id) {
    const uint8_t *block = list->bounds + id / BLOCK * BLOCK;
    uint8_t before = 0;
    for (int k = 0; k < BLOCK; k++) before = (uint8_t)(before + (k < (int)(id % BLOCK) && block[k]));
    return (int)list->places[id / BLOCK] + before;
}

/// A row that may be among the best: where it stands in each list, -1 where it does not.
typedef struct {
    uint32_t id;
    int at[MAXIMUM_LISTS];
} found_row;

/// Finds a row in the lists, whose parts are asked for: they lie all over the memory, so several rows are found before one is scored.
/// `from`: in list i it stands there or later, if anywhere; null: anywhere.
static void find_row(const lexical_list *lists, int count, uint32_t id, const int *from, found_row *row) {
    row->id = id;
    for (int i = 0; i < count; i++) {
        const lexical_list *list = &lists[i];
        int at;
        if (list->bounds) {
            at = id < list->bounds_size && list->bounds[id] ? bounded_place(list, id) : -1;
        } else {
            at = from ? lexical_gallop(list->ids, list->count, from[i], id) : lexical_find(list->ids, list->count, id);
            if (at >= list->count || list->ids[at] != id) at = -1;
        }
        if (at >= 0) __builtin_prefetch(&list->parts[at]);
        row->at[i] = at;
    }
}

/// The score of a row, summed in the order of the lists.
static double row_score(const lexical_pass *pass, const lexical_list *lists, int count, const found_row *row) {
    double score = 0;
    for (int i = 0; i < count; i++)
        if (row->at[i] >= 0) score += unit(pass->idf[i]) * lists[i].parts[row->at[i]];
    return score;
}

MULTIVERSIONED static void add_bounds(const uint8_t *bounds, uint16_t weight, uint16_t *sums) {
    for (int slot = 0; slot < WINDOW; slot++) sums[slot] = (uint16_t)(sums[slot] + bounds[slot] * weight);
}

/// The first block from `block` on with a sum that is not below `least`; WINDOW where there is none.
MULTIVERSIONED static int block_reaching(const uint16_t *sums, int block, uint16_t least) {
    for (; block < WINDOW; block += LANES) {
        uint16_t any = 0;
        for (int l = 0; l < LANES; l++) any |= sums[block + l] >= least;
        if (any) break;
    }
    return block;
}

/// One pass over all rows, a window of ids at a time. Of use is only what reaches `floor`.
///
/// Which rows may reach it is found out in whole numbers that are never below the score; those few are then scored as such.
static int walk(lexical_pass *pass, const lexical_list *lists, int count, double floor) {
    int from[MAXIMUM_LISTS], at[MAXIMUM_LISTS] = {0};
    uint16_t weight[MAXIMUM_LISTS], sums[WINDOW] __attribute__((aligned(64)));
    found_row waiting[WAITING];
    int reach[MAXIMUM_LISTS + 1];
    double all = 0;
    for (int i = 0; i < count; i++) all += pass->idf[i] * (k1 + 1);
    // The unit of the sums: no row's exceeds 16 bits, each weight being rounded up.
    double factor = all > 0 ? (UINT16_MAX - count * GREATEST_BOUND) / all : 0;
    reach[count] = 0;
    for (int i = count - 1; i >= 0; i--) {
        weight[i] = (uint16_t)(pass->idf[i] * (k1 + 1) * factor / GREATEST_BOUND) + 1;
        reach[i] = reach[i + 1] + weight[i] * GREATEST_BOUND;
    }
    // Lists from there on cannot lift a row over the floor: windows without a row of the others are passed over.
    int driving = count;
    int64_t end = 0;
    for (;;) {
        if (pass->count == pass->limit && pass->scores[0] > floor) floor = pass->scores[0];
        int least = floor > 0 ? (int)(floor * factor) : 0;
        while (driving > 1 && reach[driving - 1] < least) driving--;
        int64_t next = INT64_MAX;
        for (int i = 0; i < driving; i++) {
            const lexical_list *list = &lists[i];
            // A frequent phrase has rows in nearly every window.
            int64_t id = list->bounds ? (end <= list->ids[list->count - 1] ? end : INT64_MAX)
                : at[i] < list->count ? list->ids[at[i]] : INT64_MAX;
            if (id < next) next = id;
        }
        if (next == INT64_MAX) return SQLITE_OK;
        uint32_t first = (uint32_t)next;
        end = next + WINDOW;
        memset(sums, 0, sizeof sums);
        for (int i = 0; i < count; i++) {
            const lexical_list *list = &lists[i];
            if (list->bounds) {
                if (first <= list->ids[list->count - 1]) add_bounds(list->bounds + first, weight[i], sums);
                continue;
            }
            int k = from[i] = lexical_gallop(list->ids, list->count, at[i], first);
            for (; k < list->count; k++) {
                uint32_t slot = list->ids[k] - first;
                if (slot >= WINDOW) break;
                sums[slot] = (uint16_t)(sums[slot] + bound(list->parts[k]) * weight[i]);
            }
            at[i] = k;
        }
        int found = 0;
        for (int block = 0; block < WINDOW; block += LANES) {
            block = block_reaching(sums, block, (uint16_t)(least > 1 ? least : 1));
            for (int slot = block; slot < block + LANES && slot < WINDOW; slot++) {
                if (!sums[slot] || sums[slot] < least) continue;
                pass->visited++;
                find_row(lists, count, first + (uint32_t)slot, from, &waiting[found++]);
            }
            // A block more may be found beside these.
            if (found + LANES <= WAITING && block + LANES < WINDOW) continue;
            for (int i = 0; i < found; i++) {
                double score = row_score(pass, lists, count, &waiting[i]);
                if (score < floor) continue;
                int status = lexical_push(pass, waiting[i].id, score);
                if (status != SQLITE_OK) return status;
                if (pass->count == pass->limit && pass->scores[0] > floor) {
                    floor = pass->scores[0];
                    least = (int)(floor * factor);
                }
            }
            found = 0;
        }
    }
}

/// All rows summed as they stand in the lists, in their order: what is asked for where all scores are wanted.
static int sum_all(lexical_pass *pass, const lexical_list *lists, int count) {
    int at[MAXIMUM_LISTS] = {0};
    double sums[WINDOW];
    for (;;) {
        int64_t next = INT64_MAX;
        for (int i = 0; i < count; i++)
            if (at[i] < lists[i].count && lists[i].ids[at[i]] < next) next = lists[i].ids[at[i]];
        if (next == INT64_MAX) return SQLITE_OK;
        uint32_t first = (uint32_t)next;
        memset(sums, 0, sizeof sums);
        for (int i = 0; i < count; i++) {
            double one = unit(pass->idf[i]);
            for (; at[i] < lists[i].count; at[i]++) {
                uint32_t slot = lists[i].ids[at[i]] - first;
                if (slot >= WINDOW) break;
                sums[slot] += one * lists[i].parts[at[i]];
            }
        }
        for (int slot = 0; slot < WINDOW; slot++) {
            if (!(sums[slot] > 0)) continue;
            pass->visited++;
            int status = lexical_push(pass, first + (uint32_t)slot, sums[slot]);
            if (status != SQLITE_OK) return status;
        }
    }
}

int lexical_top(lexical_pass *pass, const lexical_list *lists, int count, int prunes) {
    if (count > MAXIMUM_LISTS) return SQLITE_RANGE;
    if (!prunes) return sum_all(pass, lists, count);
    double floor = -1;
    if (count > 1) {
        // The rarest phrases alone give a floor: no row's score is below the part of it that they make.
        int few = 1;
        int64_t rows = lists[0].count;
        while (few < count && rows < 4 * (int64_t)pass->limit) rows += lists[few++].count;
        if (few < count) {
            int status = walk(pass, lists, few, -1);
            if (status != SQLITE_OK) return status;
            if (pass->count == pass->limit) floor = pass->scores[0];
            pass->count = 0;
        }
    }
    return walk(pass, lists, count, floor);
}

double lexical_score(const lexical_pass *pass, const lexical_list *lists, int count, uint32_t id) {
    found_row row;
    find_row(lists, count, id, 0, &row);
    return row_score(pass, lists, count, &row);
}
