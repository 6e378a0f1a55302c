import GRDB

/// The database schema as numbered migrations: append only, never edited once released.
///
/// Each runs in a transaction of its own and is recorded by name, so a crash between two leaves an older, whole schema.
enum Schema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("001-documents", migrate: createDocuments)
        migrator.registerMigration("002-tickets", migrate: createTickets)
        migrator.registerMigration("003-questions", migrate: createQuestions)
        migrator.registerMigration("004-marks", migrate: createMarks)
        migrator.registerMigration("005-calibration", migrate: createCalibration)
        migrator.registerMigration("006-question-intent", migrate: addQuestionIntent)
        migrator.registerMigration("007-gaps", migrate: createGaps)
        migrator.registerMigration("008-cases", migrate: createCases)
        migrator.registerMigration("009-case-lookups", migrate: addCaseLookups)
        migrator.registerMigration("010-removed-documents", migrate: createRemovedDocuments)
        migrator.registerMigration("011-case-indices", migrate: addCaseIndices)
        migrator.registerMigration("012-gap-lookups", migrate: createGapLookups)
        migrator.registerMigration("013-gap-vectors", migrate: createGapVectors)
        migrator.registerMigration("014-mark-bands", migrate: addMarkBands)
        return migrator
    }

    private static func createDocuments(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

                CREATE TABLE source (
                  id INTEGER PRIMARY KEY,
                  name TEXT NOT NULL UNIQUE,
                  path TEXT NOT NULL,                -- absolute
                  kind TEXT NOT NULL CHECK (kind IN ('articles', 'tickets')),
                  ingested_at INTEGER                -- unix ms UTC of the last finished sync
                ) STRICT;

                -- One row a file as it was last read; the stat fields let an unchanged file be passed over unread.
                CREATE TABLE file (
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  source_id INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
                  path TEXT NOT NULL,                -- relative to the source
                  size INTEGER NOT NULL,
                  modified_ns INTEGER NOT NULL,
                  changed_ns INTEGER NOT NULL,
                  inode INTEGER NOT NULL,
                  read_at INTEGER NOT NULL,          -- unix ms; a file changed in the same instant is read again
                  content_hash BLOB NOT NULL,        -- SHA-256 of the bytes and of the settings that shape the reading
                  skipped TEXT,                      -- why nothing was indexed from it, or NULL
                  UNIQUE (source_id, path)
                ) STRICT;

                -- AUTOINCREMENT: ids are never used again, so a lagging vectors file can never name the wrong passage.
                CREATE TABLE document (
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  file_id INTEGER NOT NULL REFERENCES file(id) ON DELETE CASCADE,
                  key TEXT NOT NULL UNIQUE,          -- SOURCE/relative/path: the id users know
                  kind TEXT NOT NULL CHECK (kind IN ('article', 'ticket')),
                  source TEXT NOT NULL,
                  path TEXT NOT NULL,                -- relative path or the _id of a JSON line
                  title TEXT NOT NULL,
                  url TEXT,
                  summary TEXT,
                  topics TEXT NOT NULL,              -- JSON array
                  aliases TEXT NOT NULL,             -- JSON array
                  locale TEXT, version TEXT, audience TEXT,
                  updated_at INTEGER,                -- unix ms, as the document says
                  fields TEXT NOT NULL,              -- JSON object: all other front matter
                  content_hash BLOB NOT NULL,
                  changed_at INTEGER NOT NULL        -- unix ms of the ingest that brought this content
                ) STRICT;
                CREATE INDEX document_file ON document(file_id);

                CREATE TABLE chunk (
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
                  kind TEXT NOT NULL,                -- the document's
                  ordinal INTEGER NOT NULL,
                  title TEXT NOT NULL, heading TEXT NOT NULL, body TEXT NOT NULL,   -- the columns of FTS5
                  headings TEXT NOT NULL,            -- JSON array
                  line_start INTEGER NOT NULL, line_end INTEGER NOT NULL,
                  role TEXT NOT NULL,
                  sentences TEXT NOT NULL,           -- JSON, see SentenceText
                  embedding_key BLOB NOT NULL
                ) STRICT;
                CREATE INDEX chunk_document ON chunk(document_id);
                CREATE INDEX chunk_embedding ON chunk(embedding_key);

                -- Keyed by SHA-256(fingerprint, text): the same text is encoded once.
                CREATE TABLE embedding (
                  key BLOB PRIMARY KEY,
                  vector BLOB NOT NULL,              -- little-endian float32, unit length
                  sentences BLOB                     -- one row a sentence: float32 scale, then int8 values
                ) STRICT, WITHOUT ROWID;

                CREATE VIEW article_chunk AS SELECT id, title, heading, body FROM chunk WHERE kind = 'article';
                CREATE VIEW ticket_chunk AS SELECT id, title, heading, body FROM chunk WHERE kind = 'ticket';
                CREATE VIRTUAL TABLE article_fts USING fts5(
                  title, heading, body, content = 'article_chunk', content_rowid = 'id',
                  tokenize = 'porter unicode61 remove_diacritics 2');
                CREATE VIRTUAL TABLE ticket_fts USING fts5(
                  title, heading, body, content = 'ticket_chunk', content_rowid = 'id',
                  tokenize = 'porter unicode61 remove_diacritics 2');
                -- The same text by whole documents.
                CREATE VIEW article_text AS SELECT d.id, d.title, (SELECT group_concat(body, char(10)) FROM
                    (SELECT body FROM chunk WHERE document_id = d.id ORDER BY ordinal)) AS body
                  FROM document d WHERE d.kind = 'article';
                CREATE VIEW ticket_text AS SELECT d.id, d.title, (SELECT group_concat(body, char(10)) FROM
                    (SELECT body FROM chunk WHERE document_id = d.id ORDER BY ordinal)) AS body
                  FROM document d WHERE d.kind = 'ticket';
                CREATE VIRTUAL TABLE article_document_fts USING fts5(
                  title, body, content = 'article_text', content_rowid = 'id',
                  tokenize = 'porter unicode61 remove_diacritics 2');
                CREATE VIRTUAL TABLE ticket_document_fts USING fts5(
                  title, body, content = 'ticket_text', content_rowid = 'id',
                  tokenize = 'porter unicode61 remove_diacritics 2');
                CREATE VIRTUAL TABLE article_vocabulary USING fts5vocab(article_fts, 'row');
                CREATE VIRTUAL TABLE ticket_vocabulary USING fts5vocab(ticket_fts, 'row');
                """)
    }

    private static func createTickets(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE ticket (
                  document_id INTEGER PRIMARY KEY REFERENCES document(id) ON DELETE CASCADE,
                  external_id TEXT NOT NULL,         -- the help desk's id
                  created_at INTEGER,                -- unix ms
                  requester TEXT, requester_name TEXT,
                  status TEXT, priority TEXT, topic TEXT,
                  tags TEXT NOT NULL,                -- JSON array
                  subject TEXT NOT NULL, body TEXT NOT NULL, quoted TEXT
                ) STRICT;
                CREATE INDEX ticket_external ON ticket(external_id);

                CREATE TABLE comment (
                  id INTEGER PRIMARY KEY,
                  ticket_id INTEGER NOT NULL REFERENCES ticket(document_id) ON DELETE CASCADE,
                  external_id TEXT, created_at INTEGER,
                  author TEXT NOT NULL,              -- requester, agent, system
                  author_name TEXT,
                  body TEXT NOT NULL, quoted TEXT,
                  public INTEGER NOT NULL, helpful_votes INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX comment_ticket ON comment(ticket_id);

                -- Links in agents' public comments. `article_id` is found again after each ingest, so the order
                -- in which tickets and articles arrive does not matter.
                CREATE TABLE link (
                  id INTEGER PRIMARY KEY,
                  ticket_id INTEGER NOT NULL REFERENCES ticket(document_id) ON DELETE CASCADE,
                  url TEXT NOT NULL,
                  created_at INTEGER,                -- the comment's
                  article_id INTEGER REFERENCES document(id) ON DELETE SET NULL
                ) STRICT;
                CREATE INDEX link_ticket ON link(ticket_id);
                CREATE INDEX link_article ON link(article_id);
                """)
    }

    private static func createCalibration(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Every fit of the confidence, newest last; the newest accepted one is in use.
                CREATE TABLE calibration (
                  id INTEGER PRIMARY KEY,
                  source TEXT NOT NULL CHECK (source IN ('tickets', 'labels', 'self', 'prior')),
                  n INTEGER NOT NULL,                -- labelled questions in it
                  ece REAL,                          -- on held-back ones
                  fitted_at INTEGER NOT NULL,        -- unix ms
                  share REAL NOT NULL,               -- of answerable questions it is made for
                  state TEXT NOT NULL,               -- of content and resolutions it was derived from
                  documents INTEGER NOT NULL, labels INTEGER NOT NULL,   -- articles and labelled questions then
                  until INTEGER,                     -- newest outcome in it, unix ms
                  accepted INTEGER NOT NULL,
                  note TEXT,                         -- why it was not
                  fit TEXT NOT NULL,                 -- JSON: features, weights
                  report TEXT NOT NULL,              -- JSON: what kb calibrate printed
                  memory BLOB                        -- past questions with outcomes; derived from tickets and marks
                ) STRICT;
                """)
    }

    private static func addQuestionIntent(_ db: Database) throws {
        // What the question is about, where the policy names intents: bands are certified by intent.
        try db.execute(sql: "ALTER TABLE question ADD COLUMN intent TEXT")
    }

    private static func createGaps(_ db: Database) throws {
        try db.execute(
            sql: """
                -- The question's, little-endian float32; filled in when gaps are first looked for.
                ALTER TABLE question ADD COLUMN vector BLOB;

                -- What the base last made of a question, so that a night asks only what is new. Derived.
                CREATE TABLE judgement (
                  question TEXT PRIMARY KEY,         -- GapQuestion.key
                  state TEXT NOT NULL,               -- of articles and fit
                  answerable REAL NOT NULL, confidence REAL NOT NULL,
                  documents TEXT NOT NULL,           -- JSON array: the first two, by key
                  chunk INTEGER NOT NULL, cosine REAL NOT NULL
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE gap_run (
                  id INTEGER PRIMARY KEY,
                  at INTEGER NOT NULL,               -- unix ms
                  questions INTEGER NOT NULL, answered REAL NOT NULL,
                  articles TEXT NOT NULL             -- JSON object: content hash by key
                ) STRICT;

                CREATE TABLE gap (
                  id TEXT PRIMARY KEY,               -- g_…, kept from night to night
                  state TEXT NOT NULL,
                  opened_at INTEGER NOT NULL,
                  run INTEGER NOT NULL REFERENCES gap_run(id),   -- the last one that found it
                  baseline INTEGER NOT NULL REFERENCES gap_run(id),   -- the one its questions were last found unanswered by
                  centroid BLOB NOT NULL,            -- mean question, little-endian float32
                  report TEXT NOT NULL,              -- JSON, see Gap
                  assignee TEXT,
                  dismissed_count INTEGER, return_factor REAL,
                  closed_at INTEGER,
                  proof TEXT                         -- JSON, see Gap.Proof
                ) STRICT;

                CREATE TABLE gap_question (
                  gap TEXT NOT NULL REFERENCES gap(id) ON DELETE CASCADE,
                  question TEXT NOT NULL,
                  confidence REAL NOT NULL, answerable REAL NOT NULL,   -- at the baseline
                  PRIMARY KEY (gap, question)
                ) STRICT, WITHOUT ROWID;

                CREATE TABLE gap_event (
                  id INTEGER PRIMARY KEY,
                  gap TEXT NOT NULL REFERENCES gap(id) ON DELETE CASCADE,
                  at INTEGER NOT NULL,
                  what TEXT NOT NULL, detail TEXT NOT NULL
                ) STRICT;
                CREATE INDEX gap_event_gap ON gap_event(gap);
                """)
    }

    private static func createRemovedDocuments(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Documents whose passages went, with the generation that still had them: what a vectors file of that
                -- generation or an earlier one must drop. Complete from meta's 'removed.since' on.
                CREATE TABLE removed_document (
                  document_id INTEGER NOT NULL,
                  generation INTEGER NOT NULL,
                  PRIMARY KEY (document_id, generation)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX removed_document_generation ON removed_document(generation);
                INSERT OR REPLACE INTO meta (key, value)
                  VALUES ('removed.since', coalesce((SELECT value FROM meta WHERE key = 'generation'), '0'));
                -- A conflict clause in a trigger gives way to that of the statement that fires it, so none is used.
                CREATE TRIGGER chunk_removed AFTER DELETE ON chunk BEGIN
                  INSERT INTO removed_document (document_id, generation)
                  SELECT OLD.document_id, g FROM (SELECT coalesce(
                    (SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'generation'), 0) AS g)
                  WHERE NOT EXISTS (SELECT 1 FROM removed_document WHERE document_id = OLD.document_id AND generation = g);
                END;
                CREATE INDEX document_locale ON document(kind, locale) WHERE locale IS NOT NULL;
                -- What resolved tickets teach changes with their links too, not only with the marks and matches that
                -- raise this number themselves.
                INSERT OR IGNORE INTO meta (key, value) VALUES ('resolutions.generation', '0');
                CREATE TRIGGER link_removed AFTER DELETE ON link WHEN OLD.article_id IS NOT NULL BEGIN
                  UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = 'resolutions.generation';
                END;
                CREATE TRIGGER link_lost AFTER UPDATE OF article_id ON link
                WHEN OLD.article_id IS NOT NULL AND NEW.article_id IS NULL BEGIN
                  UPDATE meta SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT) WHERE key = 'resolutions.generation';
                END;
                """)
    }

    private static func createGapLookups(_ db: Database) throws {
        try db.execute(
            sql: """
                -- What the base holds beside a gap's questions, so that a night looks only at what is new. Derived.
                CREATE TABLE gap_lookup (
                  digest TEXT PRIMARY KEY,           -- of questions, replies and the state of the base
                  unused INTEGER NOT NULL,           -- reports since it was last of use
                  lookup TEXT NOT NULL               -- JSON, see GapLookup
                ) STRICT, WITHOUT ROWID;
                """)
    }

    private static func createGapVectors(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Vectors of replies and sentences that gaps are made of, so that a night encodes only what is new. Derived.
                CREATE TABLE gap_vector (
                  key BLOB PRIMARY KEY,              -- of the encoder, the synonyms and the text
                  unused INTEGER NOT NULL,           -- reports since it was last of use
                  vector BLOB NOT NULL               -- little-endian float32
                ) STRICT;
                """)
    }

    private static func addMarkBands(_ db: Database) throws {
        // Where the band `auto` began when the answer was judged; NULL in older marks.
        try db.execute(sql: "ALTER TABLE mark ADD COLUMN auto_band REAL")
    }

    private static func createMarks(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE mark (
                  id INTEGER PRIMARY KEY,
                  answer_id TEXT NOT NULL,
                  question TEXT NOT NULL,
                  vector BLOB NOT NULL,              -- the question's, little-endian float32
                  document TEXT,                     -- key of the first cited document
                  verdict TEXT NOT NULL CHECK (verdict IN ('right', 'wrong')),
                  should_be TEXT,                    -- key of the document that answers
                  note TEXT,
                  marked_at INTEGER NOT NULL,
                  undone_at INTEGER
                ) STRICT;
                CREATE INDEX mark_answer ON mark(answer_id);
                """)
    }

    private static func createQuestions(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE question (
                  id INTEGER PRIMARY KEY,
                  answer_id TEXT NOT NULL,
                  external_id TEXT,
                  asked_at INTEGER NOT NULL,
                  text TEXT NOT NULL,
                  customer TEXT,
                  document TEXT,                     -- key of the first cited document
                  confidence REAL NOT NULL, answerable REAL NOT NULL,
                  action TEXT NOT NULL,
                  near_miss TEXT,                    -- key of the closest document
                  missing_terms TEXT NOT NULL        -- JSON array
                ) STRICT;
                CREATE INDEX question_answer ON question(answer_id);
                CREATE INDEX question_asked ON question(asked_at);
                """)
    }
}
