/// People's names that nobody told: found by the words around them, and by given names that are no common words.
///
/// What it cannot find: a name in lower case without a cue, a rare given name without one, names in scripts without capitals.
struct NamesInText {
    private let words: [SpelledWords.Word]
    private let spelled: SpelledWords
    /// English, where a word with a capital and an accent is somebody's name, or a place's.
    private let isPlain: Bool
    private var found: [Range<Int>] = []

    /// UTF-8 ranges of names, not sorted.
    static func find(_ spelled: SpelledWords) -> [Range<Int>] {
        var search = NamesInText(spelled)
        search.run()
        return search.found
    }

    private init(_ spelled: SpelledWords) {
        (self.spelled, words) = (spelled, spelled.words)
        let foreign = words.filter { !$0.text.utf8.allSatisfy { $0 < 128 } && !$0.text.contains("’") }.count
        isPlain =
            foreign > 0 && words.count >= 8 && foreign * 8 < words.count
            && LanguageGuess.guess(FoldedText(words.map(\.text).joined(separator: " ")))?.language == "en"
    }

    private mutating func run() {
        var place = 0
        while place < words.count {
            let next = named(after: place) ?? greeted(at: place) ?? signed(at: place) ?? given(at: place)
            guard let name = next else {
                place += 1
                continue
            }
            found.append(words[name.lowerBound].range.lowerBound..<words[name.upperBound - 1].range.upperBound)
            place = max(place + 1, name.upperBound)
        }
    }

    // MARK: - What introduces a name

    /// "my name is …", "Mrs …", "my colleague …", "on behalf of …", "Full name: …".
    private func named(after place: Int) -> Range<Int>? {
        for cue in Self.cues[words[place].lower] ?? [] where spelled.has(cue, at: place) {
            let end = place + cue.count
            guard end < words.count, words[end].gap.utf8.count <= 3, !words[end].beginsLine else { continue }
            // "named" names files as well: there it takes a given name.
            let isSure = !Self.doubtful.contains(cue[0]) || isGiven(end)
            if isSure, let name = name(at: end, most: 4) { return name }
            if Self.saysName.contains(cue), isGiven(end) || isGiven(end + 1), words[end].follows {
                return
                    end..<(end + 1 < words.count && words[end + 1].follows && !Self.common(words[end + 1].lower)
                    ? end + 2 : end + 1)
            }
        }
        // "MS Word" is no Ms Word.
        if Self.titles.contains(words[place].lower), words[place].text != "MS",
            words[place].isCapital || Self.englishTitles.contains(words[place].lower), place + 1 < words.count,
            words[place + 1].follows
        {
            return name(at: place + 1, most: 3)
        }
        if Self.labels.contains(words[place].lower), place + 1 < words.count,
            words[place + 1].gap.hasPrefix(":") || words[place + 1].gap.hasPrefix(" :"), !words[place + 1].beginsLine
        {
            let isBare =
                words[place].lower != "name" || words[place].beginsLine
                || Self.ofPeople.contains(words[place - 1].lower)
            return isBare ? name(at: place + 1, most: 4) : nil
        }
        if Self.relations.contains(words[place].lower), place > 0, place + 1 < words.count,
            words[place + 1].gap == " " || words[place + 1].gap == ", ",
            (max(0, place - 2)..<place).contains(where: { Self.possessives.contains(words[$0].lower) })
        {
            return name(at: place + 1, most: 3)
        }
        // "This is Ann from Leeds", "I'm Ann Lee, …", "Ann here".
        if words[place].beginsSentence,
            let start = ["i'm": 1, "i’m": 1, "i": 2, "this": 2, "it's": 1][words[place].lower],
            start == 1 || place + 1 < words.count && ["am", "is"].contains(words[place + 1].lower),
            place + start < words.count, words[place + start].follows,
            let name = name(at: place + start, most: 3)
        {
            let after = name.upperBound < words.count ? words[name.upperBound].lower : ""
            if name.count > 1 || isGiven(name.lowerBound) || ["calling", "writing", "here"].contains(after)
                || words[place].lower == "this" && after == "from"
            {
                return name
            }
        }
        if words[place].beginsSentence, let name = name(at: place, most: 2), name.upperBound < words.count,
            words[name.upperBound].lower == "here", words[name.upperBound].follows,
            ",.!\n".contains(spelled.gap(after: name.upperBound).first ?? " ")
        {
            return name
        }
        return nil
    }

