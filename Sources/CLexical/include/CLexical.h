// BM25 over FTS5's index without its sorter, its look-ups of sizes and its iterators.
//
// The best rows come from the lists of rows themselves, read once from FTS5's tables (`lexical_read`, `lexical_top`). The scores of
// all rows that match come from an auxiliary function, bit for bit FTS5's; it is also the way where a later FTS5 lays its tables
// out otherwise. SQL of the function stands in Store/LexicalSearch.swift.
#ifndef CLEXICAL_H
#define CLEXICAL_H
#include <stdint.h>

struct sqlite3;

/// Makes `kb_lexical(table, pointer)` known to a connection. Returns an SQLite result code.
int lexical_register(struct sqlite3 *db);

/// Type of the pointer that `sqlite3_bind_pointer` hands to `kb_lexical`.
const char *lexical_pointer_type(void);

enum {
    LEXICAL_TOKENS = 0,  // the table's rows and tokens, and the tokens of each phrase; then stop
    LEXICAL_COUNT = 1,   // the same, and for each phrase how many rows hold it; then stop
    LEXICAL_TOP = 2,     // the best rows into the heap
    LEXICAL_ALL = 3,     // the score of every row that matches into `ids` and `scores`, which grow
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
    /// Phrases to score, in the order of the expression's.
    int phrases;
    const double *idf;
    double average_length;
    /// Filled in by LEXICAL_COUNT.
    int64_t *counts;
    /// In LEXICAL_TOKENS and LEXICAL_COUNT: the phrases as written.
    const char *const *texts;

    /// The table, after LEXICAL_TOKENS and LEXICAL_COUNT.
    int64_t rows;
    int64_t tokens;
    /// The expression's own number of phrases, after these two.
    int expression_phrases;
    /// After these two: the tokens of each phrase, `\x1f` after each token and `\x1e` after each phrase.
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

/// Offers a row to the heap of LEXICAL_TOP; rows come by rising id. Returns an SQLite result code.
int lexical_push(lexical_pass *pass, int64_t id, double score);

/// Tokens of rows whose length is not in the flat array; asked of `size` by id.
typedef struct {
    const uint32_t *lengths;
    int64_t count;
    struct sqlite3_stmt *size;
} lexical_lengths;

/// Looks up the tokens of a row: FTS5's own record of its columns' sizes where the array has none.
uint32_t lexical_length(const lexical_lengths *lengths, int64_t id);

/// Rows that hold a phrase, by rising id. Row `i` scores `parts[i]` / (2^32 - 1) x (k1 + 1) x IDF, rounded by less than 1e-8: eight
/// bytes a row, and nothing is divided when a list that is kept is used again.
typedef struct {
    uint32_t *ids;
    uint32_t *parts;
    int count;
    /// Of a frequent phrase, by id: what a part is below, in steps of 2^25; 0 where the row does not hold it. The rows of a window are summed side
    /// by side from these, and only those that may be among the best are searched for in the list. Null of others.
    uint8_t *bounds;
    int64_t bounds_size;
    /// With bounds: the place of the first row of every 64 ids.
    uint32_t *places;
} lexical_list;

/// Of one question.
enum { LEXICAL_MOST_LISTS = 256 };

/// Reads the rows of each phrase from the tables behind the FTS5 table `table` of the main database.
///
/// `tokens` as `pieces` above. Cost: some nanoseconds a row of each token; phrases of several tokens are joined by their places.
/// Returns SQLITE_OK, or SQLITE_RANGE where these tables are not laid out as expected or an id does not fit: then the auxiliary
/// function does it. `lexical_free` what it gives in either case.
int lexical_read(
    struct sqlite3 *db, const char *table, const char *tokens, int tokens_length, int phrases, const double *weights,
    int columns, const lexical_lengths *lengths, double average_length, lexical_list *out);
void lexical_free(lexical_list *lists, int count);

/// The place of the first id from `from` on that is not below `id`; `count` when there is none.
int lexical_gallop(const uint32_t *ids, int count, int from, uint32_t id);

/// The same from the first place on, looked for where the id would stand if all lay evenly.
int lexical_find(const uint32_t *ids, int count, uint32_t id);

/// The best rows of the union of the lists into `pass`, a heap of LEXICAL_TOP (`limit` and `idf` are read).
///
/// The lists come by falling IDF and scores are summed in that order. Lists that together cannot lift a row over the floor do not
/// drive (MaxScore, Turtle and Flood 1995), and rows whose bounds stay below it are not scored. `visited` counts those that are. Without
/// `prunes` all are: the same result, faster where all of them are asked for.
int lexical_top(lexical_pass *pass, const lexical_list *lists, int count, int prunes);

/// The score of one row; 0 when it holds none of the phrases.
double lexical_score(const lexical_pass *pass, const lexical_list *lists, int count, uint32_t id);
#endif
