/// Tells a person's own words from the mail they quote and from their signature.
enum MailText {
    struct Parts: Sendable, Equatable {
        /// Never empty when the message is not.
        var own: String
        /// Quoted mail and signature, in order.
        var quoted: String?
    }

    /// Conservative: what is not surely quoted or signed is the person's own, and where nothing own would be left the
    /// whole message is.
    static func split(_ text: String) -> Parts {
        let lines = text.lines
        var own: [Substring] = []
        var rest: [Substring] = []
        var index = 0
        while index < lines.count {
            let line = lines[index]
            let bare = line.trimmed
            if isMarked(bare) {
                rest.append(line)
            } else if startsQuote(bare, lines, index) || isSeparator(bare) || isHeaderBlock(lines, index) {
                // An answer may stand below the quoted lines; without ">" everything below is the old mail.
                let end = endOfMarked(lines, from: index)
                rest += lines[index..<end]
                index = end
                continue
            } else if bare == "--" || isDeviceLine(bare, lines, index) {
                rest += lines[index...]
                index = lines.count
                continue
            } else {
                own.append(line)
            }
            index += 1
        }
        let words = trimmed(own)
        let quoted = trimmed(rest)
        if words.isEmpty { return Parts(own: trimmed(lines), quoted: nil) }
        return Parts(own: words, quoted: quoted.isEmpty ? nil : quoted)
    }

    /// A quoted line. ">Tools > Settings" is a menu path and ">_<" a face: white space, a second mark or nothing follows.
    private static func isMarked(_ bare: Substring) -> Bool {
        guard bare.utf8.first == UInt8(ascii: ">") else { return false }
        guard let next = bare.utf8.dropFirst().first else { return true }
        return next == 0x20 || next == UInt8(ascii: ">")
    }

    /// "On Mon, Jan 5, 2024, Ann <a@b.c> wrote:" and its translations, on one line or broken over two or three.
    private static func startsQuote(_ bare: Substring, _ lines: [Substring], _ index: Int) -> Bool {
        guard let byte = bare.utf8.first, "OALEIW".utf8.contains(byte),
            let opener = openers.first(where: { bare.hasPrefix($0.0) })
        else { return false }
        var text = ""
        for line in lines[index..<min(index + 3, lines.count)] {
            text += " " + line
            let end = text.trimmedEnd
            guard end.utf8.count < 300 else { return false }
            if opener.1.contains(where: { end.hasSuffix($0) }) {
                // A date or an address, so that "On startup he wrote:" stays.
                return text.contains("@") || text.contains { ("0"..."9").contains($0) }
            }
        }
        return false
    }

    private static let openers: [(String, [String])] = [
        ("On ", ["wrote:", "writes:", "said:"]), ("Am ", ["schrieb:", "geschrieben:"]),
        ("Le ", ["écrit :", "écrit:", "a écrit\u{A0}:"]),
        ("El ", ["escribió:"]), ("Il ", ["scritto:"]), ("Op ", ["schreef:", "het volgende geschreven:"]),
        ("Em ", ["escreveu:"]), ("W dniu ", ["pisze:", "napisał(a):"]),
    ]

    private static func isSeparator(_ bare: Substring) -> Bool {
        guard bare.hasPrefix("--") || bare.hasPrefix("__") else { return false }
        let words = String(bare.filter { $0 != "-" }).trimmed.lowercased()
        if [
            "original message", "forwarded message", "original appointment", "ursprüngliche nachricht",
            "originalnachricht", "message d'origine", "weitergeleitete nachricht",
        ].contains(words) {
            return true
        }
        // Outlook's rule above a header block.
        return bare.utf8.count >= 24 && bare.allSatisfy { $0 == "_" }
    }

    /// Outlook's "From: … Sent: … To: … Subject: …" in any of its languages: three such lines within six.
    private static func isHeaderBlock(_ lines: [Substring], _ index: Int) -> Bool {
        func label(_ line: Substring) -> String? {
            let bare = line.drop { $0 == " " || $0 == "*" || $0 == ">" }
            guard let colon = bare.firstIndex(of: ":"), bare.distance(from: bare.startIndex, to: colon) < 20 else {
                return nil
            }
            return bare[..<colon].lowercased().filter { $0.isLetter }
        }
        guard let byte = lines[index].trimmedStart.utf8.first, "FfVvDd*".utf8.contains(byte),
            let first = label(lines[index]), ["from", "von", "de", "van", "da"].contains(first)
        else { return false }
        let known: Set<String> = [
            "sent", "date", "to", "subject", "cc", "gesendet", "datum", "an", "betreff", "envoyé", "à", "objet",
            "verzonden", "aan", "onderwerp", "enviado", "para", "asunto",
        ]
        let found = lines[index + 1..<min(index + 6, lines.count)].compactMap(label).filter { known.contains($0) }
        return found.count >= 2
    }

    private static func isDeviceLine(_ bare: Substring, _ lines: [Substring], _ index: Int) -> Bool {
        guard bare.utf8.count < 80, let byte = bare.utf8.first, "SGVEI".utf8.contains(byte) else { return false }
        let signs = [
            "Sent from my ", "Sent from Mail for ", "Sent from Outlook", "Sent from Yahoo Mail", "Get Outlook for ",
            "Sent via ", "Von meinem iPhone gesendet",
            "Gesendet von ", "Envoyé de mon ", "Enviado desde mi ", "Verzonden vanaf mijn ", "Inviato da ",
        ]
        guard signs.contains(where: { bare.hasPrefix($0) }) else { return false }
        // "Sent from my phone, the message has no subject" is a sentence: only at the end or in front of a quotation.
        return !lines[(index + 1)...].contains { line in
            let next = line.trimmedStart
            return !next.isEmpty && !isMarked(next) && openers.allSatisfy { !next.hasPrefix($0.0) }
                && !isSeparator(next) && !next.hasPrefix("From:") && !next.hasPrefix("Von:")
        }
    }

    /// After "… wrote:" the quotation ends where lines with ">" do; with none of these it goes to the end.
    private static func endOfMarked(_ lines: [Substring], from start: Int) -> Int {
        var index = start + 1
        while index < min(start + 4, lines.count), !isMarked(lines[index].trimmedStart) { index += 1 }
        guard index < lines.count, isMarked(lines[index].trimmedStart) else { return lines.count }
        while index < lines.count {
            let bare = lines[index].trimmedStart
            if !bare.isEmpty, !isMarked(bare) { return index }
            index += 1
        }
        return index
    }

    private static func trimmed(_ lines: [Substring]) -> String {
        guard let first = lines.firstIndex(where: { !$0.isBlank }), let last = lines.lastIndex(where: { !$0.isBlank })
        else { return "" }
        return lines[first...last].joined(separator: "\n")
    }
}
