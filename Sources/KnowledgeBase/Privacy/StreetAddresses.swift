/// Where somebody lives: a street with a house number, what stands beside it of flat, town and postal code, and post boxes.
///
/// By the words for a street in English, German, Dutch, the Nordic languages, French, Spanish, Portuguese, Italian and Polish, by
/// British and Canadian postal codes, and by cue words ("my address is"). What it cannot find: a town or a region alone, an
/// address without a number, one of other languages.
struct StreetAddresses {
    private let spelled: SpelledWords
    private let words: [SpelledWords.Word]

    static func find(_ spelled: SpelledWords) -> [Range<Int>] {
        let search = StreetAddresses(spelled: spelled, words: spelled.words)
        var found: [Range<Int>] = []
        var place = 0
        while place < search.words.count {
            guard
                let own = search.street(at: place) ?? search.withTown(at: place) ?? search.box(at: place)
                    ?? search.code(at: place) ?? search.said(at: place)
            else {
                place += 1
                continue
            }
            let whole = search.widened(own)
            found.append(
                search.words[whole.lowerBound].range.lowerBound..<search.words[whole.upperBound - 1].range.upperBound)
            place = max(whole.upperBound, place + 1)
        }
        return found
    }

    // MARK: - What begins one

    private func street(at place: Int) -> Range<Int>? {
        let word = words[place]
        // 12 High Street, 221B Baker St, 5 bis rue de la Paix
        if isHouse(place) {
            var end = place + 1
            if end < words.count, ["bis", "ter", "a", "b", "c"].contains(words[end].lower), isNear(end) { end += 1 }
            if end < words.count, Self.french.contains(words[end].lower), isNear(end),
                // "2 Place the …" is English: there a French street goes on with "de".
                !Self.alsoEnglish.contains(words[end].lower)
                    || end + 1 < words.count && ["de", "du", "des"].contains(words[end + 1].lower),
                let name = streetName(from: end + 1)
            {
                return place..<name
            }
            // Up to four words and then what streets are called.
            var last = end
            while last < words.count, last - end < 5, last > end ? words[last].follows : words[last].gap == " " {
                if last > end || words[last].lower == "broadway", Self.english.contains(words[last].lower),
                    words[last].isCapital || words[end].isCapital
                {
                    // "3 Ways", "5 Drive letters": a street's name has a capital or is a number: 5th Avenue.
                    let isNamed = words[end].isCapital || words[end].text.first!.isNumber
                    if isNamed { return place..<compass(after: last + 1) }
                }
                guard
                    words[last].isCapital || words[last].text.first!.isNumber
                        || Self.ofStreets.contains(words[last].lower)
                else { break }
                last += 1
            }
        }
        // Hauptstraße 12, Kerkstraat 5a, Karl-Marx-Allee 3
        if word.isCapital,
            Self.endings.contains(where: { word.lower.hasSuffix($0) && word.lower.utf8.count > $0.utf8.count + 1 }),
            let house = house(after: place)
        {
            var start = place
            // Große Bleichen Straße
            while start > 0, place - start < 2, words[start].follows, words[start - 1].isCapital,
                Self.germanBefore.contains(words[start - 1].lower)
            { start -= 1 }
            return start..<house
        }
        // Am Markt 3 takes a town; Calle Mayor 5, Via Roma, 12, Rua Augusta nº 3, ul. Długa 7
        if Self.streetsBefore.contains(word.lower), word.isCapital || word.lower == "ul" || word.lower == "calle",
            let name = streetName(from: place + 1), let house = house(after: name - 1)
        {
            return place..<house
        }
        // Berliner Straße 5, Store Strandgade
        if word.isCapital,
            ["straße", "strasse", "str", "platz", "allee", "weg", "ring", "damm", "ufer"].contains(word.lower),
            place > 0,
            words[place].gap == " ", words[place - 1].isCapital, let house = house(after: place)
        {
            return place - 1..<house
        }
        return nil
    }

    /// Männi 53, Kustja 76307: with a town and its code no word for a street is needed.
    private func withTown(at place: Int) -> Range<Int>? {
        guard words[place].isCapital, !words[place].text.utf8.contains(where: \.isDigit),
            let house = (place + 1...place + 3).first(where: { $0 < words.count && words[$0].gap == " " && isHouse($0) }
            ),
            (place..<house).allSatisfy({ words[$0].isCapital }), house + 2 < words.count, words[house + 1].gap == ", "
        else { return nil }
        var end = house + 1
        while end < words.count, end - house < 4, words[end].isCapital, end == house + 1 || words[end].follows {
            end += 1
        }
        return end > house + 1 && end < words.count && words[end].gap == " " && words[end].text.utf8.count >= 4
            && isCode(end)
            ? place..<end + 1 : nil
    }

