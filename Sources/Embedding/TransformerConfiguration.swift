/// What the JSON files of a sentence-transformers folder say about a BERT encoder.
struct TransformerConfiguration: Sendable {
    enum Pooling: String, Sendable {
        case mean, cls
    }

    let hiddenSize: Int
    let layers: Int
    let heads: Int
    let intermediateSize: Int
    let vocabularySize: Int
    let positions: Int
    let types: Int
    let normEpsilon: Float
    let pooling: Pooling
    let maximumTokens: Int
    let lowercases: Bool
    let stripsAccents: Bool?
    let splitsIdeographs: Bool
    let marks: (start: String, end: String, unknown: String, others: [String])
    /// Where the weights and the vocabulary lie.
    let transformerFolder: String

    /// Reads and checks the folder.
    ///
    /// - Throws: `EncoderError` naming the file, the setting and its value for anything but a BERT encoder with absolute positions,
    ///   exact GELU, mean or [CLS] pooling and normalization.
    init(folder: String) throws(EncoderError) {
        let list = try ModelSettings(path: "\(folder)/modules.json")
        var transformerFolder = folder
        var pooling: Pooling?
        for module in try list.elements() {
            let (name, type) = (try module.text("path"), try module.text("type"))
            let path = name.isEmpty ? folder : "\(folder)/\(name)"
            switch type.split(separator: ".").last {
            case "Transformer": transformerFolder = path
            case "Pooling": pooling = try Self.pooling("\(path)/config.json")
            case "Normalize": break
            default:
                throw .unsupported(
                    path: list.path, setting: "a module of type", value: type,
                    supported: "Transformer, Pooling and Normalize")
            }
        }
        guard let pooling else { throw .malformed(path: "\(folder)/modules.json", reason: "it has no Pooling module") }
        self.pooling = pooling
        self.transformerFolder = transformerFolder

        let path = "\(transformerFolder)/config.json"
        let config = try ModelSettings(path: path)
        func check(_ setting: String, _ supported: String) throws(EncoderError) {
            let value = try config.optionalText(setting)
            guard value == nil || value == supported else {
                throw .unsupported(path: path, setting: setting, value: value!, supported: supported)
            }
        }
        try check("model_type", "bert")
        try check("hidden_act", "gelu")
        try check("position_embedding_type", "absolute")
        hiddenSize = try config.whole("hidden_size")
        layers = try config.whole("num_hidden_layers")
        heads = try config.whole("num_attention_heads")
        intermediateSize = try config.whole("intermediate_size")
        vocabularySize = try config.whole("vocab_size")
        positions = try config.whole("max_position_embeddings")
        guard hiddenSize > 0, heads > 0, hiddenSize % heads == 0, layers > 0, intermediateSize > 0, vocabularySize > 0,
            positions > 1
        else {
            throw .malformed(path: path, reason: "its sizes are not positive, or the heads do not divide hidden_size")
        }
        types = try config.optionalWhole("type_vocab_size") ?? 2
        normEpsilon = Float(try config.optionalNumber("layer_norm_eps") ?? 1e-12)

        let sentence = try ModelSettings(ifPresent: "\(transformerFolder)/sentence_bert_config.json")
        let tokens = try ModelSettings(ifPresent: "\(transformerFolder)/tokenizer_config.json")
        // Some files hold 1e30 for "no limit".
        let limit = try tokens.optionalNumber("model_max_length").map { Int(min($0, 1e9)) }
        maximumTokens = min(try sentence.optionalWhole("max_seq_length") ?? limit ?? positions, positions)
        guard maximumTokens >= 2 else {
            throw .malformed(
                path: "\(transformerFolder)/sentence_bert_config.json", reason: "max_seq_length is below 2")
        }
        lowercases = try tokens.optionalFlag("do_lower_case") ?? true
        stripsAccents = try tokens.optionalFlag("strip_accents")
        splitsIdeographs = try tokens.optionalFlag("tokenize_chinese_chars") ?? true
        marks = (
            try tokens.mark("cls_token") ?? "[CLS]", try tokens.mark("sep_token") ?? "[SEP]",
            try tokens.mark("unk_token") ?? "[UNK]",
            [try tokens.mark("pad_token") ?? "[PAD]", try tokens.mark("mask_token") ?? "[MASK]"]
        )
    }

    private static func pooling(_ path: String) throws(EncoderError) -> Pooling {
        let config = try ModelSettings(path: path)
        let modes = [
            ("mean", "mean_tokens"), ("cls", "cls_token"), ("max", "max_tokens"),
            ("mean_sqrt_len", "mean_sqrt_len_tokens"), ("weightedmean", "weightedmean_tokens"),
            ("lasttoken", "lasttoken"),
        ]
        var chosen: [String] = []
        for (mode, key) in modes where try config.optionalFlag("pooling_mode_" + key) == true { chosen.append(mode) }
        guard chosen.count == 1, let pooling = Pooling(rawValue: chosen[0]) else {
            throw .unsupported(
                path: path, setting: "pooling mode", value: chosen.joined(separator: " and "),
                supported: "mean or cls, alone")
        }
        return pooling
    }
}
