#include "segments.h"

#include <stdlib.h>
#include <string.h>

// FTS5's own tables as ext/fts5/fts5_index.c describes them ("TERM/DOCLIST FORMAT", "PAGE FORMAT"), file version 4.
// A segment is a row of leaf pages by rising term; the newest segment that holds a row of a term says what stands there.


static int varint(const unsigned char *p, uint64_t *out) {
    uint64_t value = 0;
    for (int i = 0; i < 8; i++) {
        value = value << 7 | (p[i] & 0x7f);
        if (p[i] < 0x80) {
            *out = value;
            return i + 1;
        }
    }
    *out = value << 8 | p[8];
    return 9;
}

static inline int small_varint(const unsigned char *p, uint64_t *out) {
    if (p[0] < 0x80) {
        *out = p[0];
        return 1;
    }
    if (p[1] < 0x80) {
        *out = (uint64_t)(p[0] & 0x7f) << 7 | p[1];
        return 2;
    }
    return varint(p, out);
}

/// The same of numbers that mostly have one or two bytes, in no order that a processor could foresee: no branch between these.
static inline int short_varint(const unsigned char *p, uint64_t *out) {
    uint32_t first = p[0], second = p[1], two = first >> 7;
    if (two & second >> 7) return varint(p, out);
    *out = two ? (first & 0x7f) << 7 | second : first;
    return 1 + (int)two;
}

void clear_rows(rows *r) {
    free(r->ids);
    free(r->hits);
    free(r->places);
    free(r->ends);
    memset(r, 0, sizeof *r);
}

int reserve(rows *r, int with_places) {
    if (r->count < r->capacity) return SQLITE_OK;
    int capacity = r->capacity ? r->capacity * 2 : 1024;
    uint32_t *ids = realloc(r->ids, sizeof *ids * (size_t)capacity);
    if (ids) r->ids = ids;
    float *hits = realloc(r->hits, sizeof *hits * (size_t)capacity);
    if (hits) r->hits = hits;
    uint32_t *ends = with_places ? realloc(r->ends, sizeof *ends * (size_t)capacity) : 0;
    if (ends) r->ends = ends;
    if (!ids || !hits || (with_places && !ends)) return SQLITE_NOMEM;
    r->capacity = capacity;
    return SQLITE_OK;
}

int add_place(rows *r, uint64_t place) {
    if (r->places_count == r->places_capacity) {
        int capacity = r->places_capacity ? r->places_capacity * 2 : 4096;
        uint64_t *places = realloc(r->places, sizeof *places * (size_t)capacity);
        if (!places) return SQLITE_NOMEM;
        r->places = places;
        r->places_capacity = capacity;
    }
    r->places[r->places_count++] = place;
    return SQLITE_OK;
}

// ---- Pages.

static int load(reader *r, segment s, int number) {
    r->size = 0;
    if (number > s.last) return SQLITE_CORRUPT;
    sqlite3_bind_int64(r->page, 1, ((sqlite3_int64)s.id << 37) + number);
    int status = sqlite3_step(r->page);
    if (status == SQLITE_ROW) {
        const unsigned char *bytes = sqlite3_column_blob(r->page, 0);
        int size = sqlite3_column_bytes(r->page, 0);
        if (bytes && size >= 4 && size <= LARGEST_PAGE) {
            memcpy(r->bytes, bytes, (size_t)size);
            memset(r->bytes + size, 0, PADDING);
            r->size = size;
            r->leaf = r->bytes[2] << 8 | r->bytes[3];
            r->at = s;
            r->number = number;
        }
    }
    sqlite3_reset(r->page);
    if (status != SQLITE_ROW) return status == SQLITE_DONE ? SQLITE_CORRUPT : status;
    return r->size && r->leaf >= 4 && r->leaf <= r->size ? SQLITE_OK : SQLITE_CORRUPT;
}