    /// P.O. Box 12, Postfach 10 20 30, BP 45, Apartado 9
    private func box(at place: Int) -> Range<Int>? {
        for cue in [
            ["po", "box"], ["p", "o", "box"], ["post", "office", "box"], ["postfach"], ["postbus"], ["apartado"],
            ["postboks"], ["casella", "postale"],
        ]
        where spelled.has(cue, at: place) {
            var end = place + cue.count
            while end < words.count, words[end].isNumber, isNear(end) { end += 1 }
            if end > place + cue.count { return place..<end }
        }
        return nil
    }

    /// A British or Canadian postal code.
    private func code(at place: Int) -> Range<Int>? {
        guard place + 1 < words.count, words[place + 1].gap == " " else { return nil }
        let (a, b) = (Self.shape(words[place].text), Self.shape(words[place + 1].text))
        return b == "9AA" && Self.british.contains(a) || a == "A9A" && b == "9A9" ? place..<place + 2 : nil
    }

    /// "I live at 5 The Hollies, Upper Wick": a number and words with capitals after a cue.
    private func said(at place: Int) -> Range<Int>? {
        guard
            let cue = Self.cues[words[place].lower]?.filter({ spelled.has($0, at: place) }).max(by: {
                $0.count < $1.count
            })
        else { return nil }
        if cue == ["address"], place > 0, !Self.homes.contains(words[place - 1].lower), !words[place].beginsLine {
            return nil
        }
        var start = place + cue.count
        let isSaid = start < words.count && ["is", "to", "at", "was"].contains(words[start].lower)
        if isSaid { start += 1 }
        // "Address Book 2" says nothing of the kind.
        if cue == ["address"], !isSaid, start >= words.count || !words[start].gap.contains(":") { return nil }
        guard start + 1 < words.count, words[start].gap.utf8.count <= 3 else { return nil }
        if ["flat", "unit", "apt", "apartment", "suite"].contains(words[start].lower), words[start + 1].isNumber {
            return start..<start + 2
        }
        // "my address is Uus 6"
        if words[start].isCapital,
            let house = (start + 1...start + 3).first(where: { $0 < words.count && isHouse($0) }),
            (start..<house).allSatisfy({ words[$0].isCapital && ($0 == start || words[$0].follows) }),
            words[house].gap == " "
        {
            return start..<house + 1
        }
        guard words[start].text.first!.isNumber, words[start].text.utf8.count <= 5, words[start + 1].isCapital,
            words[start + 1].follows
        else { return nil }
        var end = start + 1
        while end < words.count, end - start < 5, words[end].isCapital, words[end].follows { end += 1 }
        return start..<end
    }

    // MARK: - What stands beside it

    /// With the flat before it, and flats, towns, regions and codes after it.
    private func widened(_ own: Range<Int>) -> Range<Int> {
        var start = own.lowerBound
        if start >= 2, Self.flats.contains(words[start - 2].lower), words[start].gap.utf8.count <= 3,
            words[start - 1].gap.utf8.count <= 3
        {
            start -= 2
        }
        if start >= 1, words[start - 1].isCapital, words[start].gap == ", ",
            Self.houses.contains(words[start - 1].lower)
        {
            start -= 1
            if start >= 1, words[start - 1].isCapital, words[start].gap == " " { start -= 1 }
        }
        var end = own.upperBound
        var parts = 0
        while end < words.count, parts < 4 {
            // ", Leeds", " Leeds", "\nLeeds": a part is a code, a flat, or some words with capitals.
            let gap = words[end].gap
            let isNew =
                gap.contains(",") || gap.contains("\n") || gap == " " || gap == " - " || gap == " #" || gap == ", #"
            guard isNew, gap.utf8.count <= 4, gap.filter({ $0 == "\n" }).count <= 1 else { break }
            var last = end
            if Self.flats.contains(words[end].lower), end + 1 < words.count, words[end + 1].text.utf8.count <= 5,
                words[end + 1].follows
            {
                last = end + 2
            } else if code(at: end) != nil {
                last = end + 2
            } else if isCode(end) {
                last = end + 1
                // 1012 AB Amsterdam, 10115 Berlin
                while last < words.count, last - end < 4, words[last].gap == " ", words[last].isCapital { last += 1 }
            } else if words[end].isCapital, !gap.contains("\n") || hasCode(inLineOf: end) {
                while last < words.count, last - end < 4, last == end || words[last].follows && !isCode(last),
                    words[last].isCapital
                        || last > end
                            && ["am", "an", "der", "de", "la", "of", "upon", "sur", "les", "del", "im"].contains(
                                words[last].lower)
                { last += 1 }
                // A new sentence's first word is no town; after a space alone neither is what no code follows.
                if gap == " ", !(last < words.count && isCode(last)) { break }
            }
            guard last > end else { break }
            end = last
            parts += 1
        }
        return start..<end
    }

