/// What a person says in a message, as far as triggers are concerned: without quoted mail and its header lines, without
/// signature, device line and legal footer. A footer speaks of confidentiality and law in every mail, whatever is asked.
///
/// Conservative, for what is cut cannot be heard: a line is only cut where its form says what it is, and where nothing would be left
/// everything counts.
enum MessageWords {
    static func own(_ text: String) -> String {
        // What is added has lines of its own.
        guard text.utf8.contains(0x0a) else { return text }
        let parts = MailText.split(withoutLeadingHeader(text))
        var lines = parts.own.lines
        // "Sent from my account without my knowledge" is a last line as well.
        lines += (parts.quoted ?? "").lines.filter { $0.hasPrefix("Sent from my ") && !isDeviceLine($0) }
        lines = withoutFooters(lines).filter { !isDeviceLine($0) }
        let own = String(withoutSignature(lines).joined(separator: "\n").trimmed)
        return own.isEmpty ? text : own
    }

    /// As the tables below are compared.
    private static func folded(_ text: some StringProtocol) -> String {
        Grading.plainWords(String(text)).joined(separator: " ")
    }

    private static func folded(_ table: String) -> [String] {
        table.split(separator: "\n").map { folded($0) }
    }

    /// A form, or a program, that writes "From: … To: … Subject: …" above the message. The subject is the person's own.
    private static func withoutLeadingHeader(_ text: String) -> String {
        let lines = text.lines
        func name(_ line: Substring) -> String? {
            line.firstIndex(of: ":").map { line[..<$0].filter { $0 != "*" && $0 != " " }.lowercased() }
        }
        let header = lines.prefix { name($0).map { headerNames.contains($0) || subjectNames.contains($0) } ?? false }
        guard header.count >= 2, lines[header.count...].contains(where: { !$0.isBlank }) else { return text }
        let subjects = header.filter { name($0).map(subjectNames.contains) ?? false }.map {
            $0[$0.firstIndex(of: ":")!...].dropFirst()
        }
        return (subjects + lines[header.count...]).joined(separator: "\n")
    }

    private static let headerNames: Set<String> = [
        "from", "sent", "to", "cc", "bcc", "date", "reply-to", "importance", "von", "gesendet", "an", "datum", "de",
        "envoyé", "à", "para", "enviado", "fecha",
    ]
    private static let subjectNames: Set<String> = ["subject", "betreff", "objet", "asunto"]

    /// "Sent from my phone" by itself on a line; with other words behind it the line is a sentence.
    private static func isDeviceLine(_ line: Substring) -> Bool {
        guard line.utf8.count <= 80, !line.contains("?") else { return false }
        let line = folded(line)
        return devices.contains { line.hasPrefix($0) }
    }

    private static let devices: [String] = {
        let things = [
            "phone", "iphone", "ipad", "android", "galaxy", "samsung", "mobile", "smartphone", "tablet", "pixel",
            "huawei",
            "xiaomi", "blackberry", "windows", "nokia", "oneplus", "sony", "device", "handy", "mobiltelefon", "telefon",
        ]
        let starts = [
            "sent from my", "von meinem", "gesendet von meinem", "envoye de mon", "enviado desde mi",
            "verzonden vanaf mijn",
        ]
        return starts.flatMap { start in things.map { "\(start) \($0)" } }
            + folded(
                """
                Sent from Mail for
                Sent from Outlook
                Sent from Yahoo Mail
                Sent from Proton
                Sent with Spark
                Sent via BlackBerry
                Get Outlook for
                Gesendet mit der
                Envoyé depuis mon
                Inviato da iPhone
                """)
    }()

    // MARK: - Legal footers

    /// Leaves out the paragraphs that say how a mail may be used, and of what lies between two of them the same.
    private static func withoutFooters(_ lines: [Substring]) -> [Substring] {
        var out: [Substring] = []
        var paragraph: [Substring] = []
        func close() {
            if !isFooter(paragraph) { out += paragraph }
            paragraph = []
        }
        for line in lines {
            // A rule, or an empty line, parts paragraphs.
            if line.isBlank || line.trimmed.allSatisfy({ "-_*=".contains($0) }) {
                close()
                out.append(line)
            } else {
                paragraph.append(line)
            }
        }
        close()
        return out
    }

    /// A paragraph is a footer by how it begins together with what it says: "This email contains my passport" is none.
    private static func isFooter(_ paragraph: [Substring]) -> Bool {
        guard !paragraph.isEmpty else { return false }
        let words = Grading.plainWords(paragraph.joined(separator: "\n")).joined(separator: " ")
        if alone.contains(where: { words.hasPrefix($0) }) { return true }
        return openers.contains { words.hasPrefix($0) } && signs.contains { words.contains($0) }
    }

