import ArgumentParser
import FoundationEssentials
import KnowledgeBase

extension Band: ExpressibleByArgument {}

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review", abstract: "Judges many answers: by keyboard, or by a CSV file out and in.",
        discussion: """
            Asks for the answers whose judgement teaches most; each one counts at once, so you may stop at any time.
            With --csv FILE: writes the answers to judge into a new file; an existing one is read and its verdicts taken
            in (column verdict: right or wrong; column should_be: a document's id, or empty). Two rows on the same answer, or
            on the same question and document, that contradict each other are told, and neither is taken.

            The file holds customers' words as they wrote them, unredacted, names and addresses among them. It is readable by
            you alone (mode 0600); keep it so, and delete it when it is read.

            Example: kb review -n 20
            """)

    @Option(name: .shortAndLong, help: "Answers at most.")
    var number = 20

    @Option(help: "A CSV file to write, or to read when it is there already.", completion: .file())
    var csv: String?

    @Option(
        help: ArgumentHelp(
            "So many tickets of the last kb replay whose agents linked no article, drawn at random.", valueName: "n"))
    var fromReplay: Int?

    @Option(help: "With --from-replay: only tickets in this band of the replay: auto, draft or human.")
    var band: Band?

    @OptionGroup var global: GlobalOptions

    static let columns = ["answer_id", "question", "document", "title", "confidence", "verdict", "should_be", "note"]

    func validate() throws {
        guard (1...10_000).contains(number) else {
            throw ValidationError("-n is \(number); it must be between 1 and 10000.")
        }
        if let fromReplay, !(1...10_000).contains(fromReplay) {
            throw ValidationError("--from-replay is \(fromReplay); it must be between 1 and 10000.")
        }
        if band != nil, fromReplay == nil { throw ValidationError("--band goes with --from-replay N.") }
    }

    func run() throws {
        let engine = try global.engine()
        if let csv {
            let path = csv.absolutePath(from: FileManager.default.currentDirectoryPath)
            var isFolder = false
            if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder {
                throw KnowledgeBaseError.unreadable(path: path, reason: "it is a folder; name a file")
            }
            return FileManager.default.fileExists(atPath: path) ? try take(path, engine) : try write(path, engine)
        }
        let items = try items(engine)
        if items.isEmpty { return Console.error("nothing to review: every logged answer is judged") }
        var reader = try LineReader("-")
        var judged = 0
        items: for (index, item) in items.enumerated() {
            Console.print()
            Console.print(Console.bold("\(index + 1)/\(items.count)  " + Console.safe(item.question)))
            Console.print("  → \(Console.inline(item.title ?? ""))  (\(Console.inline(item.document ?? "")))")
            // The answer is made again: what is judged should be seen. It is not logged a second time.
            try engine.answer([Question(text: item.question)], options: SearchOptions(), log: false) { answer in
                guard let draft = answer.draft else { return }
                // Marks and articles change what comes first: another article's text would mislead.
                guard answer.answerID == item.answerID || draft.citations.first?.document.id == item.document else {
                    Console.print("    (asked today another article comes first; judge whether this one answers)")
                    return
                }
                let text = Console.safe(draft.text).split(separator: "\n").map { "    " + $0 }.joined(separator: "\n")
                Console.print(text)
                if answer.answerID != item.answerID {
                    Console.print("    (the articles have changed since it was given)")
                }
            }
            while true {
                Console.print("  [r]ight, [w]rong, w DOC (should be DOC), [s]kip, [q]uit")
                Console.flush()
                guard let line = reader.next(1).first else { break items }
                let words = String(decoding: line, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
                switch words.first?.lowercased() {
                case "r", "right": try engine.mark(item.answerID, .right, shouldBe: nil, note: nil)
                case "w", "wrong":
                    do {
                        try engine.mark(item.answerID, .wrong, shouldBe: words.dropFirst().first, note: nil)
                    } catch let error as KnowledgeBaseError {
                        Console.error(error.description)
                        continue
                    }
                case "s", "skip": continue items
                case "q", "quit": break items
                default: continue
                }
                judged += 1
                break
            }
        }
        Console.print("judged \(judged)")
    }

    private func items(_ engine: Engine) throws -> [ReviewItem] {
        guard let fromReplay else { return try engine.unreviewed(number) }
        return try engine.unknownOfReplay(fromReplay, band: band)
    }

    private func write(_ path: String, _ engine: Engine) throws {
        var text = CSV.line(Self.columns)
        let items = try items(engine)
        for item in items {
            text += CSV.line([
                item.answerID, item.question, item.document ?? "", item.title ?? "",
                String(JSONOutput.rounded(item.confidence, 3)), "", "", "",
            ])
        }
        try PrivateFile.create(path, text)
        Console.print("wrote \(items.count) answers to \(path); fill in the column verdict and run the command again")
        Console.error("it holds customers' words unredacted; only you may read it (mode 0600)")
    }

    private func take(_ path: String, _ engine: Engine) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw KnowledgeBaseError.unreadable(path: path, reason: "no such file or folder")
        }
        guard let text = CSV.text(data) else {
            throw KnowledgeBaseError.unreadable(
                path: path, reason: "it is neither UTF-8 nor UTF-16; save it as CSV UTF-8")
        }
        guard let rows = CSV.parse(text) else {
            throw KnowledgeBaseError.unreadable(path: path, reason: "a quotation mark is opened and never closed")
        }
        guard let header = rows.first?.map({ $0.lowercased() }), header.contains("answer_id"),
            header.contains("verdict")
        else {
            throw KnowledgeBaseError.invalidArgument(
                "\(path) has no columns answer_id and verdict in its first line. Write one anew: kb review --csv NEWFILE."
            )
        }
        let saved = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        let known = Dictionary(try engine.marks().map { ($0.answerID, $0) }, uniquingKeysWith: { $1 })
        var (judged, bad) = (0, 0)
        func complain(_ place: String, _ error: KnowledgeBaseError) {
            Console.error("\(path), \(place): \(error.description)")
            bad += 1
        }
        var verdicts: [Verdict] = []
        for (number, row) in rows.enumerated().dropFirst() {
            func cell(_ name: String) -> String {
                header.firstIndex(of: name).flatMap { $0 < row.count ? row[$0] : nil } ?? ""
            }
            do {
                if let verdict = try Verdict(row: number + 1, cell: cell) { verdicts.append(verdict) }
            } catch let error as KnowledgeBaseError {
                complain("row \(number + 1)", error)
            }
        }
        let contradictions = Verdict.contradictions(verdicts)
        for rows in contradictions {
            let list = rows.dropLast().map(String.init).joined(separator: ", ") + " and \(rows.last ?? 0)"
            complain(
                "rows \(list)",
                .invalidArgument(
                    "they contradict each other on the same answer; neither is taken. Keep the one that holds and run the command again"
                ))
        }
        let left = Set(contradictions.joined())
        var taken: [String: Verdict] = [:]
        for verdict in verdicts where !left.contains(verdict.row) {
            do {
                // The same file read twice changes nothing, nor does a row that stands in it twice.
                if let old = known[verdict.id], verdict.isSaid(by: old) { continue }
                if taken[verdict.id].map(verdict.saysTheSame) == true { continue }
                // An old file says nothing against what somebody has judged since.
                if let old = known[verdict.id], let saved, old.markedAt > saved {
                    throw KnowledgeBaseError.invalidArgument(
                        "'\(verdict.id)' was marked \(old.verdict.rawValue) after this file was saved; that stays. To take it back: kb "
                            + "mark \(verdict.id) --undo")
                }
                try engine.mark(
                    verdict.id, verdict.value, shouldBe: verdict.better.isEmpty ? nil : verdict.better,
                    note: verdict.note.isEmpty ? nil : verdict.note)
                taken[verdict.id] = verdict
                judged += 1
            } catch let error as KnowledgeBaseError {
                complain("row \(verdict.row)", error)
            }
        }
        Console.print("took in \(judged) verdict\(judged == 1 ? "" : "s")")
        if bad > 0 { throw Outcome.failed }
    }
}