    private func hasCode(inLineOf place: Int) -> Bool {
        var at = place
        while at < words.count, at == place || !words[at].beginsLine {
            if isCode(at) || code(at: at) != nil { return true }
            at += 1
        }
        return false
    }

    /// A postal code of four or five digits, of ZIP+4, British or with its country before it.
    private func isCode(_ place: Int) -> Bool {
        let shape = Self.shape(words[place].text)
        return ["9999", "99999", "99999-9999", "A-99999", "A-9999", "999-9999", "9999-999", "99-999", "999999"]
            .contains(shape) || code(at: place) != nil
            || Self.british.contains(shape) && words[place].isCapital
    }

    // MARK: - Parts

    private func isNear(_ place: Int) -> Bool {
        words[place].gap == " " || words[place].gap == ", " || words[place].follows
    }

    private func isHouse(_ place: Int) -> Bool {
        let text = words[place].text
        let digits = text.utf8.prefix { $0.isDigit || $0 == UInt8(ascii: "-") }.count
        return (1...9).contains(digits) && text.utf8.first!.isDigit && text.utf8.count - digits <= 1
    }

    /// A house number right after a street: its end.
    private func house(after place: Int) -> Int? {
        var at = place + 1
        if at < words.count, ["nr", "no", "nº", "n", "núm", "num", "número", "numero", "n°"].contains(words[at].lower) {
            at += 1
        }
        guard at < words.count, isHouse(at), [" ", ", ", ". ", ".", " º ", "º ", "° "].contains(words[at].gap) else {
            return nil
        }
        at += 1
        if at < words.count, words[at].gap == "/", isHouse(at) { at += 1 }
        if at < words.count, words[at].text.utf8.count == 1, words[at].gap == " ", words[at].lower.utf8.first!.isLetter,
            words[at].lower != "i"
        {
            at += 1
        }
        return at
    }

    /// One to four words of a street's name after its kind.
    private func streetName(from place: Int) -> Int? {
        var end = place
        while end < words.count, end - place < 5, words[end].follows || words[end].gap == "/ ",
            words[end].isCapital && !words[end].isNumber || Self.ofStreets.contains(words[end].lower)
        { end += 1 }
        while end > place, Self.ofStreets.contains(words[end - 1].lower) { end -= 1 }
        return end > place ? end : nil
    }

    private func compass(after place: Int) -> Int {
        guard place < words.count, words[place].follows,
            ["n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west"].contains(words[place].lower),
            words[place].isCapital
        else { return place }
        return place + 1
    }

    /// `SW1A` is `AA9A`.
    private static func shape(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar -> Character in
                scalar.value < 128 && UInt8(scalar.value).isDigit
                    ? "9" : scalar.properties.isUppercase ? "A" : Character(scalar)
            })
    }

    private static let british: Set<String> = ["A9", "A99", "AA9", "AA99", "A9A", "AA9A"]
    private static func set(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
    private static let english = set(
        """
        street st road rd avenue ave lane ln drive dr court ct boulevard blvd way place pl square sq terrace close crescent
        highway hwy parkway pkwy circle cir trail mews grove gardens hill row walk quay broadway alley turnpike pike
        esplanade parade wharf heights vale causeway plaza
        """)
    private static let streetsBefore = set(
        """
        rue avenue boulevard place chemin allée impasse quai cours route square passage calle avenida av avda paseo plaza carrera
        camino ronda rua travessa praça alameda via viale piazza corso largo vicolo ul ulica aleja
        """)
    private static let french = set("rue avenue boulevard place chemin allée impasse quai cours route square passage")
    private static let alsoEnglish = set("place square passage route court")
    private static let endings = [
        "straße", "strasse", "str", "gasse", "platz", "weg", "allee", "ufer", "damm", "ring", "steig", "stieg",
        "straat", "laan", "plein",
        "gracht", "kade", "singel", "dijk", "vägen", "gatan", "vej", "gade", "veien", "gata", "katu", "tie", "plads",
    ]
    private static let germanBefore = set("alte neue große kleine obere untere am an im zum zur der")
    private static let ofStreets = set("de la le les du des del di da do dos das d' of the san santa")
    private static let flats = set(
        "flat apt apartment unit suite ste room floor fl apto piso appartement wohnung app lot")
    private static let houses = set("house cottage villa manor farm lodge court building tower hall residence")
    private static let homes = set(
        "my home postal mailing street shipping delivery billing our his her new old their current residential")
    private static let cues = Dictionary(
        grouping: """
            address
            address is
            live at
            live in
            lived in
            lived at
            live on
            lives on
            lives at
            living at
            reside at
            moved to
            ship to
            ship it to
            deliver to
            delivered to
            send it to
            sent to
            mail it to
            based at
            located at
            """.pieces("\n").map { $0.split(separator: " ").map(String.init) }
    ) { $0[0] }
}