    /// "Hi Bob," at the beginning of a line or sentence.
    private func greeted(at place: Int) -> Range<Int>? {
        guard words[place].beginsSentence, let length = Self.length(of: Self.greetings, spelled, place) else {
            return nil
        }
        let start = place + length
        guard start < words.count, words[start].gap == " " || words[start].gap == ", ",
            let name = name(at: start, most: 3)
        else { return nil }
        let after = spelled.gap(after: name.upperBound - 1)
        return after.contains { ",!:;.\n-–—?".contains($0) } || isGiven(start) ? name : nil
    }

    /// "Kind regards, Ann Lee" or "— Ann" to the end of a line.
    private func signed(at place: Int) -> Range<Int>? {
        if words[place].beginsLine || words[place].gap.hasSuffix("- ") || words[place].gap.hasSuffix("-") {
            let mark = words[place].gap.split(whereSeparator: \.isWhitespace).last ?? ""
            if mark.allSatisfy({ "-–—~".contains($0) }), (1...2).contains(mark.count),
                let name = name(at: place, most: 3),
                // With one hyphen begin the items of lists too.
                isGiven(place)
                    ? spelled.gap(after: name.upperBound - 1).contains("\n")
                    : mark != "-" && name.upperBound == words.count
            {
                return name
            }
        }
        guard let length = Self.length(of: Self.closings, spelled, place) else { return nil }
        let start = place + length
        if isGiven(start), !words[start].isCapital,
            let end = (start + 1...start + 3).first(where: { spelled.endsLine($0 - 1) })
        {
            return start..<end
        }
        guard start < words.count, words[start].gap.utf8.count <= 6, !words[start].gap.contains(":"),
            words[start].gap != " - ", let name = name(at: start, most: 4)
        else { return nil }
        let after = spelled.gap(after: name.upperBound - 1)
        let endsLine = (after.contains("\n") || name.upperBound == words.count) && !after.contains("?")
        // "Thanks Firefox …": in one line it takes an end.
        let begins = words[start].gap.contains { ",\n!.".contains($0) } || words[place].lower != "thanks"
        guard Self.length(of: Self.closings, spelled, start) == nil else { return nil }
        return isGiven(start) || endsLine && begins ? name : nil
    }

    /// A given name with a capital, and the capitals after it.
    private func given(at place: Int) -> Range<Int>? {
        guard words[place].isCapital, !Self.isShouted(words[place].text), isGiven(place) || isPlain && hasAccent(place)
        else { return nil }
        return name(at: place, most: 3)
    }

    // MARK: - Names

    private func hasAccent(_ place: Int) -> Bool {
        words[place].text.unicodeScalars.contains { (0xc0...0x24f).contains($0.value) }
    }

    private func isGiven(_ place: Int) -> Bool {
        guard place < words.count else { return false }
        let isPlain = words[place].lower.utf8.allSatisfy { $0 < 128 && $0 != UInt8(ascii: "-") }
        if isPlain { return GivenNames.contains(words[place].lower) }
        // Jürgen, Ann-Marie
        return FoldedText(words[place].text).words.contains { GivenNames.contains($0.text) }
    }

