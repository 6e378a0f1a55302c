#include "CLexical.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

// As in FTS5's bm25().
static const double k1 = 1.2;
static const double b = 0.75;

const char *lexical_pointer_type(void) { return "kb-lexical-pass"; }

static int is_worse(const lexical_pass *pass, int i, int j) {
    if (pass->scores[i] != pass->scores[j]) return pass->scores[i] < pass->scores[j];
    return pass->ids[i] > pass->ids[j];
}

static void swap(lexical_pass *pass, int i, int j) {
    double score = pass->scores[i];
    int64_t id = pass->ids[i];
    pass->scores[i] = pass->scores[j];
    pass->ids[i] = pass->ids[j];
    pass->scores[j] = score;
    pass->ids[j] = id;
}

static void sink(lexical_pass *pass, int parent, int count) {
    for (;;) {
        int worst = parent;
        for (int child = 2 * parent + 1; child <= 2 * parent + 2 && child < count; child++)
            if (is_worse(pass, child, worst)) worst = child;
        if (worst == parent) return;
        swap(pass, parent, worst);
        parent = worst;
    }
}

static int grow(lexical_pass *pass, int needed) {
    if (needed <= pass->capacity) return SQLITE_OK;
    int capacity = pass->capacity ? pass->capacity * 2 : 256;
    while (capacity < needed) capacity *= 2;
    double *scores = realloc(pass->scores, sizeof(double) * (size_t)capacity);
    if (scores) pass->scores = scores;
    int64_t *ids = realloc(pass->ids, sizeof(int64_t) * (size_t)capacity);
    if (ids) pass->ids = ids;
    if (!scores || !ids) return SQLITE_NOMEM;
    pass->capacity = capacity;
    return SQLITE_OK;
}

int lexical_push(lexical_pass *pass, int64_t id, double score) {
    if (pass->mode == LEXICAL_TOP && pass->count == pass->limit) {
        // Rows come by rising id, so an equal score never displaces an earlier row.
        if (score <= pass->scores[0]) return SQLITE_OK;
        pass->scores[0] = score;
        pass->ids[0] = id;
        sink(pass, 0, pass->count);
        return SQLITE_OK;
    }
    int status = grow(pass, pass->count + 1);
    if (status != SQLITE_OK) return status;
    int child = pass->count++;
    pass->scores[child] = score;
    pass->ids[child] = id;
    if (pass->mode != LEXICAL_TOP) return SQLITE_OK;
    while (child > 0 && is_worse(pass, child, (child - 1) / 2)) {
        swap(pass, child, (child - 1) / 2);
        child = (child - 1) / 2;
    }
    return SQLITE_OK;
}

void lexical_sort(lexical_pass *pass) {
    for (int count = pass->count; count > 1;) {
        swap(pass, 0, --count);
        sink(pass, 0, count);
    }
}

void lexical_clear(lexical_pass *pass) {
    free(pass->scores);
    free(pass->ids);
    free(pass->pieces);
    pass->pieces = 0;
    pass->pieces_length = pass->pieces_capacity = 0;
    pass->scores = 0;
    pass->ids = 0;
    pass->count = pass->capacity = 0;
}

static int count_row(const Fts5ExtensionApi *api, Fts5Context *context, void *count) {
    (void)api;
    (void)context;
    ++*(int64_t *)count;
    return SQLITE_OK;
}

static int append(lexical_pass *pass, const char *text, int length, char end) {
    int needed = pass->pieces_length + length + 1;
    if (needed > pass->pieces_capacity) {
        int capacity = needed * 2 + 256;
        char *pieces = realloc(pass->pieces, (size_t)capacity);
        if (!pieces) return SQLITE_NOMEM;
        pass->pieces = pieces;
        pass->pieces_capacity = capacity;
    }
    memcpy(pass->pieces + pass->pieces_length, text, (size_t)length);
    pass->pieces_length = needed;
    pass->pieces[needed - 1] = end;
    return SQLITE_OK;
}

static int add_token(void *context, int flags, const char *token, int length, int start, int end) {
    (void)start;
    (void)end;
    // The tokenizer in use gives one token a place; another would need alternatives here.
    return flags & FTS5_TOKEN_COLOCATED ? SQLITE_MISMATCH : append(context, token, length, '\x1f');
}

