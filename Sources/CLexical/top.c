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

void lexical_weigh(rows *r, const lexical_lengths *lengths, double average_length) {
    // BM25 of a hit count: hits (k1 + 1) / (hits + k1 (1 - b + b length / average)), the same places in memory as whole numbers.
    for (int i = 0; i < r->count; i++) {
        uint32_t id = r->ids[i], tokens = id < lengths->count ? lengths->lengths[id] : 0;
        if (!tokens) tokens = lexical_length(lengths, id);
        double hits = r->hits[i];
        uint32_t part = (uint32_t)(hits / (hits + k1 * (1 - b + b * tokens / average_length)) * UINT32_MAX + 0.5);
        memcpy(&r->hits[i], &part, sizeof part);
    }
}

enum {
    WINDOW = 4096,       // ids summed at a time: their sums are 32 KB
    MAXIMUM_LISTS = 256
};

/// One pass: the first `driving` lists are walked through, the others looked up. Of use is only what reaches `floor`.
static int walk(
    lexical_pass *pass, const lexical_list *lists, int count, int driving, double floor, int prunes) {
    int at[MAXIMUM_LISTS] = {0};
    double reach[MAXIMUM_LISTS + 1];
    double sums[WINDOW];
    uint64_t touched[WINDOW / 64];
    // What the lists from i on can add at most: each less than IDF (k1 + 1).
    reach[count] = 0;
    for (int i = count - 1; i >= 0; i--) reach[i] = reach[i + 1] + pass->idf[i] * (k1 + 1);
    memset(touched, 0, sizeof touched);
    for (;;) {
        if (pass->count == pass->limit && pass->scores[0] > floor) floor = pass->scores[0];
        while (prunes && driving > 1 && reach[driving - 1] < floor) driving--;
        int64_t first = INT64_MAX;
        for (int i = 0; i < driving; i++)
            if (at[i] < lists[i].count && lists[i].ids[at[i]] < first) first = lists[i].ids[at[i]];
        if (first == INT64_MAX) return SQLITE_OK;
        int64_t end = first + WINDOW;
        for (int i = 0; i < driving; i++) {
            const lexical_list *list = &lists[i];
            double one = unit(pass->idf[i]);
            int k = at[i];
            for (; k < list->count && list->ids[k] < end; k++) {
                int64_t id = list->ids[k];
                int slot = (int)(id - first);
                double score = one * list->parts[k];
                uint64_t bit = (uint64_t)1 << (slot & 63);
                sums[slot] = touched[slot >> 6] & bit ? sums[slot] + score : score;
                touched[slot >> 6] |= bit;
            }
            at[i] = k;
        }
        for (int word = 0; word < WINDOW / 64; word++) {
            uint64_t bits = touched[word];
            touched[word] = 0;
            for (; bits; bits &= bits - 1) {
                int slot = word * 64 + __builtin_ctzll(bits);
                double score = sums[slot];
                pass->visited++;
                if (score + reach[driving] < floor) continue;
                int64_t id = first + slot;
                int i = driving;
                for (; i < count && score + reach[i] >= floor; i++) {
                    at[i] = lexical_gallop(lists[i].ids, lists[i].count, at[i], (uint32_t)id);
                    if (at[i] < lists[i].count && lists[i].ids[at[i]] == id)
                        score += unit(pass->idf[i]) * lists[i].parts[at[i]];
                }
                if (i < count || score < floor) continue;
                int status = lexical_push(pass, id, score);
                if (status != SQLITE_OK) return status;
                if (pass->count == pass->limit && pass->scores[0] > floor) floor = pass->scores[0];
            }
        }
    }
}

int lexical_top(lexical_pass *pass, const lexical_list *lists, int count, int prunes) {
    if (count > MAXIMUM_LISTS) return SQLITE_RANGE;
    double floor = -1;
    if (prunes && count > 1) {
        // The rarest phrases alone give a floor: no row's score is below the part of it that they make.
        int few = 1;
        int64_t rows = lists[0].count;
        while (few < count && rows < 4 * (int64_t)pass->limit) rows += lists[few++].count;
        if (few < count) {
            int status = walk(pass, lists, few, few, -1, 0);
            if (status != SQLITE_OK) return status;
            if (pass->count == pass->limit) floor = pass->scores[0];
            pass->count = 0;
        }
    }
    return walk(pass, lists, count, count, floor, prunes);
}

double lexical_score(const lexical_pass *pass, const lexical_list *lists, int count, uint32_t id) {
    double score = 0;
    for (int i = 0; i < count; i++) {
        int at = lexical_gallop(lists[i].ids, lists[i].count, 0, id);
        if (at == lists[i].count || lists[i].ids[at] != id) continue;
        score += unit(pass->idf[i]) * lists[i].parts[at];
    }
    return score;
}
