/// Articles as JSON Lines in the layout of the BEIR corpora: `{"_id", "title", "text", "metadata": {"url": …}}`.
enum ArticleLines {
    struct Reading: Sendable {
        var documents: [SourceDocument] = []
        /// A bad line is "file:line".
        var skipped: [SkippedFile] = []
    }

    /// - Parameter name: the file's name, for the reasons.
    /// - Throws: `ReadError` when the file as a whole cannot be read.
    static func read(_ input: JSONRecords.Input, name: String, settings: UrlScheme = UrlScheme()) throws(ReadError)
        -> Reading
    {
        var reading = Reading()
        var seen: [String: Int] = [:]
        try JSONRecords.visit(input) { record, line in
            func skip(_ reason: String) { reading.skipped.append(SkippedFile(path: "\(name):\(line)", reason: reason)) }
            switch record {
            case .failure(let error): skip(error.description)
            case .success(let value):
                guard let id = (value["_id"] ?? value["id"])?.text, !id.isEmpty else { return skip("no \"_id\"") }
                if let first = seen[id] { return skip("the _id \(id) stands on line \(first) already") }
                seen[id] = line
                // What kb export --questions wrote, often into the folder of the articles.
                if value["question"] != nil, value["text"] == nil, value["expected"] != nil || value["gap"] != nil {
                    return
                }
                guard let document = document(value, id: id, line: line, settings) else {
                    return skip("neither \"title\" nor \"text\"")
                }
                reading.documents.append(document)
            }
        }
        return reading
    }

    private static func document(_ value: JSONValue, id: String, line: Int, _ settings: UrlScheme) -> SourceDocument? {
        let title = TextHygiene.collapsed(TextHygiene.nfc(value["title"]?.text ?? ""))
        let text = TextHygiene.nfc(value["text"]?.text ?? "")
        var front = FrontMatter()
        for member in (value["metadata"]?.members ?? []) + (value.members ?? [])
        where !["_id", "id", "title", "text", "metadata"].contains(member.key) {
            if let array = member.value.array {
                front.values[member.key.lowercased()] = array.compactMap(\.text)
            } else if let text = member.value.text {
                front.values[member.key.lowercased()] = [text]
            }
        }
        var document = SourceDocument(path: id, title: title)
        front.apply(
            to: &document,
            scheme: UrlScheme(
                baseURL: front.first("slug", "permalink") == nil ? nil : settings.baseURL, style: settings.style))
        document.title = title
        let blocks = HeadingGuess.applied(to: PlainTextReader.blocks(text[...], lineOffset: 0))
        document.blocks = blocks.map { block in
            var block = block
            block.lines = line...line
            block.breaks = []
            return block
        }
        if document.title.isEmpty { document.title = blocks.first.map { String($0.text.prefix(80)) } ?? "" }
        return document.title.isEmpty ? nil : document
    }
}
