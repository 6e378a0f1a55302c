import FoundationEssentials

/// A sentence-transformers folder of one small layer with random weights: a working encoder of a few kilobytes.
///
/// It knows a few dozen whole words and spells the rest, so texts that share words are near each other.
public enum TinyModel {
    public static let dimension = 32
    private static let intermediate = 64
    private static let positions = 256

    /// Writes the folder.
    ///
    /// - Parameter seed: another seed is another model, with another fingerprint.
    public static func write(to folder: String, seed: UInt64 = 1) {
        func put(_ name: String, _ data: Data) {
            let path = folder + "/" + name
            let parent = String(path[..<path.lastIndex(of: "/")!])
            try! FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
            try! data.write(to: URL(filePath: path))
        }
        put(
            "modules.json",
            Data(
                #"""
                [{"path": "", "type": "sentence_transformers.models.Transformer"},
                 {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
                 {"path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
                """#.utf8))
        put(
            "config.json",
            Data(
                #"""
                {"model_type": "bert", "hidden_act": "gelu", "hidden_size": \#(dimension), "num_hidden_layers": 1,
                 "num_attention_heads": 2, "intermediate_size": \#(intermediate), "vocab_size": \#(vocabulary.count),
                 "max_position_embeddings": \#(positions), "type_vocab_size": 2}
                """#.utf8))
        put("1_Pooling/config.json", Data(#"{"pooling_mode_mean_tokens": true}"#.utf8))
        put("vocab.txt", Data((vocabulary.joined(separator: "\n") + "\n").utf8))
        put("model.safetensors", weights(seed))
    }

    private static let words =
        "the a to of and in is it you for on how do my password reset invoice send reset open settings choose client "
        + "reminder email error code article page second first third edition zebra giraffe lantern harbour copper"

    private static let vocabulary: [String] = {
        let letters = "abcdefghijklmnopqrstuvwxyz0123456789".map(String.init)
        let signs = ".,:;!?'\"()[]{}<>-_/\\+*=#@%&$~|^`".map(String.init)
        var seen: Set<String> = []
        return
            (["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + letters + letters.map { "##" + $0 } + signs
            + words.split(separator: " ").map(String.init)).filter { seen.insert($0).inserted }
    }()

    /// The tensors in the safetensors layout (https://huggingface.co/docs/safetensors).
    private static func weights(_ seed: UInt64) -> Data {
        let (c, f) = (dimension, intermediate)
        let layer = "encoder.layer.0."
        var shapes: [(name: String, shape: [Int], scale: Float)] = [
            ("embeddings.word_embeddings.weight", [vocabulary.count, c], 1),
            ("embeddings.position_embeddings.weight", [positions, c], 0.02),
            ("embeddings.token_type_embeddings.weight", [2, c], 0.02),
        ]
        for (name, out, into) in [
            ("attention.self.query", c, c), ("attention.self.key", c, c), ("attention.self.value", c, c),
            ("attention.output.dense", c, c), ("intermediate.dense", f, c), ("output.dense", c, f),
        ] {
            shapes.append((layer + name + ".weight", [out, into], 0.1))
            shapes.append((layer + name + ".bias", [out], 0.1))
        }
        for name in [
            "embeddings.LayerNorm", layer + "attention.output.LayerNorm", layer + "output.LayerNorm",
        ] {
            shapes.append((name + ".weight", [c], 0))  // all ones
            shapes.append((name + ".bias", [c], 0.01))
        }
        var state = seed &* 0x9e37_79b9_7f4a_7c15 | 1
        func random() -> Float {  // −1…1
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(state >> 40) / Float(1 << 23) - 1
        }
        var header: [String] = []
        var data = Data()
        for (name, shape, scale) in shapes {
            let start = data.count
            for _ in 0..<shape.reduce(1, *) {
                let value = scale == 0 ? 1 : random() * scale
                withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
            }
            header.append(
                #""\#(name)":{"dtype":"F32","shape":\#(shape),"data_offsets":[\#(start),\#(data.count)]}"#)
        }
        var json = "{" + header.joined(separator: ",") + "}"
        json += String(repeating: " ", count: (8 - json.utf8.count % 8) % 8)
        var out = Data()
        withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian) { out.append(contentsOf: $0) }
        return out + Data(json.utf8) + data
    }
}
