import FoundationEssentials
import GRDB

extension Store {
    /// Documents of a kind that pass a filter and contain or lack what the question says; `nil` when all do.
    ///
    /// A phrase that stands nowhere is no condition: it is searched as words instead.
    static func allowed(
        _ filter: SearchFilter, syntax: QuestionSyntax, kind: DocumentKind, _ db: Database
    ) throws -> Set<Int64>? {
        var allowed: Set<Int64>?
        func narrow(to ids: Set<Int64>) { allowed = allowed.map { $0.intersection(ids) } ?? ids }
        if !filter.isEmpty { narrow(to: try documents(passing: filter, kind: kind, db)) }
        for phrase in syntax.phrases {
            let found = try documents(containing: phrase, kind: kind, db)
            if !found.isEmpty { narrow(to: found) }
        }
        for word in syntax.excluded {
            let found = try documents(containing: word, kind: kind, db)
            if allowed == nil {
                narrow(
                    to: Set(
                        try Int64.fetchAll(
                            db, sql: "SELECT id FROM document WHERE kind = ?", arguments: [kind.rawValue])))
            }
            allowed!.subtract(found)
        }
        return allowed
    }

    private static func documents(
        passing filter: SearchFilter, kind: DocumentKind, _ db: Database
    ) throws -> Set<Int64> {
        var conditions = ["kind = ?"]
        var arguments: StatementArguments = [kind.rawValue]
        func add(_ condition: String, _ value: some DatabaseValueConvertible) {
            conditions.append(condition)
            arguments += [value]
        }
        if let topic = filter.topic {
            add("EXISTS (SELECT 1 FROM json_each(topics) WHERE lower(value) = lower(?))", topic)
        }
        if let source = filter.source { add("source = ?", source) }
        if let since = filter.since { add("coalesce(updated_at, changed_at) >= ?", since.milliseconds) }
        // `en` finds `en-US` too.
        if let locale = filter.locale {
            add("lower(replace(locale, '_', '-')) || '-' LIKE lower(replace(?, '_', '-')) || '-%'", locale)
        }
        if let version = filter.version { add("lower(version) = lower(?)", version) }
        for field in filter.fields {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM json_each(fields) WHERE lower(key) = lower(?)
                  AND ', ' || lower(value) || ', ' LIKE '%, ' || lower(?) || ', %')
                """)
            arguments += [field.name, field.value]
        }
        return Set(
            try Int64.fetchAll(
                db, sql: "SELECT id FROM document WHERE " + conditions.joined(separator: " AND "), arguments: arguments)
        )
    }

    /// Documents whose title or text contains a phrase as it stands: FTS5 finds those with its stems, their text decides.
    private static func documents(containing phrase: String, kind: DocumentKind, _ db: Database) throws -> Set<Int64> {
        let match = "\"" + phrase.filter { $0 != "\"" } + "\""
        var out: Set<Int64> = []
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT c.document_id, c.title, c.body FROM \(kind.rawValue)_fts f JOIN chunk c ON c.id = f.rowid
                WHERE \(kind.rawValue)_fts MATCH ?
                """, arguments: [match])
        while let row = try rows.next() {
            let document: Int64 = row[0]
            guard !out.contains(document) else { continue }
            let text = QuestionSyntax.fold((row[1] as String) + "\n" + (row[2] as String))
            if holds(text, phrase) { out.insert(document) }
        }
        return out
    }

    /// Whether a phrase stands in folded text as whole words.
    private static func holds(_ text: String, _ phrase: String) -> Bool {
        let (text, phrase) = (Array(text.utf8), Array(phrase.utf8))
        guard !phrase.isEmpty, phrase.count <= text.count else { return false }
        func isWord(_ byte: UInt8) -> Bool {
            byte >= 0x80 || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a)
        }
        for start in 0...(text.count - phrase.count) where text[start] == phrase[0] {
            let end = start + phrase.count
            guard text[start..<end].elementsEqual(phrase) else { continue }
            let openBefore = start == 0 || !isWord(text[start - 1]) || !isWord(phrase[0])
            let openAfter = end == text.count || !isWord(text[end]) || !isWord(phrase[phrase.count - 1])
            if openBefore, openAfter { return true }
        }
        return false
    }
}