/// What a row of a file of verdicts says.
private struct Verdict {
    /// Its number in the file, the header's being 1.
    var row: Int
    var id: String
    var value: Mark.Verdict
    var better: String
    var note: String
    /// What it is about beside the answer: the question and the document, where the file names both.
    private var pair: String?

    /// Nil where the row says nothing yet.
    init?(row: Int, cell: (String) -> String) throws {
        let word = cell("verdict").lowercased().filter { !$0.isWhitespace }
        (self.row, id, better, note) = (row, cell("answer_id"), cell("should_be"), cell("note"))
        guard !word.isEmpty || !better.isEmpty else { return nil }
        guard !id.isEmpty else { throw KnowledgeBaseError.invalidArgument("it has a verdict but no answer_id") }
        // Who names the right document says that the answer is wrong.
        guard let value = ["r": Mark.Verdict.right, "w": .wrong, "": .wrong][word] ?? Mark.Verdict(rawValue: word)
        else {
            throw KnowledgeBaseError.invalidArgument("the verdict is '\(word)'; write right or wrong")
        }
        guard value == .wrong || better.isEmpty else {
            throw KnowledgeBaseError.invalidArgument(
                "should_be goes with wrong: a right answer cites the right document")
        }
        self.value = value
        let question = cell("question").lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !question.isEmpty, !cell("document").isEmpty { pair = question + "\n" + cell("document") }
    }

    func isSaid(by mark: Mark) -> Bool {
        mark.verdict == value && (mark.note ?? "") == note
            && (better.isEmpty ? mark.shouldBe == nil : mark.shouldBe?.hasSuffix(better) == true)
    }

    func saysTheSame(as other: Verdict) -> Bool {
        (value, better, note) == (other.value, other.better, other.note)
    }

    /// Numbers of rows that are about the same and do not say the same, each group once.
    static func contradictions(_ verdicts: [Verdict]) -> [[Int]] {
        var groups: [String: [Verdict]] = [:]
        for verdict in verdicts {
            groups["answer " + verdict.id, default: []].append(verdict)
            if let pair = verdict.pair { groups["pair " + pair, default: []].append(verdict) }
        }
        var found: Set<[Int]> = []
        for group in groups.values {
            let better = Set(group.map { $0.better }.filter { !$0.isEmpty })
            guard Set(group.map { $0.value }).count > 1 || better.count > 1 else { continue }
            found.insert(group.map { $0.row })
        }
        return found.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
