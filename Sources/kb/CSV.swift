/// Comma-separated values after RFC 4180.
enum CSV {
    static func line(_ cells: [String]) -> String {
        cells.map { cell in
            // A cell that begins like a formula would be run by a spreadsheet.
            let safe = cell.first.map { "=+-@".contains($0) } == true ? "'" + cell : cell
            guard safe.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return safe }
            return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
        }.joined(separator: ",") + "\r\n"
    }

    static func parse(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var quoted = false
        var iterator = text.unicodeScalars.makeIterator()
        var pending = iterator.next()
        func endRow() {
            row.append(cell)
            cell = ""
            if row.count > 1 || !row[0].isEmpty { rows.append(row) }
            row = []
        }
        while let scalar = pending {
            pending = iterator.next()
            switch scalar {
            case "\"" where quoted && pending == "\"":
                cell.unicodeScalars.append(scalar)
                pending = iterator.next()
            case "\"": quoted.toggle()
            case "," where !quoted:
                row.append(cell)
                cell = ""
            case "\r" where !quoted: continue
            case "\n" where !quoted: endRow()
            case "\u{feff}" where rows.isEmpty && row.isEmpty && cell.isEmpty: continue
            default: cell.unicodeScalars.append(scalar)
            }
        }
        if !cell.isEmpty || !row.isEmpty { endRow() }
        return rows
    }
}
