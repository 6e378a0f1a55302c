import Testing

@testable import Embedding

/// Which folders open, and what is said of those that do not.
struct ModelFolderTests {
    /// A text longer than the model's 12 tokens too.
    static let texts = [
        "red green", "", "GREEN unknown red", "red red red red red red green green green green green green green red",
    ]

    @Test func `a bert prefix on the tensors' names changes nothing`() throws {
        var prefixed = TinyModel()
        prefixed.prefix = "bert."
        #expect(try prefixed.open().encode(Self.texts) == TinyModel().open().encode(Self.texts))
    }

    @Test func `mean and cls pooling both work and differ`() throws {
        let mean = TinyModel()
        let cls = mean.replacing("1_Pooling/config.json", "true", "1").replacing(
            "1_Pooling/config.json", "false", "true"
        )
        .replacing("1_Pooling/config.json", "1", "false")
        let a = try mean.open().encode(Self.texts)
        let b = try cls.open().encode(Self.texts)
        #expect(a != b)
        for matrix in [a, b] { #expect(abs(matrix[0].reduce(0) { $0 + $1 * $1 } - 1) < 1e-5) }
    }

    @Test func `a segment over two tokens points between those over each`() throws {
        let (_, segments) = try TinyModel().open().encode(["red green"], segments: [[0..<3, 4..<9, 0..<9]])
        let (red, green, both) = (segments[0][0], segments[0][1], segments[0][2])
        #expect(cosine(red, green) < 0.999)
        #expect(cosine(both, red) > cosine(red, green) && cosine(both, green) > cosine(red, green))
    }

    @Test(arguments: [
        (
            "config.json", "\"bert\"", "\"roberta\"",
            ["config.json has model_type = roberta", "only bert", "another model"]
        ),
        ("config.json", "\"gelu\"", "\"relu\"", ["hidden_act = relu", "only gelu"]),
        ("config.json", "\"hidden_size\": 32,", "", ["config.json", "lacks hidden_size"]),
        ("config.json", "\"num_attention_heads\": 2", "\"num_attention_heads\": 5", ["heads do not divide"]),
        (
            "config.json", "\"hidden_size\": 32", "\"hidden_size\": 48",
            ["model.safetensors", "has shape [8, 32]", "[8, 48]"]
        ),
        (
            "config.json", "\"num_hidden_layers\": 1", "\"num_hidden_layers\": 2",
            ["no tensor encoder.layer.1.", "BERT"]
        ),
        ("config.json", "\"vocab_size\": 8", "\"vocab_size\": 7", ["vocab.txt", "8 lines", "knows 7"]),
        ("config.json", "{", "[", ["config.json", "not the JSON"]),
        ("1_Pooling/config.json", "_mean_tokens", "_max_tokens", ["pooling mode = max", "mean or cls"]),
        ("1_Pooling/config.json", "false", "true", ["pooling mode = mean and cls"]),
        ("modules.json", "models.Normalize", "models.Dense", ["modules.json", "models.Dense"]),
        ("modules.json", "models.Pooling", "models.Normalize", ["no Pooling"]),
        ("vocab.txt", "[SEP]", "[sep]", ["vocab.txt", "no line [SEP]"]),
    ])
    func `a folder this encoder cannot serve is refused with the file, the setting and its value`(
        file: String, old: String, new: String, parts: [String]
    ) {
        let message = TinyModel().replacing(file, old, new).complaint()
        for part in parts { #expect(message.contains(part), "\(message)") }
    }

    @Test func `half precision is refused by name`() {
        var model = TinyModel()
        model.type = "F16"
        #expect(model.complaint().contains("dtype of embeddings.word_embeddings.weight = F16; only F32"))
    }

    static let damages: [(String, @Sendable (inout [UInt8]) -> Void, String)] = [
        ("no bytes", { $0 = [] }, "it has 0 bytes"),
        ("cut in the data", { $0.removeLast(100) }, "data bytes, but lies at"),
        ("cut in the header", { $0.removeSubrange(64...) }, "its header should be"),
        ("a header of 2^63 bytes", { $0[7] = 0x80 }, "its header should be"),
        ("no JSON", { $0[8] = 0 }, "its header is not the JSON table"),
    ]
    @Test(arguments: damages.indices) func `a damaged weights file is an error and never a crash`(index: Int) {
        let (_, spoil, reason) = Self.damages[index]
        var model = TinyModel()
        model.spoil = spoil
        let message = model.complaint()
        #expect(message.contains("model.safetensors") && message.contains(reason), "\(message)")
        #expect(message.contains("Fetch the model anew: scripts/setup"))
    }

    @Test func `a missing folder is an error that says what to give`() {
        #expect(throws: EncoderError.self) { try TransformerEncoder(folder: "/nowhere/at/all") }
        let message = EncoderError.cannotOpen(path: "/nowhere/modules.json", reason: "No such file").description
        #expect(
            message.contains("/nowhere/modules.json")
                && message.contains("Give the folder of a sentence-transformers model"))
    }

    @Test func `whatever changes a vector changes the fingerprint`() throws {
        let base = TinyModel()
        var retrained = base
        retrained.spoil = { $0[$0.count - 100] ^= 0x10 }
        var fingerprints = [try base.open().fingerprint, try retrained.open().fingerprint]
        for (file, old, new) in [
            ("sentence_bert_config.json", "12", "11"), ("tokenizer_config.json", "true", "false"),
            ("vocab.txt", "green", "brown"), ("config.json", "heads\": 2", "heads\": 4"),
            ("config.json", "1e-12", "1e-6"),
        ] {
            fingerprints.append(try base.replacing(file, old, new).open().fingerprint)
        }
        #expect(Set(fingerprints).count == fingerprints.count)
        #expect(try base.open().fingerprint == fingerprints[0])
    }
}