    /// Words with capitals from `place` on, with initials and particles between them; none that names no person.
    private func name(at place: Int, most: Int) -> Range<Int>? {
        var end = place
        var count = 0
        while end < words.count, count < most {
            let word = words[end]
            guard end == place || word.follows else { break }
            // After a dot a new sentence may begin, unless the dot is an initial's.
            if end > place, word.gap.contains("."), words[end - 1].text.unicodeScalars.count > 1, count > 0 { break }
            // "van der Meulen": particles lead to a capital.
            if Self.particles.contains(word.lower), end > place || !word.isCapital {
                var next = end + 1
                while next < words.count, next - end < 3, words[next].follows, !words[next].isCapital,
                    Self.particles.contains(words[next].lower)
                { next += 1 }
                if next < words.count, words[next].isCapital, words[next].follows {
                    end = next
                    continue
                }
            }
            guard word.isCapital, !Self.common(word.lower), !word.text.utf8.contains(where: \.isDigit) else { break }
            end += 1
            count += 1
        }
        while end > place, Self.particles.contains(words[end - 1].lower) { end -= 1 }
        guard end > place, words[place..<end].contains(where: { $0.text.unicodeScalars.count >= 2 }) else { return nil }
        return place..<end
    }

    private static func isShouted(_ text: String) -> Bool { text.utf8.count > 3 && text.uppercased() == text }

    private static func common(_ word: String) -> Bool { noNames.contains(word) || StopWords.english.contains(word) }

    private static func length(of phrases: [String: [[String]]], _ spelled: SpelledWords, _ place: Int) -> Int? {
        phrases[spelled.words[place].lower]?.filter { spelled.has($0, at: place) }.map(\.count).max()
    }

    // MARK: - Tables

    private static func table(_ text: String) -> [String: [[String]]] {
        Dictionary(grouping: text.pieces("\n").map { $0.split(separator: " ").map(String.init) }) { $0[0] }
    }

