import FoundationEssentials
import GRDB

extension Store {
    /// Documents of a kind that pass a filter and contain or lack what the question says; `nil` when all do.
    ///
    /// A phrase that stands nowhere is no condition: it is searched as words instead.
    ///
    /// - Returns: the documents, and the phrases that stand nowhere.
    static func allowed(
        _ filter: SearchFilter, syntax: QuestionSyntax, kind: DocumentKind, _ db: Database
    ) throws -> (documents: Set<Int64>?, missingPhrases: [String]) {
        var missing: [String] = []
        var allowed: Set<Int64>?
        func narrow(to ids: Set<Int64>) { allowed = allowed.map { $0.intersection(ids) } ?? ids }
        if !filter.isEmpty { narrow(to: try documents(passing: filter, kind: kind, db)) }
        for phrase in syntax.phrases {
            let found = try documents(containing: phrase, kind: kind, db)
            if found.isEmpty { missing.append(phrase) } else { narrow(to: found) }
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
        return (allowed, missing)
    }

    /// Whether some article has a word.
    static func isInArticles(_ word: String, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db.cachedStatement(sql: "SELECT EXISTS (SELECT 1 FROM article_fts WHERE article_fts MATCH ?)"),
            arguments: ["\"" + word.filter { $0 != "\"" } + "\""]) ?? false
    }

    /// Whether articles write `-word` as commands write their options: behind a space, a quote or an opening bracket.
    ///
    /// - Parameter mostly: in a fair share of the passages with the word; else in any.
    static func isOption(_ word: String, mostly: Bool = true, _ db: Database) throws -> Bool {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT c.title, c.heading, c.body FROM article_fts f JOIN chunk c ON c.id = f.rowid
                WHERE article_fts MATCH ? LIMIT ?
                """, arguments: ["\"" + word.filter { $0 != "\"" } + "\"", mostly ? optionSample : -1])
        let option = Array(("-" + word).utf8)
        var (passages, writing) = (0, 0)
        while let row = try rows.next() {
            passages += 1
            let text = Array(
                ((row[0] as String) + "\n" + (row[1] as String) + "\n" + (row[2] as String)).lowercased().utf8)
            var start = 0
            while let found = text[start...].firstIndex(of: UInt8(ascii: "-")) {
                start = found + 1
                guard text[found...].starts(with: option) else { continue }
                let end = found + option.count
                // A dash behind a letter or a bracket, or a row of dashes, is punctuation; two of them open an option too.
                let first = found > 0 && text[found - 1] == UInt8(ascii: "-") ? found - 1 : found
                guard first == 0 || opensOption(text[first - 1]), end == text.count || !isWord(text[end]) else {
                    continue
                }
                if !mostly { return true }
                writing += 1
                break
            }
        }
        return writing > 0 && writing * optionShare >= passages
    }

    /// Of so many passages with the word one in `optionShare` writes it as an option: among a hundred thousand some end a line in "-David".
    private static let optionSample = 400
    private static let optionShare = 20

    private static func opensOption(_ byte: UInt8) -> Bool { " \t\n\r`\"'([{|=,;:/".utf8.contains(byte) }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (byte >= 0x30 && byte <= 0x39) || (byte >= 0x61 && byte <= 0x7a)
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
            // These are columns of their own, whatever the front matter called them.
            switch field.name.lowercased() {
            case "title":
                add("lower(title) = lower(?)", field.value)
                continue
            case "url", "permalink":
                add("lower(url) = lower(?)", field.value)
                continue
            case "source":
                add("source = ?", field.value)
                continue
            case "updated":
                // A day, a month or a year of it.
                add("strftime('%Y-%m-%d', updated_at / 1000, 'unixepoch') LIKE ? || '%'", field.value)
                continue
            case "audience":
                add("lower(audience) = lower(?)", field.value)
                continue
            case "version":
                add("lower(version) = lower(?)", field.value)
                continue
            case "locale", "lang", "language":
                add("lower(replace(locale, '_', '-')) || '-' LIKE lower(replace(?, '_', '-')) || '-%'", field.value)
                continue
            case "topic", "topics", "tags", "categories":
                add("EXISTS (SELECT 1 FROM json_each(topics) WHERE lower(value) = lower(?))", field.value)
                continue
            default: break
            }
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

    /// What a filter does that its user may not expect: leave out articles that do not say, or name a value that none has.
    static func explain(_ filter: SearchFilter, into reading: inout QuestionReading, _ db: Database) throws {
        func count(_ condition: String, _ value: String? = nil) throws -> Int {
            try Int.fetchOne(
                db, sql: "SELECT count(*) FROM document WHERE kind = 'article' AND " + condition,
                arguments: value.map { [$0] } ?? []) ?? 0
        }
        let fields = [
            (
                "locale", filter.locale,
                "lower(replace(locale, '_', '-')) || '-' LIKE lower(replace(?, '_', '-')) || '-%'",
                "SELECT DISTINCT locale FROM document WHERE kind = 'article' AND locale IS NOT NULL ORDER BY 1 LIMIT 20"
            ),
            (
                "version", filter.version, "lower(version) = lower(?)",
                "SELECT DISTINCT version FROM document WHERE kind = 'article' AND version IS NOT NULL ORDER BY 1 LIMIT 20"
            ),
            (
                "topic", filter.topic, "EXISTS (SELECT 1 FROM json_each(topics) WHERE lower(value) = lower(?))",
                """
                SELECT e.value FROM document d, json_each(d.topics) e WHERE d.kind = 'article'
                GROUP BY e.value ORDER BY count(*) DESC, e.value LIMIT 20
                """
            ),
        ]
        for (field, value, condition, known) in fields {
            guard let value else { continue }
            if try count(condition, value) == 0 {
                reading.unmatched.append((field, value, try String.fetchAll(db, sql: known)))
            } else if field != "topic" {
                let silent = try count("\(field) IS NULL")
                if silent > 0 { reading.silent.append((field, silent)) }
            }
        }
    }

    /// Names in a filter that nothing has can only be slips of the pen.
    static func check(_ filter: SearchFilter, _ db: Database) throws {
        if let source = filter.source {
            let known = try String.fetchAll(db, sql: "SELECT name FROM source ORDER BY name")
            guard known.contains(source) else { throw KnowledgeBaseError.unknownSource(name: source, known: known) }
        }
        let columns: Set<String> = [
            "audience", "version", "locale", "lang", "language", "topic", "topics", "tags", "categories", "title",
            "url",
            "permalink", "source", "updated",
        ]
        for field in filter.fields where !columns.contains(field.name.lowercased()) {
            let known = try String.fetchAll(
                db, sql: "SELECT DISTINCT e.key FROM document d, json_each(d.fields) e ORDER BY e.key")
            guard known.contains(where: { $0.lowercased() == field.name.lowercased() }) else {
                let names = known.isEmpty ? "none" : known.prefix(20).joined(separator: ", ")
                throw KnowledgeBaseError.invalidArgument(
                    "No document has the field '\(field.name)'. There are: \(names); and audience, locale, source, title, topics, updated, url, version."
                )
            }
        }
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