/// The segments, newest first. SQLITE_RANGE: a layout of another version.
static int read_structure(reader *r) {
    sqlite3_bind_int64(r->page, 1, 10);
    int status = sqlite3_step(r->page);
    if (status != SQLITE_ROW) {
        sqlite3_reset(r->page);
        return status == SQLITE_DONE ? SQLITE_CORRUPT : status;
    }
    int size = sqlite3_column_bytes(r->page, 0);
    const unsigned char *blob = sqlite3_column_blob(r->page, 0);
    unsigned char *copy = blob && size >= 4 ? calloc(1, (size_t)size + PADDING) : 0;
    if (copy) memcpy(copy, blob, (size_t)size);
    sqlite3_reset(r->page);
    if (!copy) return SQLITE_CORRUPT;
    status = SQLITE_OK;
    uint64_t levels = 0, total = 0, value = 0, count = 0;
    int at = 4;
    if (!memcmp(copy + at, "\xFF\x00\x00\x01", 4)) status = SQLITE_RANGE;
    at += varint(copy + at, &levels);
    at += varint(copy + at, &total);
    at += varint(copy + at, &value);
    if (status == SQLITE_OK && (levels > 1000 || total > 2000)) status = SQLITE_CORRUPT;
    if (status == SQLITE_OK) r->segments = calloc((size_t)total + 1, sizeof *r->segments);
    if (status == SQLITE_OK && !r->segments) status = SQLITE_NOMEM;
    for (uint64_t level = 0; level < levels && status == SQLITE_OK; level++) {
        if (at >= size) status = SQLITE_CORRUPT;
        else {
            at += varint(copy + at, &value);
            at += varint(copy + at, &count);
        }
        if (count > total - (uint64_t)r->segment_count) status = SQLITE_CORRUPT;
        for (uint64_t i = 0; i < count && status == SQLITE_OK; i++) {
            if (at >= size) {
                status = SQLITE_CORRUPT;
                break;
            }
            uint64_t id, first, last;
            at += varint(copy + at, &id);
            at += varint(copy + at, &first);
            at += varint(copy + at, &last);
            // Within a level they come oldest first.
            segment *place = &r->segments[(uint64_t)r->segment_count + count - 1 - i];
            *place = (segment){(int)id, (int)first, (int)last};
        }
        if (status == SQLITE_OK) r->segment_count += (int)count;
    }
    free(copy);
    return status;
}

/// Finds a term in a segment: the page is loaded, `offset` is where its rows begin, `end` where they end on this page.
/// SQLITE_NOTFOUND when the segment has no such term.
static int seek_term(reader *r, segment s, const char *term, int length, int *offset, int *end) {
    sqlite3_bind_int(r->find, 1, s.id);
    sqlite3_bind_blob(r->find, 2, term, length, SQLITE_STATIC);
    int status = sqlite3_step(r->find);
    int number = status == SQLITE_ROW ? (int)(sqlite3_column_int64(r->find, 0) >> 1) : 0;
    sqlite3_reset(r->find);
    if (status != SQLITE_ROW && status != SQLITE_DONE) return status;
    status = load(r, s, number < s.first ? s.first : number);
    if (status != SQLITE_OK) return status;
    const unsigned char *p = r->bytes;
    // Terms share a beginning with the one before; `matched` is how much of ours the last one had.
    uint64_t place = 0, step, keep = 0, added;
    int matched = 0;
    for (int footer = r->leaf, first = 1; footer < r->size; first = 0) {
        footer += small_varint(p + footer, &step);
        place += step;
        if (place < 4 || place >= (uint64_t)r->leaf) return SQLITE_CORRUPT;
        int at = (int)place;
        keep = 0;
        if (!first) at += small_varint(p + at, &keep);
        at += small_varint(p + at, &added);
        if (at + (int64_t)added > r->leaf) return SQLITE_CORRUPT;
        if ((int)keep < matched) return SQLITE_NOTFOUND;
        if ((int)keep == matched) {
            int i = 0;
            while (i < (int)added && matched < length && p[at + i] == (unsigned char)term[matched]) i++, matched++;
            if (matched == length) {
                if (i != (int)added) return SQLITE_NOTFOUND;
                *offset = at + (int)added;
                *end = r->leaf;
                if (footer < r->size) {
                    small_varint(p + footer, &step);
                    *end = (int)(place + step);
                }
                return *end <= r->leaf && *end >= *offset ? SQLITE_OK : SQLITE_CORRUPT;
            }
            if (i < (int)added && p[at + i] > (unsigned char)term[matched]) return SQLITE_NOTFOUND;
        }
    }
    return SQLITE_NOTFOUND;
}

