import Glibc

/// PDF to blocks by `pdftotext -layout` of poppler-utils, run as a child without a shell.
enum PDFReader {
    /// Seconds a document may take, and bytes of text it may give.
    static let timeLimit = 30.0
    static let textLimit = 16 << 20
    static let memoryLimit = 768 << 20

    /// Lines are lines of the text that `pdftotext` prints: a PDF has none of its own.
    ///
    /// - Throws: `.pdf` with one reason: pdftotext is missing, took too long, or found no PDF in the bytes.
    static func blocks(_ bytes: [UInt8]) throws(ReadError) -> [Block] {
        guard bytes.prefix(1024).contains(UInt8(ascii: "%")), contains(bytes.prefix(1024), "%PDF-") else {
            throw .pdf("it does not begin as a PDF does (%PDF-)")
        }
        let output: ChildProcess.Output
        do {
            output = try ChildProcess.run(
                ["pdftotext", "-layout", "-enc", "UTF-8", "-", "-"], input: bytes, timeLimit: timeLimit,
                outputLimit: textLimit, memoryLimit: memoryLimit)
        } catch .missing {
            throw .pdf("pdftotext is not installed. Run: apt-get install poppler-utils")
        } catch {
            throw .pdf(String(describing: error))
        }
        guard output.status == 0 else { throw .pdf("pdftotext found no readable PDF in it (exit \(output.status))") }
        let clean = output.bytes.filter { $0 != 0 }
        if clean.allSatisfy({ $0 <= 0x20 }) { throw .pdf("it has no text (scanned pages?)") }
        let text = try TextHygiene.text(clean)
        return HeadingGuess.applied(to: PlainTextReader.blocks(joined(text)[...], lineOffset: 0))
    }

    /// Words cut at a line's end are joined; a page break ends a line, not a paragraph that goes on.
    private static func joined(_ text: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            String(line.filter { $0 != "\u{0C}" && $0 != "\u{AD}" })
        }
        for index in lines.indices.dropLast() {
            let line = lines[index]
            guard line.hasSuffix("-"), line.dropLast().last?.isLowercase ?? false else { continue }
            let next = lines[index + 1].drop { $0 == " " }
            guard next.first?.isLowercase ?? false else { continue }
            let word = next.prefix { $0 != " " }
            lines[index] = String(line.dropLast() + word)
            // The rest of the line keeps its place, so line numbers stay.
            lines[index + 1] = String(next.dropFirst(word.count))
        }
        return lines.joined(separator: "\n")
    }

    private static func contains(_ bytes: ArraySlice<UInt8>, _ text: String) -> Bool {
        let needle = Array(text.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: needle) }
    }
}
