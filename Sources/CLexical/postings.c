#include "CLexical.h"
#include "segments.h"

#include <stdlib.h>
#include <string.h>

// ---- Terms.

static int copy_row(rows *out, const rows *from, int i, int with_places) {
    int status = reserve(out, with_places);
    if (status != SQLITE_OK) return status;
    out->ids[out->count] = from->ids[i];
    out->hits[out->count] = from->hits[i];
    if (with_places) {
        for (uint32_t k = i ? from->ends[i - 1] : 0; k < from->ends[i] && status == SQLITE_OK; k++)
            status = add_place(out, from->places[k]);
        out->ends[out->count] = (uint32_t)out->places_count;
    }
    out->count++;
    return status;
}

/// Both lists as one; of a row in both the newer's entry. `last`: rows without hits are left out.
static int merge(const rows *newer, const rows *older, int with_places, int last, rows *out) {
    int i = 0, j = 0, status = SQLITE_OK;
    while (status == SQLITE_OK && (i < newer->count || j < older->count)) {
        int takes_newer = i < newer->count && (j >= older->count || newer->ids[i] <= older->ids[j]);
        if (takes_newer && j < older->count && newer->ids[i] == older->ids[j]) j++;
        const rows *from = takes_newer ? newer : older;
        int place = takes_newer ? i++ : j++;
        if (!last || from->hits[place] > 0) status = copy_row(out, from, place, with_places);
    }
    return status;
}

static int read_term(
    reader *r, const char *token, int length, const float *weights, int columns, int with_places, rows *out) {
    // Every term of the main index begins with '0'.
    char *term = malloc((size_t)length + 1);
    if (!term) return SQLITE_NOMEM;
    term[0] = '0';
    memcpy(term + 1, token, (size_t)length);
    rows all = {0};
    int status = SQLITE_OK;
    // Oldest first: what a newer segment adds mostly comes after it.
    for (int i = r->segment_count - 1; i >= 0 && status == SQLITE_OK; i--) {
        rows one = {0};
        int before = all.count;
        rows *to = with_places && before ? &one : &all;
        status = read_segment(r, r->segments[i], term, length + 1, weights, columns, with_places, to);
        if (status != SQLITE_OK || before == 0 || to->count == (to == &all ? before : 0)) {
            clear_rows(&one);
            continue;
        }
        if (to == &all) {
            if (all.ids[before] > all.ids[before - 1]) continue;
            // It changes older rows: taken out again, and merged.
            int added = all.count - before;
            for (int k = 0; k < added && status == SQLITE_OK; k++) {
                status = reserve(&one, 0);
                if (status != SQLITE_OK) break;
                one.ids[k] = all.ids[before + k];
                one.hits[k] = all.hits[before + k];
                one.count++;
            }
            all.count = before;
        }
        rows merged = {0};
        if (status == SQLITE_OK) status = merge(&one, &all, with_places, 0, &merged);
        merged.dead = all.dead | one.dead;
        clear_rows(&all);
        clear_rows(&one);
        all = merged;
    }
    free(term);
    if (status == SQLITE_OK && all.dead) {
        rows none = {0};
        status = merge(&all, &none, with_places, 1, out);
        clear_rows(&all);
    } else {
        *out = all;
    }
    return status;
}

// ---- Phrases.

int lexical_gallop(const uint32_t *ids, int count, int from, uint32_t id) {
    int low = from, step = 1;
    if (low >= count || ids[low] >= id) return low;
    while (low + step < count && ids[low + step] < id) low += step, step *= 2;
    int high = low + step < count ? low + step : count;
    while (low + 1 < high) {
        int middle = low + (high - low) / 2;
        if (ids[middle] < id) low = middle; else high = middle;
    }
    return high;
}

int lexical_find(const uint32_t *ids, int count, uint32_t id) {
    if (count == 0 || id > ids[count - 1]) return count;
    if (id <= ids[0]) return 0;
    // Rows of a word lie about evenly: looked for from where it then would be, in doubling steps, and not by halves over the whole list.
    int guess = (int)((uint64_t)id * (uint64_t)(count - 1) / ids[count - 1]);
    if (ids[guess] < id) return lexical_gallop(ids, count, guess, id);
    int high = guess, step = 1;
    while (high - step >= 0 && ids[high - step] >= id) high -= step, step *= 2;
    int low = high - step < 0 ? -1 : high - step;
    while (low + 1 < high) {
        int middle = low + (high - low) / 2;
        if (ids[middle] < id) low = middle; else high = middle;
    }
    return high;
}

