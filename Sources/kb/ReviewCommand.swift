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
            in (column verdict: right or wrong; column should_be: a document's id, or empty).

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
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw KnowledgeBaseError.unwritable(path: path)
        }
        Console.print("wrote \(items.count) answers to \(path); fill in the column verdict and run the command again")
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
        guard let header = rows.first?.map({ $0.lowercased() }), let id = header.firstIndex(of: "answer_id"),
            let verdict = header.firstIndex(of: "verdict")
        else {
            throw KnowledgeBaseError.invalidArgument(
                "\(path) has no columns answer_id and verdict in its first line. Write one anew: kb review --csv NEWFILE."
            )
        }
        let saved = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        let known = Dictionary(try engine.marks().map { ($0.answerID, $0) }, uniquingKeysWith: { $1 })
        var (judged, bad) = (0, 0)
        for (number, row) in rows.enumerated().dropFirst() {
            func cell(_ index: Int?) -> String { index.flatMap { $0 < row.count ? row[$0] : nil } ?? "" }
            let word = cell(verdict).lowercased().filter { !$0.isWhitespace }
            let better = cell(header.firstIndex(of: "should_be"))
            guard !word.isEmpty || !better.isEmpty else { continue }
            do {
                guard !cell(id).isEmpty else {
                    throw KnowledgeBaseError.invalidArgument("it has a verdict but no answer_id")
                }
                // Who names the right document says that the answer is wrong.
                guard
                    let value = ["r": Mark.Verdict.right, "w": .wrong, "": .wrong][word] ?? Mark.Verdict(rawValue: word)
                else {
                    throw KnowledgeBaseError.invalidArgument("the verdict is '\(word)'; write right or wrong")
                }
                guard value == .wrong || better.isEmpty else {
                    throw KnowledgeBaseError.invalidArgument(
                        "should_be goes with wrong: a right answer cites the right document")
                }
                let note = cell(header.firstIndex(of: "note"))
                // The same file read twice changes nothing.
                if let old = known[cell(id)], old.verdict == value, (old.note ?? "") == note,
                    better.isEmpty ? old.shouldBe == nil : old.shouldBe?.hasSuffix(better) == true
                {
                    continue
                }
                // An old file says nothing against what somebody has judged since.
                if let old = known[cell(id)], let saved, old.markedAt > saved {
                    throw KnowledgeBaseError.invalidArgument(
                        "'\(cell(id))' was marked \(old.verdict.rawValue) after this file was saved; that stays. To take it back: kb "
                            + "mark \(cell(id)) --undo")
                }
                try engine.mark(
                    cell(id), value, shouldBe: better.isEmpty ? nil : better, note: note.isEmpty ? nil : note)
                judged += 1
            } catch let error as KnowledgeBaseError {
                Console.error("\(path), row \(number + 1): \(error.description)")
                bad += 1
            }
        }
        Console.print("took in \(judged) verdict\(judged == 1 ? "" : "s")")
        if bad > 0 { throw Outcome.failed }
    }
}