/// Goes on to the page where the list of rows does; SQLITE_NOTFOUND when it has ended.
static int next_rows(reader *r, int *offset, int *end) {
    for (;;) {
        if (r->number >= r->at.last) return SQLITE_NOTFOUND;
        int status = load(r, r->at, r->number + 1);
        if (status != SQLITE_OK) return status;
        int first = r->bytes[0] << 8 | r->bytes[1];
        uint64_t term = 0;
        if (r->leaf < r->size) small_varint(r->bytes + r->leaf, &term);
        if (first) {
            *offset = first;
            *end = term ? (int)term : r->leaf;
            return first >= 4 && first < *end && *end <= r->leaf ? SQLITE_OK : SQLITE_CORRUPT;
        }
        if (term) return SQLITE_NOTFOUND;
    }
}

/// A list of places that goes on over the next pages; the last of these stays loaded.
static int gather(reader *r, int offset, int length) {
    if (length > r->spanning_capacity) {
        unsigned char *grown = realloc(r->spanning, (size_t)length + PADDING);
        if (!grown) return SQLITE_NOMEM;
        r->spanning = grown;
        r->spanning_capacity = length;
    }
    int have = 0;
    for (;;) {
        int part = r->leaf - offset < length - have ? r->leaf - offset : length - have;
        if (part > 0) memcpy(r->spanning + have, r->bytes + offset, (size_t)part);
        have += part > 0 ? part : 0;
        if (have == length) break;
        if (r->number >= r->at.last) return SQLITE_CORRUPT;
        int status = load(r, r->at, r->number + 1);
        if (status != SQLITE_OK) return status;
        offset = 4;
    }
    memset(r->spanning + length, 0, PADDING);
    return SQLITE_OK;
}

// ---- Rows of a term.

#define ONES 0x0101010101010101ull
#define TOPS 0x8080808080808080ull

/// The weighted hits of a short list of places in one column, eight bytes at once: every place's last byte is below 0x80. 0 where it is not
/// such a list. PADDING lies behind.
static inline float short_hits(const unsigned char *p, int size, const float *weights, int columns) {
    uint64_t bytes;
    memcpy(&bytes, p, sizeof bytes);
    if (size > 8 || size < 1 || p[size - 1] >= 0x80) return 0;
    bytes |= size < 8 ? ~0ull << 8 * size : 0;
    int column = 0;
    if (p[0] == 1) {
        column = p[1];
        bytes = bytes >> 16 | ~0ull << 48;
    }
    uint64_t marks = bytes ^ ONES;
    // A further column.
    if (column >= columns || (marks - ONES) & ~marks & TOPS) return 0;
    return (float)(((~bytes & TOPS) >> 7) * ONES >> 56) * weights[column];
}

/// Adds a row with the hits that stand between `p` and `end`.
static inline int add_row(
    rows *out, uint32_t id, const unsigned char *p, const unsigned char *end, const float *weights, int columns,
    int with_places) {
    int status = out->count < out->capacity ? SQLITE_OK : reserve(out, with_places);
    if (status != SQLITE_OK) return status;
    float sum = 0;
    float weight = columns > 0 ? weights[0] : 1;
    uint64_t column = 0, place = 0, value;
    while (p < end) {
        if (*p == 1) {
            p++;
            p += small_varint(p, &column);
            weight = column < (uint64_t)columns ? weights[column] : 1;
            place = 0;
            continue;
        }
        if (with_places) {
            p += small_varint(p, &value);
            place += value - 2;
            status = add_place(out, column << 32 | place);
            if (status != SQLITE_OK) return status;
        } else {
            while (*p >= 0x80) p++;
            p++;
        }
        sum += weight;
    }
    if (p != end) return SQLITE_CORRUPT;
    out->dead |= !(sum > 0);
    out->ids[out->count] = id;
    out->hits[out->count] = sum;
    if (with_places) out->ends[out->count] = (uint32_t)out->places_count;
    out->count++;
    return SQLITE_OK;
}

