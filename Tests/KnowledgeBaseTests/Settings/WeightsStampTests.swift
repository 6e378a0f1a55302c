import FoundationEssentials
import TestSupport
import Testing

@testable import Embedding
@testable import KnowledgeBase

struct WeightsStampTests {
    let folder = ScratchFolder()
    var environment: [String: String] { ["XDG_CACHE_HOME": folder.path + "/cache"] }
    var stamps: String { folder.path + "/cache/kb/weights" }

    @Test func `a digest is remembered while the file is as it was, and no longer`() throws {
        let path = folder.write("w", "abc")
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(try WeightsStamp.digest(of: path, environment: environment) == abc)
        // What is remembered is used: a forged stamp is believed while size, times and inode agree.
        let text = String(decoding: try #require(FileManager.default.contents(atPath: stamps)), as: UTF8.self)
        #expect(text.hasPrefix(abc + " 3 ") && text.hasSuffix(" " + path + "\n"))
        folder.write("cache/kb/weights", text.replacing("ba78", with: "0000"))
        #expect(try WeightsStamp.digest(of: path, environment: environment).hasPrefix("0000"))
        folder.write("w", "abd")
        #expect(try WeightsStamp.digest(of: path, environment: environment).hasPrefix("a52d159f"))
        #expect(try WeightsStamp.digest(of: path, environment: [:]).hasPrefix("a52d159f"))
    }

    @Test func `the default model's name stands for pinned weights only`() throws {
        TinyModel.write(to: folder.path + "/\(Models.defaultName)")
        let error = try #require(throws: KnowledgeBaseError.self) {
            try Models.open(
                nil, environment: ["KB_MODELS": folder.path, "XDG_CACHE_HOME": folder.path + "/cache"], threads: 1)
        }
        #expect(
            error.description.contains("its SHA-256 is ")
                && error.description.hasSuffix("Fetch the model anew: scripts/setup."))
        #expect(error.description.contains(Models.defaultDigest))
    }

    @Test func `the digest of the checked weights is what sampling them gives`() throws {
        let folder = Models.folder(ProcessInfo.processInfo.environment) + "/" + Models.defaultName
        let weights = try TransformerWeights(
            path: folder + "/model.safetensors", configuration: try TransformerConfiguration(folder: folder))
        #expect(weights.digest.hexadecimal == Models.defaultWeightsDigest.hexadecimal, "\(weights.digest)")
    }
}
