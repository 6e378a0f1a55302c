/// Collects the cells of a table and writes each row so that it can be understood alone: `Plan: Solo | Price: 9`.
struct TableRows {
    private struct Row {
        var isHeader: Bool
        var lines: ClosedRange<Int>
        var cells: [String] = []
        var inked = 0
        var linked = 0
    }

    private var rows: [Row] = []
    /// Cells that reach down into later rows, by column.
    private var reaching: [Int: (text: String, rows: Int)] = [:]
    private(set) var isInRow = false

    mutating func beginRow(isHeader: Bool, line: Int) {
        rows.append(Row(isHeader: isHeader, lines: line...line))
        isInRow = true
    }

    /// Adds a cell that spans columns and rows; later rows repeat its text.
    mutating func add(_ text: BlockText, columns: Int = 1, rows spanned: Int = 1) {
        guard isInRow, let last = rows.indices.last else { return }
        fillReaching()
        let cell = String(decoding: text.utf8, as: UTF8.self)
        if spanned > 1 { reaching[rows[last].cells.count] = (cell, spanned - 1) }
        rows[last].cells.append(cell)
        for _ in 1..<max(columns, 1) { rows[last].cells.append("") }
        rows[last].inked += text.inked
        rows[last].linked += text.linked
        if !text.isEmpty, text.lastLine > rows[last].lines.upperBound {
            rows[last].lines = rows[last].lines.lowerBound...text.lastLine
        }
    }

    mutating func endRow() {
        if isInRow, !reaching.isEmpty { fillReaching() }
        isInRow = false
    }

    private mutating func fillReaching() {
        guard let last = rows.indices.last else { return }
        while let cell = reaching[rows[last].cells.count] {
            let column = rows[last].cells.count
            reaching[column] = cell.rows > 1 ? (cell.text, cell.rows - 1) : nil
            rows[last].cells.append(cell.text)
        }
    }

    /// One block a row with content. The header row is a block of its own only when it is all there is.
    func blocks() -> [Block] {
        let header = rows.first.flatMap { $0.isHeader && $0.cells.count > 1 && rows.count > 1 ? $0.cells : nil } ?? []
        return rows.dropFirst(header.isEmpty ? 0 : 1).compactMap { row in
            let parts = row.cells.enumerated().compactMap { index, cell -> String? in
                guard !cell.isEmpty else { return nil }
                let name = index < header.count && !row.isHeader ? header[index] : ""
                return name.isEmpty || name == cell ? cell : "\(name)\(name.hasSuffix(":") ? "" : ":") \(cell)"
            }
            guard !parts.isEmpty else { return nil }
            return Block(
                kind: .tableRow, text: parts.joined(separator: " | "), lines: row.lines,
                isNavigation: row.linked > 0 && row.inked - row.linked <= 3)
        }
    }
}
