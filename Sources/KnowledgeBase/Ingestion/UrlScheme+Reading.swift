extension UrlScheme {
    /// What the settings of a source make of it.
    init(_ source: Settings.Source?) throws {
        self.init()
        baseURL = source?.baseURL
        if let name = source?.style, let style = Style(rawValue: name) { self.style = style }
    }

    /// Eight bytes that change when the settings or the readers do: the same bytes are read again then.
    var readingHash: [UInt8] {
        let text = "\(IngestDefaults.readerVersion)\n\(baseURL ?? "")\n\(style.rawValue)"
        return Array(SHA256.digest(Array(text.utf8)).prefix(8))
    }
}
