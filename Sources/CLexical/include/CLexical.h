// An FTS5 auxiliary function that keeps the best rows by BM25 in a bounded heap, instead of FTS5's bm25() with ORDER BY.
//
// Cost of FTS5's own: a look-up of every row's size and a sorter. Here lengths come from a flat array and no row leaves the
// loop. SQL stands in Store/Store+Lexical.swift; this only scores.
#ifndef CLEXICAL_H
#define CLEXICAL_H
#include <stdint.h>

struct sqlite3;

/// Makes `kb_lexical(table, pointer)` known to a connection. Returns an SQLite result code.
int lexical_register(struct sqlite3 *db);

/// Type of the pointer that `sqlite3_bind_pointer` hands to `kb_lexical`.
const char *lexical_pointer_type(void);

enum {
    LEXICAL_COUNT = 0,  // the table's rows and tokens, and for each phrase how many rows hold it; then stop
    LEXICAL_TOP = 1,    // the best rows into the heap
    LEXICAL_ALL = 2,    // the score of every row that matches into `ids` and `scores`, which grow
};

/// One pass over the rows that match an expression. Zero it, fill in the first part, bind it, step once, `lexical_clear` it.
typedef struct {
    int mode;
    /// Weights of the table's columns.
    int columns;
    const double *weights;
    /// Tokens of the row with this id, as FTS5's xColumnSize(-1); 0 or out of range: FTS5 is asked.
    const uint32_t *lengths;
    int64_t length_count;
    /// Heap size in LEXICAL_TOP.
    int limit;
    /// Only rows with at least this score are of use.
    double floor;
    /// Phrases to score by falling IDF, each with its place among the expression's.
    int phrases;
    const int *places;
    const double *idf;
    /// The first so many phrases drive the match; the others are looked up for its rows.
    int driving;
    double average_length;
    /// In LEXICAL_COUNT: phrases whose count is known already (not negative on entry) are not counted.
    int64_t *counts;
    /// In LEXICAL_COUNT: the phrases as written.
    const char *const *texts;

    /// The table, after LEXICAL_COUNT.
    int64_t rows;
    int64_t tokens;
    /// The expression's own number of phrases, after LEXICAL_COUNT.
    int expression_phrases;
    /// After LEXICAL_COUNT: the pieces of phrases of several tokens as they are written, `\x1f` after each piece; a phrase
    /// ends with `\x1e`, so that one of a single token is that alone.
    char *pieces;
    int pieces_length;
    int pieces_capacity;

    /// What was found: `count` entries. After LEXICAL_TOP a heap whose first entry is the worst.
    int count;
    int capacity;
    double *scores;
    int64_t *ids;
    int64_t visited;
} lexical_pass;

void lexical_clear(lexical_pass *pass);

/// Sorts what LEXICAL_TOP found: by falling score, ties by rising id.
void lexical_sort(lexical_pass *pass);
#endif
