/// Whether a question wants to know what to do about a fault, not what it means.
enum RemedyRequest {
    static func isIn(_ question: String) -> Bool { !phrases.matches(in: FoldedText(question)).isEmpty }

    private static let phrases = PhraseTable(
        builtIn: """
            how ..4 fix|fixed|solve|solved|resolve|resolved|repair|clear|cure|remedy|correct|overcome|recover
            how ..3 get_rid|get_around|get_past|make_it_stop|make_it_go_away
            what can|could|should|must|shall|do|might i|we|one|they do
            what to do
            what ..2 remedy|solution|cure|fix
            need|want|trying to fix|solve|resolve
            [de]
            wie ..3 behebe|beheben|lose|losen|behebt
            was kann|soll|muss|mache ich|wir
            [fr]
            comment ..3 resoudre|corriger|regler|reparer
            que dois_je|puis_je|faire
            [es]
            como ..3 soluciono|solucionar|arreglo|arreglar|resuelvo|resolver
            que puedo|debo hacer
            """)
}
