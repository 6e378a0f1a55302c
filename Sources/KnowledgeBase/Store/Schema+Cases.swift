import GRDB

extension Schema {
    static func addCaseLookups(_ db: Database) throws {
        try db.execute(
            sql: """
                -- Last message a run looked at; 0: none yet.
                ALTER TABLE ticket_case ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;
                -- Key of the article that is known to have resolved it.
                ALTER TABLE ticket_case ADD COLUMN article TEXT;
                """)
    }

    /// What keeps a step of time from reading every case: each is what one question of `run` or `tick` asks.
    static func addCaseIndices(_ db: Database) throws {
        try db.execute(
            sql: """
                DROP INDEX case_state;
                CREATE INDEX case_move ON ticket_case(state, owner, seen);
                CREATE INDEX case_unseen ON ticket_case(id) WHERE seen = 0;
                CREATE INDEX case_resolved ON ticket_case(resolved_at) WHERE resolved_at IS NOT NULL AND witness IS NOT NULL;
                CREATE INDEX case_incident ON ticket_case(incident_id) WHERE incident_id IS NOT NULL;
                CREATE INDEX message_asked ON message(case_id, id) WHERE author = 'customer';
                CREATE INDEX promise_due ON promise(due_at) WHERE kept_at IS NULL AND reported_at IS NULL;
                CREATE INDEX incident_last ON incident(last_at);
                CREATE INDEX mark_undone ON mark(undone_at) WHERE undone_at IS NOT NULL;
                """)
    }

