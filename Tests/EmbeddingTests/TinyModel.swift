@testable import Embedding

/// The files of a made-up model with one layer, to spoil one at a time; runs without any download.
struct TinyModel {
    var files: [String: String] = [
        "modules.json": """
        [{"path": "", "type": "sentence_transformers.models.Transformer"},
         {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
         {"path": "2_Normalize", "type": "sentence_transformers.models.Normalize"}]
        """,
        "config.json": """
        {"model_type": "bert", "hidden_act": "gelu", "hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2,
         "intermediate_size": 64, "vocab_size": 8, "max_position_embeddings": 16, "type_vocab_size": 2, "layer_norm_eps": 1e-12}
        """,
        "1_Pooling/config.json": #"{"pooling_mode_mean_tokens": true, "pooling_mode_cls_token": false}"#,
        "sentence_bert_config.json": #"{"max_seq_length": 12}"#,
        "tokenizer_config.json": #"{"do_lower_case": true}"#,
        "vocab.txt": "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nred\ngreen\nBlue\n",
    ]
    var prefix = ""
    var type = "F32"
    /// Applied to the finished safetensors file.
    var spoil: (inout [UInt8]) -> Void = { _ in }

    static let shapes: [(String, [Int])] = {
        let layer = "encoder.layer.0"
        var shapes = [
            ("embeddings.word_embeddings", [8, 32]), ("embeddings.position_embeddings", [16, 32]),
            ("embeddings.token_type_embeddings", [2, 32]),
        ]
        shapes += [("\(layer).intermediate.dense", [64, 32]), ("\(layer).output.dense", [32, 64])]
        for part in ["self.query", "self.key", "self.value", "output.dense"] {
            shapes.append(("\(layer).attention.\(part)", [32, 32]))
        }
        var tensors = shapes.map { ("\($0.0).weight", $0.1) }
        tensors += shapes.dropFirst(3).map { ("\($0.0).bias", [$0.1[0]]) }
        for norm in ["embeddings.LayerNorm", "\(layer).attention.output.LayerNorm", "\(layer).output.LayerNorm"] {
            tensors += [("\(norm).weight", [32]), ("\(norm).bias", [32])]
        }
        return tensors
    }()

    func weights() -> [UInt8] {
        var header: [String] = [#""__metadata__": {"format": "pt"}"#]
        var data: [UInt8] = []
        var state: UInt64 = 7
        for (name, shape) in Self.shapes {
            let count = shape.reduce(1, *)
            let end = data.count + 4 * count
            header.append(
                #""\#(prefix)\#(name)": {"dtype": "\#(type)", "shape": \#(shape), "data_offsets": [\#(data.count), \#(end)]}"#
            )
            for _ in 0..<count {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                let value = Float(Int(state >> 40) % 2001 - 1000) / 2000
                withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
            }
        }
        var text = Array("{\(header.joined(separator: ", "))}".utf8)
        while text.count % 8 != 0 { text.append(32) }
        var file = withUnsafeBytes(of: UInt64(text.count).littleEndian) { Array($0) } + text + data
        spoil(&file)
        return file
    }

    func folder() -> String {
        var bytes = files.mapValues { Array($0.utf8) }
        bytes["model.safetensors"] = weights()
        return temporaryFolder(bytes)
    }

    func open() throws -> TransformerEncoder { try TransformerEncoder(folder: folder(), threads: 1) }

    /// The message of the error that opening throws.
    func complaint() -> String {
        do {
            _ = try open()
            return "no error"
        } catch {
            return "\(error)"
        }
    }

    func replacing(_ file: String, _ old: String, _ new: String) -> TinyModel {
        var model = self
        let text = model.files[file]!
        precondition(text.contains(old), "\(file) has no \(old)")
        model.files[file] = text.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
        return model
    }
}
