import FoundationEssentials

/// Something that was promised to a customer.
struct FoundPromise: Sendable, Equatable {
    var text: String
    var dueAt: Date?
}

/// Finds in a team's messages what was promised, with its date.
enum PromiseFinder {
    /// One promise a sentence.
    static func find(_ text: String, at now: Date) -> [FoundPromise] {
        let utf8 = Array(text.utf8)
        return SentenceSplitter.ranges(text).compactMap { range in
            let sentence = String(decoding: utf8[range], as: UTF8.self)
            let folded = FoldedText(sentence)
            guard !sentence.contains("?"), !phrases.matches(in: folded).isEmpty else { return nil }
            let due = DateExpression.find(folded, original: sentence, now: now).map(\.moment).min()
            return FoundPromise(text: String(sentence.trimmed), dueAt: due)
        }
    }

    private static let phrases = PhraseTable(
        builtIn: #"""
            [en]
            @we = i|we|ill|well|engineering|someone|somebody|our_team|the_team|a_colleague|my_colleague|developers|tech
            @do = call|get_back|come_back|send|email|write|let_you_know|update|fix|release|ship|refund|look_into|check|follow_up|reply|respond|contact|inform|keep_you|report_back|forward|arrange|credit|reach_out|be_in_touch|have_it|have_this|resolve|ring|issue|process|investigate
            @we will|shall|ll|are_going_to|am_going_to ..3 @do
            ill|well ..2 @do
            you will|ll ..2 hear|get|receive|have ..4 from_us|from_me|reply|answer|refund|credit|update|call|email
            @by = by|on|until|within|tomorrow|today|tonight|before|next|this|monday|tuesday|wednesday|thursday|friday
            you will|ll ..2 have|get|receive|see ..5 @by
            youll ..2 have|get|receive|see|hear ..5 @by
            fix|patch|release|refund|update|replacement|correction ..2 ships|lands|arrives|goes_out|comes|follows ..2 @by
            @we promise|promised|guarantee|commit
            get_back|come_back|be_back ..1 to_you @by
            fix|patch|release|refund|update|replacement|correction will_be|is_going_to_be ..2 live|out|ready|there|in_place|on_its_way
            expect ..3 reply|answer|fix|release|update|call ..3 by|within|on|tomorrow|today|next|before
            will_be ..2 fixed|released|refunded|shipped|sent|resolved|deployed|available ..4 by|within|on|tomorrow|today|next|before|in
            [de]
            wir|ich werden|werde|melden|melde|rufen|rufe|schicken|schicke
            [es]
            le|te|les llamaremos|escribiremos|enviaremos|avisaremos
            [fr]
            nous|je ..2 reviendrons|reviendrai|rappellerons|rappellerai|enverrons|enverrai|tiendrons|tiendrai|corrigerons|rembourserons|rembourserai
            nous|je|on ..2 reviens|reviens_vers|revenons|tiens|tenons|rappelle|rappelons|envoie|envoyons ..2 vous|vers_vous
            !i|we|they|it|you will|shall ..1 not|never
            !wont|will_not|cannot|cant|do_not|dont ..3 call|send|refund|fix|reply|release|ship|resolve|credit
            !if|once|when|unless|will_you|should ..2 you|i|we ..3 call|send|check
            !you_will_need
            """#)
}