static int describe(const Fts5ExtensionApi *api, Fts5Context *context, lexical_pass *pass) {
    sqlite3_int64 rows = 0, tokens = 0;
    int status = api->xRowCount(context, &rows);
    if (status == SQLITE_OK) status = api->xColumnTotalSize(context, -1, &tokens);
    pass->rows = rows;
    pass->tokens = tokens;
    pass->expression_phrases = api->xPhraseCount(context);
    if (pass->expression_phrases != pass->phrases) return status;
    for (int i = 0; i < pass->phrases && status == SQLITE_OK; i++) {
        status = api->xTokenize(context, pass->texts[i], (int)strlen(pass->texts[i]), pass, add_token);
        if (status == SQLITE_OK) status = append(pass, "", 0, '\x1e');
        if (status != SQLITE_OK || pass->mode != LEXICAL_COUNT) continue;
        pass->counts[i] = 0;
        status = api->xQueryPhrase(context, i, &pass->counts[i], count_row);
    }
    return status;
}

/// Weighted number of hits of a phrase in the row at hand.
static int frequency(
    const Fts5ExtensionApi *api, Fts5Context *context, const lexical_pass *pass, int phrase, double *out) {
    Fts5PhraseIter iterator;
    int column, offset;
    double sum = 0;
    int status = api->xPhraseFirst(context, phrase, &iterator, &column, &offset);
    if (status != SQLITE_OK) return status;
    while (column >= 0) {
        sum += column < pass->columns ? pass->weights[column] : 1.0;
        api->xPhraseNext(context, &iterator, &column, &offset);
    }
    *out = sum;
    return SQLITE_OK;
}

static int score_row(const Fts5ExtensionApi *api, Fts5Context *context, lexical_pass *pass) {
    pass->visited++;
    int64_t id = api->xRowid(context);
    double tokens;
    if (id >= 0 && id < pass->length_count && pass->lengths[id] > 0) {
        tokens = (double)pass->lengths[id];
    } else {
        int size = 0;
        int status = api->xColumnSize(context, -1, &size);
        if (status != SQLITE_OK) return status;
        tokens = (double)size;
    }
    double length = k1 * (1 - b + b * tokens / pass->average_length);
    double score = 0;
    for (int i = 0; i < pass->phrases; i++) {
        double hits = 0;
        int status = frequency(api, context, pass, i, &hits);
        if (status != SQLITE_OK) return status;
        if (hits > 0) score += pass->idf[i] * ((hits * (k1 + 1.0)) / (hits + length));
    }
    return lexical_push(pass, id, score);
}

/// kb_lexical(table, pointer): 1 ends the statement (a row is returned), 0 goes on to the next row.
static void kb_lexical(
    const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int count, sqlite3_value **values) {
    lexical_pass *pass = count == 1 ? sqlite3_value_pointer(values[0], "kb-lexical-pass") : 0;
    if (!pass) {
        sqlite3_result_error(result, "kb_lexical needs a pass", -1);
        return;
    }
    int ends = pass->mode == LEXICAL_COUNT || pass->mode == LEXICAL_TOKENS;
    int status = ends ? describe(api, context, pass) : score_row(api, context, pass);
    if (status != SQLITE_OK) {
        sqlite3_result_error_code(result, status);
        return;
    }
    sqlite3_result_int(result, ends);
}

int lexical_register(sqlite3 *db) {
    fts5_api *api = 0;
    sqlite3_stmt *statement = 0;
    int status = sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &statement, 0);
    if (status == SQLITE_OK) status = sqlite3_bind_pointer(statement, 1, &api, "fts5_api_ptr", 0);
    if (status == SQLITE_OK) sqlite3_step(statement);
    int finalized = sqlite3_finalize(statement);
    if (status == SQLITE_OK) status = finalized;
    if (status != SQLITE_OK) return status;
    if (!api || api->iVersion < 2) return SQLITE_ERROR;
    return api->xCreateFunction(api, "kb_lexical", 0, kb_lexical, 0);
}
