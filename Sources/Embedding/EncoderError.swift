/// Why a model folder cannot be used.
public enum EncoderError: Error, Equatable, CustomStringConvertible {
    case cannotOpen(path: String, reason: String)
    case malformed(path: String, reason: String)
    case unsupported(path: String, setting: String, value: String, supported: String)
    case segmentsDoNotMatch(texts: Int, segmentLists: Int)

    public var description: String {
        switch self {
        case .cannotOpen(let path, let reason):
            "Cannot open \(path): \(reason). Give the folder of a sentence-transformers model of BERT type; it holds config.json, "
                + "vocab.txt and model.safetensors."
        case .malformed(let path, let reason):
            "\(path) is not usable: \(reason). Fetch the model anew: scripts/setup for the default one, else kb model add PATH "
                + "with a good copy."
        case .unsupported(let path, let setting, let value, let supported):
            "\(path) has \(setting) = \(value); only \(supported) is supported. Choose another model, or convert this one."
        case .segmentsDoNotMatch(let texts, let segmentLists):
            "\(texts) texts came with \(segmentLists) lists of segments. Pass one list for each text, empty if it has no segments."
        }
    }
}
