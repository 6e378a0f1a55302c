/// The words of a text that carry its matter, reduced so that forms and near synonyms of one word agree.
enum ContentWords {
    static func stems(_ text: String) -> Set<String> { stems(Grading.plainWords(text)) }

    static func stems(_ words: [String]) -> Set<String> { Set(words.compactMap(stem)) }

    /// `nil` for a word that carries nothing.
    static func stem(_ word: String) -> String? {
        guard word.unicodeScalars.count > 1 || word.utf8.count > 1, !stops.contains(word) else { return nil }
        if let group = synonyms[word] { return group }
        let short = shorten(word)
        return synonyms[short] ?? short
    }

    private static func shorten(_ word: String) -> String {
        guard word.utf8.count > 4, word.utf8.allSatisfy({ $0 >= 97 }) else { return word }
        for ending in [
            "ations", "ation", "ements", "ement", "ings", "ing", "ions", "ion", "ies", "ers", "er", "ed", "es", "s",
            "e", "y",
        ]
        where word.utf8.count - ending.utf8.count >= 3 && word.utf8.reversed().starts(with: ending.utf8.reversed()) {
            var stem = word.utf8.dropLast(ending.utf8.count)
            // cancelled → cancell → cancel
            if stem.count >= 4, stem.last! < 128, stem.last == stem.dropLast().last,
                ending.utf8.first == UInt8(ascii: "e") || ending.utf8.first == UInt8(ascii: "i")
            {
                stem.removeLast()
            }
            return String(Substring(stem))
        }
        return word
    }

    private static let synonyms: WordMap<String> = {
        let groups = [
            "cost costs price prices pricing fee fees charge charged charges pay paid payment euro euros dollar dollars usd eur",
            "delete deleted deleting remove removed removing removal erase erased deletion trash",
            "change changed changing update updated updating edit edited editing modify modified adjust switch",
            "cancel cancelled canceled cancelling cancellation terminate end ended",
            "create created creating add added adding new make made",
            "login signin sign signing signed log logging logged logon",
            "limit limits maximum max cap quota",
            "allowed allow allows permitted permit possible able",
            "bill bills invoice invoices billing",
            "company organisation organization team workspace business",
            "photo photos picture pictures image images",
            "phone telephone mobile smartphone",
            "start begin begins started",
            "find found locate see view",
            "get gets receive received obtain",
            "fix repair solve mend",
            "download downloads downloaded export exports exported exporting",
            "invite invited inviting invitation",
            "trial try tried",
            "plan plans subscription subscriptions tier",
            "email emails mail mails e-mail",
            "person people member members user users colleague colleagues",
            "error errors fault problem problems issue issues",
            "open opens opened opening",
            "money refund refunds refunded refunding reimburse",
            "delay wait waiting",
            "day days daily", "month months monthly", "year years yearly annual annually", "week weeks weekly",
            "hour hours hourly", "minute minutes",
        ]
        var table: [String: String] = [:]
        for group in groups {
            let words = group.pieces(" ").map(String.init)
            for word in words { table[word] = words[0] }
        }
        return WordMap(table)
    }()

    private static let stops = WordSet(
        """
        a an the and or but if then else of to in on at by for from with without as is are was were be been being am do does did done \
        doing have has had having i you he she it we they me him her us them my your his its our their mine yours this that these those \
        there here what which who whom whose when where why how can could may might must shall should will would not no nor so too very \
        just only also than into onto over under about after before between during while until again once more most some any each few \
        all both such own same other please thanks thank hi hello dear need want like know tell help question questions im ive id dont \
        doesnt didnt cant cannot isnt wont whats hows wheres via per etc e g ie up out off down now use using used get got let way work \
        works going go one ones still even ever much many long far soon often us every within exactly really actually wondering wonder ask \
        der die das ein eine ist sind und oder wie was wo wann ich mein meine zu mit fur auf den dem le la les un une des du de et est \
        je mon ma mes comment el los las y es mi como o os um uma il lo gli di che per non het een van ik mijn hoe
        """.pieces(" ").map { String($0.trimmed) })
}
