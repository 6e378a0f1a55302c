import FoundationEssentials
import GRDB

extension Engine {
    /// The fit that both states are judged by: that of the first, made once for each content.
    func calibrateForCheck() throws {
        let key = "check.fit"
        let hashes = try store.pool.read { try Store.articleHashes($0) }.sorted { $0.key < $1.key }
        let content = SHA256.hex(SHA256.digest(Array(hashes.map { $0.key + $0.value }.joined(separator: "\n").utf8)))
        guard try store.meta(key) != content else { return }
        _ = try calibrate()
        try store.setMeta(key, content)
    }

    func stand(_ questions: [CheckQuestion], vectors cached: inout QuestionVectors) throws -> CheckState {
        let texts = questions.map { Question(text: $0.question) }
        // What a synonym adds is part of what is encoded.
        let vectors = try cached.vectors(
            questions.map { ([$0.question] + synonyms.variants(of: $0.question)).joined(separator: "\u{0}") }
        ) { try encode($0.map { texts[$0] }, mode: .hybrid) }
        let file = try mappedVectors(mode: .hybrid)
        var state = CheckState(
            judgements: [], ranked: [], articles: [:], passages: [:], words: [:], answers: [])
        for start in stride(from: 0, to: texts.count, by: 256) {
            try store.pool.read { db in
                for i in start..<min(start + 256, texts.count) {
                    let retrieval = try retrieve(texts[i], vector: vectors[i], file: file, options: SearchOptions(), db)
                    state.judgements.append(try judgement(texts[i], retrieval, db))
                    let terms = try QuestionTerms(retrieval.expression, db)
                    let draft = Drafter.draft(try draftPassages(retrieval, terms: terms, db))
                    state.answers.append(ContentWords.stems(draft?.text ?? ""))
                    let first = retrieval.ranked.prefix(CheckDefaults.places).map(\.document)
                    let documents = try Store.documents(first, db)
                    state.ranked.append(first.compactMap { documents[$0]?.id })
                }
            }
        }
        try store.pool.read { db in
            let rows = try Row.fetchCursor(
                db,
                sql:
                    "SELECT d.key, c.body FROM chunk c JOIN document d ON d.id = c.document_id WHERE d.kind = 'article'"
            )
            while let row = try rows.next() {
                let (id, body): (String, String) = (row[0], row[1])
                state.passages[id, default: []].insert(body.hashValue)
                state.words[id, default: []].formUnion(ContentWords.stems(body))
            }
            state.articles = try Store.articleHashes(db)
        }
        return state
    }
}
