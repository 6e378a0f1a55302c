/// Guesses the language of a short text by its script and its commonest words.
///
/// Says nothing (`nil`) rather than guess on little: at least four words, of which three known ones, and a clear lead. Product
/// names and pasted error messages are English in every language, so a tie is no finding.
enum LanguageGuess {
    struct Guess: Sendable, Equatable {
        /// ISO 639-1.
        var language: String
        /// Share of the words that speak for it, 0…1.
        var share: Double
    }

    static func guess(_ text: FoldedText) -> Guess? {
        let words = text.words.lazy.filter { !$0.isEnd }.prefix(400).map(\.text)
        guard words.count >= 2 else { return nil }
        if let script = byScript(words) { return script }
        guard words.count >= 4 else { return nil }
        var counts = [Int](repeating: 0, count: lists.count)
        for word in words {
            guard let place = table.words.place(of: word) else { continue }
            for list in lists.indices where table.lists[place] & 1 << UInt32(list) != 0 { counts[list] += 1 }
        }
        let ranked = zip(lists, counts).map { (key: $0.language, value: $1) }
            .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        guard let best = ranked.first, best.value >= 3 || (best.value == 2 && words.count <= 6) else { return nil }
        let second = ranked.dropFirst().first?.value ?? 0
        // Related languages share words; another one must stay clearly behind.
        guard Double(best.value) >= 1.3 * Double(second), best.value > second else { return nil }
        let share = Double(best.value) / Double(words.count)
        return share >= 0.15 ? Guess(language: best.key, share: min(1, share * 2)) : nil
    }