    /// Cases, who they are with, what goes out, and the record of it all.
    static func createCases(_ db: Database) throws {
        try db.execute(
            sql: """
                CREATE TABLE organisation (
                  id INTEGER PRIMARY KEY,
                  name TEXT NOT NULL UNIQUE
                ) STRICT;

                CREATE TABLE customer (
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  key TEXT NOT NULL UNIQUE,          -- c_…: names the customer where the name must not stand
                  organisation_id INTEGER REFERENCES organisation(id)
                ) STRICT;

                -- An address, an account's id: one customer has several, nobody shares one.
                CREATE TABLE identity (
                  kind TEXT NOT NULL CHECK (kind IN ('email', 'account')),
                  value TEXT NOT NULL,               -- addresses in lower case
                  customer_id INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
                  verified INTEGER NOT NULL,
                  source TEXT NOT NULL, at INTEGER NOT NULL,
                  PRIMARY KEY (kind, value)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX identity_customer ON identity(customer_id);

                -- What is known, in layers; the newest of a key holds.
                CREATE TABLE fact (
                  id INTEGER PRIMARY KEY,
                  layer TEXT NOT NULL CHECK (layer IN ('message', 'case', 'customer', 'organisation')),
                  subject INTEGER NOT NULL,          -- row of that layer's table
                  key TEXT NOT NULL, value TEXT NOT NULL,
                  source TEXT NOT NULL, at INTEGER NOT NULL,
                  UNIQUE (layer, subject, key, source)
                ) STRICT;

                CREATE TABLE ticket_case (
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  key TEXT NOT NULL UNIQUE,
                  channel TEXT NOT NULL, subject TEXT NOT NULL,
                  state TEXT NOT NULL, owner TEXT NOT NULL CHECK (owner <> ''),
                  episode INTEGER NOT NULL,
                  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
                  customer_id INTEGER REFERENCES customer(id) ON DELETE SET NULL,
                  verified INTEGER NOT NULL,
                  tags TEXT NOT NULL, fields TEXT NOT NULL,   -- JSON
                  nudges INTEGER NOT NULL, asked_question INTEGER NOT NULL, asked_confirmation INTEGER NOT NULL,
                  first_response_at INTEGER, resolved_at INTEGER, witness TEXT, due_at INTEGER,
                  triage TEXT, decision TEXT,        -- JSON: Triage, CaseDecision
                  vector BLOB,                       -- of the opening request, little-endian float32
                  incident_id INTEGER
                ) STRICT;
                CREATE INDEX case_state ON ticket_case(state);
                CREATE INDEX case_customer ON ticket_case(customer_id);
                CREATE INDEX case_created ON ticket_case(created_at);

                CREATE TABLE message (
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  case_id INTEGER NOT NULL REFERENCES ticket_case(id) ON DELETE CASCADE,
                  key TEXT NOT NULL,
                  author TEXT NOT NULL, name TEXT, body TEXT NOT NULL,
                  at INTEGER NOT NULL, public INTEGER NOT NULL, episode INTEGER NOT NULL,
                  links TEXT NOT NULL,               -- JSON
                  UNIQUE (case_id, key)
                ) STRICT;

                CREATE TABLE promise (
                  id INTEGER PRIMARY KEY,
                  case_id INTEGER NOT NULL REFERENCES ticket_case(id) ON DELETE CASCADE,
                  message_id INTEGER NOT NULL,
                  text TEXT NOT NULL, by TEXT NOT NULL,
                  made_at INTEGER NOT NULL, due_at INTEGER,
                  kept_at INTEGER, reported_at INTEGER
                ) STRICT;
                CREATE INDEX promise_case ON promise(case_id);

                CREATE TABLE case_link (
                  case_id INTEGER NOT NULL REFERENCES ticket_case(id) ON DELETE CASCADE,
                  name TEXT NOT NULL, at INTEGER NOT NULL,
                  PRIMARY KEY (case_id, name)
                ) STRICT, WITHOUT ROWID;

                -- Written in the transaction that moves the case; the key makes a second writing impossible.
                CREATE TABLE outbox (
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  key TEXT NOT NULL UNIQUE,
                  case_id INTEGER REFERENCES ticket_case(id) ON DELETE CASCADE,
                  kind TEXT NOT NULL, recipient TEXT NOT NULL,
                  text TEXT NOT NULL,                -- what is said
                  body TEXT NOT NULL,                -- JSON: what an adapter needs besides
                  at INTEGER NOT NULL
                ) STRICT;
                CREATE INDEX outbox_case ON outbox(case_id);

                CREATE TABLE timer (
                  case_id INTEGER NOT NULL REFERENCES ticket_case(id) ON DELETE CASCADE,
                  kind TEXT NOT NULL, due_at INTEGER NOT NULL,
                  PRIMARY KEY (case_id, kind)
                ) STRICT, WITHOUT ROWID;
                CREATE INDEX timer_due ON timer(due_at);

                -- Append-only. The chain holds pseudonyms and a salted digest of the payload, so that a payload may be
                -- removed and the chain still verifies.
                CREATE TABLE journal (
                  seq INTEGER PRIMARY KEY,
                  at INTEGER NOT NULL,
                  kind TEXT NOT NULL, ref TEXT NOT NULL, actor TEXT NOT NULL,
                  digest BLOB NOT NULL,              -- SHA-256(salt, payload)
                  hash BLOB NOT NULL                 -- SHA-256(hash before, seq, at, kind, ref, actor, digest)
                ) STRICT;
                CREATE INDEX journal_ref ON journal(ref);
                CREATE TABLE journal_payload (
                  seq INTEGER PRIMARY KEY REFERENCES journal(seq),
                  case_id INTEGER,                   -- for removal
                  salt BLOB NOT NULL, payload TEXT NOT NULL
                ) STRICT;
                CREATE INDEX journal_payload_case ON journal_payload(case_id);
                CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
                CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

                -- Pseudonyms of cases and tickets that were forgotten: what is read again leaves them out.
                CREATE TABLE forgotten (ref TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

                CREATE TABLE incident (
                  id INTEGER PRIMARY KEY AUTOINCREMENT,
                  title TEXT NOT NULL, opened_at INTEGER NOT NULL, announced_at INTEGER,
                  last_at INTEGER NOT NULL, count INTEGER NOT NULL,
                  centroid BLOB NOT NULL
                ) STRICT;
                """)
    }
}
