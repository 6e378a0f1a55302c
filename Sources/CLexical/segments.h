// Between segments.c, which reads FTS5's pages, and postings.c, which puts terms and phrases together.
#ifndef SEGMENTS_H
#define SEGMENTS_H
#include "CLexical.h"

#include <sqlite3.h>
#include <stdint.h>

enum { PADDING = 16, LARGEST_PAGE = 1 << 16 };

typedef struct {
    int id, first, last;
} segment;

typedef struct {
    sqlite3_stmt *page, *find;
    segment *segments;
    int segment_count;
    // The leaf page at hand, with PADDING zeros after it.
    unsigned char *bytes;
    int size;  // of the page
    int leaf;  // where its rows end and the places of its terms begin
    segment at;
    int number;
    unsigned char *spanning;  // a list of places that goes over several pages
    int spanning_capacity;
} reader;

/// Rows of a term or phrase: `hits[i]` is the weighted number of hits in row `ids[i]`; 0 where a row was taken out.
typedef struct {
    uint32_t *ids;
    float *hits;
    // Only where asked for: column << 32 | place of every hit; row i's end before `ends[i]`.
    uint64_t *places;
    uint32_t *ends;
    int count, capacity, places_count, places_capacity;
    int dead;  // some row was taken out
} rows;

void clear_rows(rows *r);
/// Room for one row more. These return SQLite result codes.
int reserve(rows *r, int with_places);
int add_place(rows *r, uint64_t place);
/// Gives a list its bounds, where they pay and there is memory for them.
void lexical_bound(lexical_list *list);
/// Turns hit counts into `parts` of a `lexical_list`, in place.
void lexical_weigh(rows *r, const lexical_lengths *lengths, double average_length);

/// Prepares what `reader` asks the table's shadow tables. SQLITE_RANGE: a layout of another version.
int open_reader(sqlite3 *db, const char *table, reader *r);
void close_reader(reader *r);

/// All rows of a term in one segment, behind those that are there; rows that were taken out have no hits.
/// SQLITE_RANGE: an id that is no uint32.
int read_segment(
    reader *r, segment s, const char *term, int length, const float *weights, int columns, int with_places, rows *out);
#endif
