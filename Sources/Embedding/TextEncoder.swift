/// Turns texts into unit vectors whose inner product measures how alike their meanings are.
public protocol TextEncoder: Sendable {
    /// Length of each vector.
    var dimension: Int { get }
    /// Names the function text -> vector: two encoders with equal fingerprints give equal vectors (up to rounding).
    /// Store it beside vectors and refuse to mix.
    var fingerprint: String { get }
    /// Tokens of a text beyond this many, start and end marks included, are cut off.
    var maximumTokens: Int { get }

    /// One vector for each text.
    ///
    /// - Returns: n x d, row i is text i, each row of length 1. An empty text has a valid vector too.
    func encode(_ texts: [String]) throws -> Matrix

    /// One vector for each text and one for each of its segments, from the same pass ("late chunking": a segment is read in its
    /// context; Günther et al., arXiv:2409.04701).
    ///
    /// - Parameter segments: for each text, ranges of its UTF-8 bytes, for example its sentences; they may overlap or be empty.
    /// - Returns: `vectors` as `encode(_:)`; `segmentVectors[i]` has one row for each range of text i: the mean of the final states
    ///   of the tokens that lie within the range, scaled to length 1, or all zeros if no token does (cut off, or only white space).
    func encode(_ texts: [String], segments: [[Range<Int>]]) throws -> (vectors: Matrix, segmentVectors: [Matrix])
}
