/// One JSON file of a model's folder, asked for its settings by name; each mistake names the file and the setting.
struct ModelSettings {
    let path: String
    private let value: JSONValue

    /// - Throws: `EncoderError` when it cannot be opened or is not JSON.
    init(path: String) throws(EncoderError) {
        let file = try MappedFile(path: path)
        let value: JSONValue
        do {
            value = try JSONParser.value(file.contents)
        } catch {
            throw .malformed(path: path, reason: "it is not the JSON expected there")
        }
        self.init(path: path, value: value)
    }

    /// A file that may be absent; then it has no setting.
    init(ifPresent path: String) throws(EncoderError) {
        if MappedFile.exists(path) {
            try self.init(path: path)
        } else {
            self.init(path: path, value: .object([]))
        }
    }

    private init(path: String, value: JSONValue) { (self.path, self.value) = (path, value) }

    /// The objects of a list.
    func elements() throws(EncoderError) -> [ModelSettings] {
        guard let values = value.array else { throw wrongType("its top level") }
        return values.map { ModelSettings(path: path, value: $0) }
    }

    func text(_ key: String) throws(EncoderError) -> String {
        guard let text = try optionalText(key) else { throw lacks(key) }
        return text
    }

    func whole(_ key: String) throws(EncoderError) -> Int {
        guard let number = try optionalWhole(key) else { throw lacks(key) }
        return number
    }

    func optionalText(_ key: String) throws(EncoderError) -> String? {
        guard let found = try member(key) else { return nil }
        guard case .string(let text) = found else { throw wrongType(key) }
        return text
    }

    func optionalWhole(_ key: String) throws(EncoderError) -> Int? {
        guard let found = try member(key) else { return nil }
        guard case .number = found, let number = found.int else { throw wrongType(key) }
        return number
    }

    func optionalNumber(_ key: String) throws(EncoderError) -> Double? {
        guard let found = try member(key) else { return nil }
        guard case .number(let digits) = found, let number = Double(digits) else { throw wrongType(key) }
        return number
    }

    func optionalFlag(_ key: String) throws(EncoderError) -> Bool? {
        guard let found = try member(key) else { return nil }
        guard let flag = found.bool else { throw wrongType(key) }
        return flag
    }

    /// A special mark: a string, or an object with its `content`.
    func mark(_ key: String) throws(EncoderError) -> String? {
        guard let found = try member(key) else { return nil }
        guard found.members != nil else { return try optionalText(key) }
        return try ModelSettings(path: path, value: found).text("content")
    }

    private func member(_ key: String) throws(EncoderError) -> JSONValue? {
        guard value.members != nil else { throw wrongType("its top level") }
        return value[key]
    }

    private func lacks(_ key: String) -> EncoderError { .malformed(path: path, reason: "it lacks \(key)") }

    private func wrongType(_ what: String) -> EncoderError {
        .malformed(path: path, reason: "\(what) has the wrong type")
    }
}