    private static func byScript(_ words: some Collection<String>) -> Guess? {
        var counts: [String: Int] = [:]
        var total = 0
        for word in words {
            for scalar in word.unicodeScalars {
                // The properties are looked up in tables of the standard library, far slower than this.
                if scalar.value < 128 {
                    if scalar.value | 0x20 >= 97, scalar.value | 0x20 <= 122 { total += 1 }
                    continue
                }
                guard scalar.properties.isAlphabetic else { continue }
                total += 1
                let script: String? =
                    switch scalar.value {
                    case 0x3040...0x30FF: "ja"
                    case 0xAC00...0xD7AF, 0x1100...0x11FF: "ko"
                    case 0x3400...0x9FFF, 0x20000...0x2FFFF: "zh"
                    case 0x0E00...0x0E7F: "th"
                    case 0x0600...0x06FF: "ar"
                    case 0x0590...0x05FF: "he"
                    case 0x0370...0x03FF: "el"
                    case 0x0900...0x097F: "hi"
                    case 0x0456, 0x0454, 0x0491: "uk"
                    case 0x0400...0x04FF: "ru"
                    default: nil
                    }
                if let script { counts[script, default: 0] += 1 }
            }
        }
        guard total > 0 else { return nil }
        // A Japanese text is part Chinese characters; Ukrainian mostly shares its letters with Russian.
        if let kana = counts["ja"], kana * 5 > total / 2 {
            counts["ja", default: 0] += counts.removeValue(forKey: "zh") ?? 0
        }
        if let own = counts["uk"], own * 40 > total {
            counts["uk", default: 0] += counts.removeValue(forKey: "ru") ?? 0
        }
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }) else { return nil }
        let share = Double(best.value) / Double(total)
        return share > 0.5 ? Guess(language: best.key, share: share) : nil
    }

    /// Common words, without accents, to the languages that have them.
    private static let lists: [(language: String, words: String)] = [
        (
            "en",
            "the of and to is it you that was for on are with they be at have this from i what can my how do when where why not your we please help does an which if there but get me after use will would could should has been or by any no all just need want am as so our out up about like their them then than into only some more also don don't doesnt dont cant id im its who a in"
        ),
        (
            "de",
            "der die das und ist nicht ich ein eine einen zu mit fur auf den dem wie kann mein meine sie es im von werden wird bitte oder wenn auch nach bei habe hat mir mich wo warum keine kein noch aber aus uber sich ihr ihre wir uns was man nur vom zum zur geht mehr schon sind haben konnen gibt hallo danke mochte muss soll"
        ),
        (
            "fr",
            "le la les des est et une un je ne pas pour que qui dans mon ma mes sur avec comment vous nous il elle ce cette au aux du de en sont par plus mais ou si mon j ai puis peux faire bonjour merci etre avoir votre vos pourquoi quand tout tous se sa son n c d l qu suis peut"
        ),
        (
            "es",
            "el la los las de que y en un una es no por con para como mi mis se su al del lo me puedo hola gracias pero si esta este tengo cuando donde hay mas porque quiero necesito ya ha he son favor usted ustedes sin sobre desde hacer muy cual les"
        ),
        (
            "pt",
            "o os as de que e em um uma nao por com para como meu minha se do da dos das no na nos ao eu posso ola obrigado mas esta este tenho quando onde mais porque quero preciso ja foi sao voce voces sem sobre fazer muito pelo pela esse isso qual tem estou"
        ),
        (
            "it",
            "il lo la gli le di che e un una non per con come mio mia si del della dei delle nel nella sono ho posso ciao grazie ma questo questa quando dove piu perche voglio ha al alla da su ci mi anche essere fare vorrei buongiorno devo ed cosa quale"
        ),
        (
            "nl",
            "de het een en van is niet ik dat op te in met voor zijn mijn hoe kan je u naar maar als er aan bij ook om uit wat waar heb heeft wordt worden kunnen geen wel nog deze dit of door graag hallo bedankt wij ons uw jullie moet"
        ),
        (
            "pl",
            "nie jest to sie na w z do jak i co czy moje moj moge prosze dlaczego gdzie kiedy ale dla po od przez ze mam ma sa tego jestem dziekuje chce o jej tym lub oraz za nowe konto"
        ),
        (
            "sv",
            "och att det ar en jag inte som pa for med min mitt kan hur av till den ett har om var fran vill nar man ska men hej tack mig du vi nagon eller varfor mina"
        ),
        (
            "da",
            "og at det er en jeg ikke som pa for med min mit kan hvordan af til den et har om var fra vil nar man skal men hej tak mig du vi nogen eller hvorfor mine"
        ),
        (
            "no",
            "og at det er en jeg ikke som pa for med min mitt kan hvordan av til den et har om var fra vil nar man skal men hei takk meg du vi noen eller hvorfor mine"
        ),
        (
            "fi",
            "ja on ei en se etta minun miten voin mutta kun jos tai mita missa miksi olen ole oli kanssa tama sita niin kiitos hei minulla voi voiko haluan han"
        ),
        (
            "cs",
            "je se na to ze jsem jak nebo pro mi s v z a i ale co kde proc kdyz muj moje prosim dekuji mam nelze muze jsou byl aby tak uz jeho po od do k"
        ),
        (
            "tr",
            "ve bir bu ne nasil icin degil mi benim ile var yok neden lutfen daha cok ben nerede hesabim nasıl olarak gibi sonra kadar ama sifremi mu istiyorum musunuz"
        ),
        (
            "ro",
            "si de la nu un o este in cu ca pe pentru cum mea meu sa din am ce care mai dar daca va rog unde cand de sunt fi multumesc imi contul"
        ),
        (
            "hu",
            "a az es nem egy hogy van ez meg ki mi de ha vagy miert hogyan kell szeretnem koszonom lehet csak mar nincs el is fiokom hol"
        ),
        (
            "id",
            "yang dan di ini itu untuk tidak saya dengan bagaimana cara bisa dari ke akun apa ada atau tolong kenapa mengapa sudah akan pada kami anda terima kasih"
        ),
        (
            "vi",
            "toi khong la va cua co the lam cho nay duoc mot trong de voi cach nao tai khoan cac nhung khi vi sao xin cam on bi"
        ),
    ]

    /// All words, and for each the lists that it is in, a bit each.
    private static let table: (words: WordSet, lists: [UInt32]) = {
        let each = lists.map { $0.words.pieces(" ").map(String.init) }
        let words = WordSet(each.flatMap(\.self))
        var bits = [UInt32](repeating: 0, count: words.count)
        for (list, own) in each.enumerated() {
            for word in own { bits[words.place(of: word)!] |= 1 << UInt32(list) }
        }
        return (words, bits)
    }()
}