static int holds(const rows *r, int row, uint64_t place) {
    int low = row ? (int)r->ends[row - 1] : 0, high = (int)r->ends[row];
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (r->places[middle] < place) low = middle + 1; else high = middle;
    }
    return low < (int)r->ends[row] && r->places[low] == place;
}

/// Rows where the tokens follow one another, hits weighted by column.
static int join(rows *tokens, int count, const float *weights, int columns, rows *out) {
    int status = SQLITE_OK;
    int *at = calloc((size_t)count, sizeof *at);
    if (!at) return SQLITE_NOMEM;
    for (int i = 0; i < tokens[0].count && status == SQLITE_OK; i++) {
        uint32_t id = tokens[0].ids[i];
        int all = 1;
        for (int k = 1; k < count && all; k++) {
            at[k] = lexical_gallop(tokens[k].ids, tokens[k].count, at[k], id);
            all = at[k] < tokens[k].count && tokens[k].ids[at[k]] == id;
        }
        if (!all) continue;
        float sum = 0;
        for (uint32_t p = i ? tokens[0].ends[i - 1] : 0; p < tokens[0].ends[i]; p++) {
            uint64_t place = tokens[0].places[p];
            int follows = 1;
            for (int k = 1; k < count && follows; k++) follows = holds(&tokens[k], at[k], place + (uint64_t)k);
            if (follows) sum += place >> 32 < (uint64_t)columns ? weights[place >> 32] : 1;
        }
        if (!(sum > 0)) continue;
        status = reserve(out, 0);
        if (status != SQLITE_OK) break;
        out->ids[out->count] = id;
        out->hits[out->count++] = sum;
    }
    free(at);
    return status;
}

static int read_phrase(
    reader *r, const char *tokens, int length, const float *weights, int columns, rows *out) {
    int count = 0, status = SQLITE_OK;
    for (int i = 0; i < length; i++) count += tokens[i] == '\x1f';
    if (count == 0) return SQLITE_OK;
    const char *end = memchr(tokens, '\x1f', (size_t)length);
    if (count == 1) return read_term(r, tokens, (int)(end - tokens), weights, columns, 0, out);
    rows *each = calloc((size_t)count, sizeof *each);
    if (!each) return SQLITE_NOMEM;
    const char *token = tokens;
    for (int k = 0; k < count && status == SQLITE_OK; k++) {
        end = memchr(token, '\x1f', (size_t)(tokens + length - token));
        status = read_term(r, token, (int)(end - token), weights, columns, 1, &each[k]);
        token = end + 1;
    }
    if (status == SQLITE_OK) status = join(each, count, weights, columns, out);
    for (int k = 0; k < count; k++) clear_rows(&each[k]);
    free(each);
    return status;
}

int lexical_read(
    struct sqlite3 *db, const char *table, const char *tokens, int tokens_length, int phrases, const double *weights,
    int columns, const lexical_lengths *lengths, double average_length, lexical_list *out) {
    memset(out, 0, sizeof *out * (size_t)phrases);
    float narrow[16];
    if (columns > 16) return SQLITE_RANGE;
    for (int i = 0; i < columns; i++) narrow[i] = (float)weights[i];
    reader r = {0};
    int status = open_reader(db, table, &r);
    const char *at = tokens;
    for (int i = 0; i < phrases && status == SQLITE_OK; i++) {
        const char *end = memchr(at, '\x1e', (size_t)(tokens + tokens_length - at));
        if (!end) {
            status = SQLITE_CORRUPT;
            break;
        }
        rows found = {0};
        status = read_phrase(&r, at, (int)(end - at), narrow, columns, &found);
        if (status == SQLITE_OK) lexical_weigh(&found, lengths, average_length);
        // What is kept is kept long: no more than it needs.
        size_t bytes = sizeof(uint32_t) * (size_t)(found.count ? found.count : 1);
        uint32_t *ids = found.ids ? realloc(found.ids, bytes) : 0;
        float *parts = found.hits ? realloc(found.hits, bytes) : 0;
        out[i] = (lexical_list){ids ? ids : found.ids, (uint32_t *)(parts ? parts : found.hits), found.count, 0, 0, 0};
        if (found.count) lexical_bound(&out[i]);
        free(found.places);
        free(found.ends);
        at = end + 1;
    }
    close_reader(&r);
    return status;
}

void lexical_free(lexical_list *lists, int count) {
    for (int i = 0; i < count; i++) {
        free(lists[i].ids);
        free(lists[i].parts);
        free(lists[i].bounds);
        free(lists[i].places);
    }
}