int read_segment(
    reader *r, segment s, const char *term, int length, const float *weights, int columns, int with_places, rows *out) {
    // Without pages: the input of a merge that goes on, used up before the others.
    if (s.first == 0) return SQLITE_OK;
    int offset, end;
    int status = seek_term(r, s, term, length, &offset, &end);
    if (status == SQLITE_NOTFOUND) return SQLITE_OK;
    uint64_t id = 0, step, size;
    int absolute = 1, before = out->count;
    while (status == SQLITE_OK) {
        if (offset >= end) {
            // Only the last list of a page goes on.
            if (end < r->leaf) break;
            status = next_rows(r, &offset, &end);
            absolute = 1;
            continue;
        }
        offset += short_varint(r->bytes + offset, &step);
        id = absolute ? step : id + step;
        absolute = 0;
        offset += small_varint(r->bytes + offset, &size);
        size >>= 1;
        if (id > UINT32_MAX) return SQLITE_RANGE;
        if (offset > r->leaf || size > INT32_MAX / 2 || (out->count > before && id <= out->ids[out->count - 1]))
            return SQLITE_CORRUPT;
        if (offset + (int)size <= r->leaf) {
            const unsigned char *p = r->bytes + offset;
            float hits = with_places || out->count == out->capacity ? 0 : short_hits(p, (int)size, weights, columns);
            if (hits > 0) {
                out->ids[out->count] = (uint32_t)id;
                out->hits[out->count++] = hits;
            } else status = add_row(out, (uint32_t)id, p, p + size, weights, columns, with_places);
            offset += (int)size;
        } else {
            status = gather(r, offset, (int)size);
            if (status == SQLITE_OK)
                status = add_row(
                    out, (uint32_t)id, r->spanning, r->spanning + size, weights, columns, with_places);
            if (status != SQLITE_OK) break;
            // The page at hand says where the next row begins, if one does before the next term.
            int first = r->bytes[0] << 8 | r->bytes[1];
            uint64_t next = 0;
            if (r->leaf < r->size) small_varint(r->bytes + r->leaf, &next);
            absolute = 1;
            if (first) {
                offset = first;
                end = next ? (int)next : r->leaf;
                if (first < 4 || first >= end || end > r->leaf) status = SQLITE_CORRUPT;
            } else if (next) {
                break;
            } else {
                status = next_rows(r, &offset, &end);
            }
        }
    }
    return status == SQLITE_NOTFOUND ? SQLITE_OK : status;
}

// ---- Opening.

static int prepare(sqlite3 *db, const char *format, const char *table, sqlite3_stmt **out) {
    char *sql = sqlite3_mprintf(format, table);
    if (!sql) return SQLITE_NOMEM;
    int status = sqlite3_prepare_v2(db, sql, -1, out, 0);
    sqlite3_free(sql);
    return status;
}

int open_reader(sqlite3 *db, const char *table, reader *r) {
    sqlite3_stmt *version = 0;
    int status = prepare(db, "SELECT v FROM \"%w_config\" WHERE k = 'version'", table, &version);
    if (status == SQLITE_OK) {
        int step = sqlite3_step(version);
        if (step != SQLITE_ROW && step != SQLITE_DONE) status = step;
        else if (step == SQLITE_DONE || sqlite3_column_int(version, 0) != 4) status = SQLITE_RANGE;
    }
    sqlite3_finalize(version);
    if (status == SQLITE_OK) status = prepare(db, "SELECT block FROM \"%w_data\" WHERE id = ?1", table, &r->page);
    if (status == SQLITE_OK)
        status = prepare(
            db, "SELECT pgno FROM \"%w_idx\" WHERE segid = ?1 AND term <= ?2 ORDER BY term DESC LIMIT 1", table, &r->find);
    r->bytes = malloc(LARGEST_PAGE + PADDING);
    if (!r->bytes) status = SQLITE_NOMEM;
    if (status == SQLITE_OK) status = read_structure(r);
    return status;
}

void close_reader(reader *r) {
    sqlite3_finalize(r->page);
    sqlite3_finalize(r->find);
    free(r->segments);
    free(r->bytes);
    free(r->spanning);
}
