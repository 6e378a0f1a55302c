import KnowledgeBase

/// What `kb --version` prints: the program, and the default encoder with its licence and checksum.
enum VersionText {
    static let number = "0.1.0"
    static let text = """
        kb \(number)
        encoder all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0)
        sha256 of its weights \(Models.defaultDigest)
        """
}