    private static let alone = folded(
        """
        please consider the environment before printing
        consider the environment before printing
        think before you print
        save a tree
        confidentiality notice
        confidentiality statement
        """)
    private static let openers = folded(
        """
        this e mail
        this email
        this mail
        this message
        this communication
        this transmission
        the information contained in this
        the information in this
        the contents of this
        the content of this
        the information transmitted
        information in this
        if you are not the intended
        if you have received this
        if this email
        disclaimer
        privileged
        important notice
        important this
        legal notice
        notice this
        caution this
        diese e mail
        diese mail
        diese nachricht
        der inhalt dieser
        ce message
        ce courriel
        cet e mail
        este mensaje
        este correo
        esta mensagem
        questo messaggio
        questa e mail
        dit bericht
        deze e mail
        """)
    /// Words that only such paragraphs have.
    private static let signs = folded(
        """
        intended recipient
        intended solely
        intended only
        solely for the
        only for the person
        addressee
        received this e mail in error
        received this email in error
        received this message in error
        received it in error
        received this communication in error
        received this in error
        privileged
        unauthorized
        unauthorised
        notify the sender
        contact the sender
        delete it from your
        viruses
        originated from outside
        external sender
        outside of the organization
        outside your organization
        nicht der richtige
        nicht der beabsichtigte
        irrtümlich erhalten
        vertrauliche
        rechtlich geschützte
        destinataire
        confidentiel
        destinatario
        confidencial
        confidenziale
        riservat
        geadresseerde
        vertrouwelijk
        """)

    // MARK: - Signature

    /// Leaves out what follows a farewell, where every line of it looks like a name, a title, a number or an address.
    private static func withoutSignature(_ lines: [Substring]) -> [Substring] {
        guard let last = lines.lastIndex(where: isFarewell) else { return lines }
        let below = lines[(last + 1)...].filter { !$0.isBlank }
        guard below.count <= 10, below.allSatisfy(isSignatureLine) else { return lines }
        return Array(lines[..<last])
    }

    /// "Best regards," and its like, by themselves on a line.
    private static func isFarewell(_ line: Substring) -> Bool {
        let bare = line.trimmed
        guard bare.utf8.count <= 40, bare.last != "?" else { return false }
        let words = Grading.plainWords(String(bare))
        guard let first = words.first, words.count <= 5 else { return false }
        let folded = words.joined(separator: " ")
        return farewells.contains(folded) || first == "best" && words.count <= 2
    }

    private static let farewells = Set(
        folded(
            """
            best regards
            kind regards
            regards
            warm regards
            many thanks
            thanks
            thank you
            thanks in advance
            thank you in advance
            thanks and regards
            cheers
            sincerely
            yours sincerely
            sincerely yours
            yours faithfully
            yours truly
            all the best
            with kind regards
            with best regards
            rgds
            br
            mit freundlichen Grüßen
            viele Grüße
            beste Grüße
            freundliche Grüße
            herzliche Grüße
            vielen dank
            danke
            mfg
            lg
            cordialement
            bien cordialement
            merci
            saludos
            un saludo
            gracias
            cordiali saluti
            grazie
            met vriendelijke groet
            atenciosamente
            obrigado
            obrigada
            """))

    /// A name, a title, a firm, an address; not a line that says or asks something.
    private static func isSignatureLine(_ line: Substring) -> Bool {
        let bare = line.trimmed
        guard bare.utf8.count <= 90, !bare.contains("?"), !bare.contains("!") else { return false }
        let words = Grading.plainWords(String(bare))
        guard words.count <= 12, !words.contains(where: spoken.contains) else { return false }
        if bare.contains("@") || bare.contains("www.") || bare.contains("://") { return true }
        if bare.utf8.count(where: { (0x30...0x39).contains($0) }) >= 6 { return true }
        guard words.count > 1 else { return true }
        // "Head of Sales, Acme Ltd": what is neither a name nor a title is written small, and who shouts is not signing.
        let written = bare.split { !$0.isLetter }
        return words.count <= 7 && bare.last != "."
            && written.allSatisfy { $0.first!.isUppercase || particles.contains(String($0)) }
            && (words.count <= 2 || bare.contains { $0.isLowercase })
    }

    private static let particles: Set<String> = [
        "of", "and", "for", "the", "von", "van", "der", "de", "la", "und", "et",
    ]

    /// Words of sentences; a signature has none of them.
    private static let spoken: Set<String> = [
        "i", "me", "my", "you", "your", "please", "we", "us", "want", "need", "can", "could", "would", "will", "speak",
        "talk", "is", "are", "was", "not", "do", "does", "did", "have", "has", "get", "give", "let", "if", "when",
        "why",
        "how", "what", "ps", "ich", "sie", "bitte", "wir", "nicht", "je", "vous", "nous", "ne", "pas", "por", "favor",
        "quiero",
        "now", "asap", "urgent", "callback", "call", "human", "person", "agent", "someone", "somebody", "anyone",
        "lawyer", "refund", "cancel", "delete",
    ]
}
