/// Constants of ingest.
enum IngestDefaults {
    /// Passages encoded and written at a time: enough to fill both cores, little enough to lose little when killed.
    static let batchPassages = 128
    /// Passages encoded between two reports of progress.
    static let slicePassages = 32
    /// Grows when a reader or the chunker changes what it makes of the same bytes: everything is read again then.
    static let readerVersion = 3
    /// Endings read as articles.
    static let articleEndings: Set<String> = ["md", "markdown", "mdx", "html", "htm", "txt", "rst", "pdf"]
    static let jsonEndings: Set<String> = ["jsonl", "ndjson", "json"]
    /// A ticket's text beyond this is not indexed: the first pages tell what it is about.
    static let ticketBytes = 16_384
    /// Largest JSON export read at once.
    static let exportBytes = 1 << 30
}