    private static func set(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static let nameSayings = """
        my name is
        my name's
        my full name is
        the name is
        name is
        ich heiße
        ich heisse
        mein name ist
        je m'appelle
        je m’appelle
        mon nom est
        me llamo
        mi nombre es
        mi chiamo
        il mio nome è
        ik heet
        mijn naam is
        meu nome é
        nazywam się
        mam na imię
        jag heter
        jeg heter
        jeg hedder
        """
    private static let saysName = Set(nameSayings.pieces("\n").map { $0.split(separator: " ").map(String.init) })
    private static let cues = table(
        nameSayings + """

            on behalf of
            in the name of
            under the name
            under the name of
            registered to
            belongs to
            c o
            care of
            attn
            attention
            ask for
            asked for
            spoke with
            spoke to
            speak with
            speak to
            speaking with
            speaking to
            spoken to
            spoken with
            talked to
            talked with
            chatted with
            chatting with
            contacted by
            called by
            helped by
            told by
            signed by
            named
            called
            a lady named
            im namen von
            au nom de
            en nombre de
            a nombre de
            """)
    private static let doubtful: Set<String> = ["named", "called", "belongs", "attention", "under"]
    private static let titles = set(
        """
        mr mrs ms mx dr prof professor herr frau monsieur madame mme mlle señor señora sr sra srta signor signora signore sig
        mevrouw meneer pan pani dott dottor dottoressa dra
        """)
    private static let englishTitles: Set<String> = ["mr", "mrs", "ms", "dr"]
    private static let labels = set(
        """
        name fullname nom nombre nome naam naam vorname nachname surname customer contact recipient cardholder patient employee
        holder signed applicant tenant kunde klant cliente client empfänger kontoinhaber titulaire titular
        """)
    private static let ofPeople = set(
        "full first last middle given family maiden your my his her customer contact cardholder holder recipient legal real"
    )
    private static let possessives = set(
        "my our his her their mein meine meiner meinem meinen unser unsere unserer ma mon mes notre mi mis nuestra mijn onze mia mio"
    )
    private static let relations = set(
        """
        wife husband son daughter mother father mom mum mam dad brother sister boss manager colleague coworker co-worker friend
        partner assistant neighbour neighbor secretary client uncle aunt cousin fiancé fiancée girlfriend boyfriend roommate flatmate
        landlord tenant doctor lawyer accountant teacher grandmother grandfather grandson granddaughter nephew niece employee
        supervisor director kid boy girl baby student mother-in-law father-in-law
        mann kollege kollegin sohn tochter mutter vater chef chefin bruder schwester freund freundin nachbar nachbarin
        femme mari fils fille mère père frère sœur soeur collègue patron ami amie
        esposa esposo marido mujer hijo hija madre padre hermano hermana jefe jefa colega amigo amiga
        vrouw man zoon dochter collega moglie marito figlio figlia
        """)
    private static let greetings = table(
        """
        hi
        hello
        hey
        hiya
        dear
        good morning
        good afternoon
        good evening
        morning
        hallo
        guten tag
        guten morgen
        liebe
        lieber
        sehr geehrte
        sehr geehrter
        servus
        moin
        bonjour
        salut
        cher
        chère
        hola
        estimado
        estimada
        querido
        querida
        ciao
        caro
        cara
        gentile
        olá
        oi
        prezado
        prezada
        geachte
        beste
        hej
        hei
        cześć
        thanks again
        thank you again
        """)
    private static let closings = table(
        """
        regards
        kind regards
        best regards
        warm regards
        many thanks
        thanks
        thanks again
        thanks so much
        thank you
        thanks in advance
        thank you in advance
        cheers
        sincerely
        yours sincerely
        yours faithfully
        yours truly
        yours
        best
        all the best
        best wishes
        love
        respectfully
        grüße
        viele grüße
        liebe grüße
        gruß
        mit freundlichen grüßen
        mit freundlichem gruß
        freundliche grüße
        freundliche grüsse
        mfg
        lg
        danke
        vielen dank
        cordialement
        bien cordialement
        merci
        merci d'avance
        amicalement
        bien à vous
        saludos
        un saludo
        saludos cordiales
        atentamente
        gracias
        cordiali saluti
        saluti
        distinti saluti
        grazie
        groet
        groeten
        met vriendelijke groet
        bedankt
        obrigado
        obrigada
        atenciosamente
        cumprimentos
        abraços
        pozdrawiam
        hälsningar
        med vänliga hälsningar
        hilsen
        vennlig hilsen
        signed
        sent by
        """)
    private static let particles = set(
        "van von de der den del della di da dos das du la le ter ten bin ibn al el af zu y")
    /// With a capital in ordinary text, and no person.
    private static let noNames = set(
        """
        i i'm i've i'd i'll hi hello hey dear there all everyone everybody folks guys team support sir sirs madam customer service
        help desk helpdesk agent staff admin administrator moderator community friends ladies gentlemen experts expert users user
        thanks thank please regards best kind sincerely cheers yes no ok okay sorry monday tuesday wednesday thursday friday saturday
        sunday january february march april may june july august september october november december
        windows mac macos linux ubuntu debian fedora google gmail chrome outlook yahoo microsoft apple icloud iphone ipad android
        thunderbird firefox mozilla aol comcast hotmail exchange office word excel teams slack zoom facebook twitter youtube amazon
        samsung dell lenovo norton avast kaspersky bitdefender mcafee bluehost godaddy sent inbox trash drafts junk spam local
        folders folder account accounts settings options tools file edit view email e-mail mail message messages internet server
        imap pop smtp ssl tls html pdf usb pc vpn wifi dns http https error warning version update english german french spanish
        italian dutch chinese japanese russian american british european uk usa us eu europe america germany france spain italy
        canada australia india china japan london paris berlin new york live hr it ceo cto qa sales billing marketing finance legal
        engineering product operations security customers company inc ltd gmbh llc corp group bank university
        der die das ich wir sie herr frau damen herren und alle zusammen kundenservice monsieur madame messieurs tous équipe
        señor señora señores equipo todos signor signora team-
        """)
}
