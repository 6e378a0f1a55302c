import FoundationEssentials

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
        let modules = try Self.read([Module].self, "\(folder)/modules.json")
        var transformerFolder = folder
        var pooling: Pooling?
        for module in modules {
            let path = module.path.isEmpty ? folder : "\(folder)/\(module.path)"
            switch module.type.split(separator: ".").last {
            case "Transformer": transformerFolder = path
            case "Pooling": pooling = try Self.pooling("\(path)/config.json")
            case "Normalize": break
            default:
                throw .unsupported(
                    path: "\(folder)/modules.json", setting: "a module of type", value: module.type,
                    supported: "Transformer, Pooling and Normalize")
            }
        }
        guard let pooling else { throw .malformed(path: "\(folder)/modules.json", reason: "it has no Pooling module") }
        self.pooling = pooling
        self.transformerFolder = transformerFolder

        let path = "\(transformerFolder)/config.json"
        let config = try Self.read(Config.self, path)
        func check(_ setting: String, _ value: String?, _ supported: String) throws(EncoderError) {
            guard value == nil || value == supported else {
                throw .unsupported(path: path, setting: setting, value: value!, supported: supported)
            }
        }
        try check("model_type", config.model_type, "bert")
        try check("hidden_act", config.hidden_act, "gelu")
        try check("position_embedding_type", config.position_embedding_type, "absolute")
        guard config.hidden_size > 0, config.num_attention_heads > 0,
            config.hidden_size % config.num_attention_heads == 0, config.num_hidden_layers > 0,
            config.intermediate_size > 0, config.vocab_size > 0, config.max_position_embeddings > 1
        else {
            throw .malformed(path: path, reason: "its sizes are not positive, or the heads do not divide hidden_size")
        }
        hiddenSize = config.hidden_size
        layers = config.num_hidden_layers
        heads = config.num_attention_heads
        intermediateSize = config.intermediate_size
        vocabularySize = config.vocab_size
        positions = config.max_position_embeddings
        types = config.type_vocab_size ?? 2
        normEpsilon = Float(config.layer_norm_eps ?? 1e-12)

        let sentence = try Self.readIfPresent(SentenceConfig.self, "\(transformerFolder)/sentence_bert_config.json")
        let tokens = try Self.readIfPresent(TokenizerConfig.self, "\(transformerFolder)/tokenizer_config.json")
        maximumTokens = min(
            sentence?.max_seq_length ?? tokens?.model_max_length.map { Int(min($0, 1e9)) } ?? positions, positions)
        guard maximumTokens >= 2 else {
            throw .malformed(
                path: "\(transformerFolder)/sentence_bert_config.json", reason: "max_seq_length is below 2")
        }
        lowercases = tokens?.do_lower_case ?? true
        stripsAccents = tokens?.strip_accents
        splitsIdeographs = tokens?.tokenize_chinese_chars ?? true
        marks = (
            tokens?.cls_token?.text ?? "[CLS]", tokens?.sep_token?.text ?? "[SEP]", tokens?.unk_token?.text ?? "[UNK]",
            [tokens?.pad_token?.text ?? "[PAD]", tokens?.mask_token?.text ?? "[MASK]"]
        )
    }

    private static func pooling(_ path: String) throws(EncoderError) -> Pooling {
        let config = try read(PoolingConfig.self, path)
        let modes: [(String, Bool?)] = [
            ("mean", config.pooling_mode_mean_tokens), ("cls", config.pooling_mode_cls_token),
            ("max", config.pooling_mode_max_tokens), ("mean_sqrt_len", config.pooling_mode_mean_sqrt_len_tokens),
            ("weightedmean", config.pooling_mode_weightedmean_tokens), ("lasttoken", config.pooling_mode_lasttoken),
        ]
        let chosen = modes.filter { $0.1 == true }.map(\.0)
        guard chosen.count == 1, let pooling = Pooling(rawValue: chosen[0]) else {
            throw .unsupported(
                path: path, setting: "pooling mode", value: chosen.joined(separator: " and "),
                supported: "mean or cls, alone")
        }
        return pooling
    }

    private static func read<T: Decodable>(_ type: T.Type, _ path: String) throws(EncoderError) -> T {
        let file = try MappedFile(path: path)
        do {
            return try JSONDecoder().decode(type, from: Data(file.contents))
        } catch DecodingError.keyNotFound(let key, _) {
            throw .malformed(path: path, reason: "it lacks \(key.stringValue)")
        } catch DecodingError.typeMismatch(_, let context) {
            throw .malformed(
                path: path, reason: "\(context.codingPath.last?.stringValue ?? "its top level") has the wrong type")
        } catch {
            throw .malformed(path: path, reason: "it is not the JSON expected there")
        }
    }

    private static func readIfPresent<T: Decodable>(_ type: T.Type, _ path: String) throws(EncoderError) -> T? {
        MappedFile.exists(path) ? try read(type, path) : nil
    }

    // The files' own names for their settings.
    private struct Module: Decodable {
        let path: String
        let type: String
    }
    private struct Config: Decodable {
        let model_type: String?
        let hidden_act: String?
        let position_embedding_type: String?
        let hidden_size: Int
        let num_hidden_layers: Int
        let num_attention_heads: Int
        let intermediate_size: Int
        let vocab_size: Int
        let max_position_embeddings: Int
        let type_vocab_size: Int?
        let layer_norm_eps: Double?
    }
    private struct PoolingConfig: Decodable {
        let pooling_mode_mean_tokens: Bool?
        let pooling_mode_cls_token: Bool?
        let pooling_mode_max_tokens: Bool?
        let pooling_mode_mean_sqrt_len_tokens: Bool?
        let pooling_mode_weightedmean_tokens: Bool?
        let pooling_mode_lasttoken: Bool?
    }
    private struct SentenceConfig: Decodable {
        let max_seq_length: Int?
    }
    private struct TokenizerConfig: Decodable {
        let do_lower_case: Bool?
        let strip_accents: Bool?
        let tokenize_chinese_chars: Bool?
        let model_max_length: Double?  // some files hold 1e30 for "no limit"
        let cls_token, sep_token, unk_token, pad_token, mask_token: Mark?
    }
    /// A special mark: a string, or an object with its `content`.
    private struct Mark: Decodable {
        let text: String
        private enum Keys: String, CodingKey { case content }
        init(from decoder: any Decoder) throws {
            if let text = try? decoder.singleValueContainer().decode(String.self) {
                self.text = text
            } else {
                text = try decoder.container(keyedBy: Keys.self).decode(String.self, forKey: .content)
            }
        }
    }
}
