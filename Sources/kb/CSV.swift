import FoundationEssentials

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

    /// A spreadsheet's file as text: UTF-8, or UTF-16 by its byte order mark; `nil` when it is neither.
    static func text(_ data: Data) -> String? {
        if data.starts(with: [0xff, 0xfe]) || data.starts(with: [0xfe, 0xff]) {
            let isLittle = data.first == 0xff
            let bytes = Array(data.dropFirst(2))
            guard bytes.count.isMultiple(of: 2) else { return nil }
            let units = stride(from: 0, to: bytes.count, by: 2).map {
                UInt16(bytes[$0 + (isLittle ? 1 : 0)]) << 8 | UInt16(bytes[$0 + (isLittle ? 0 : 1)])
            }
            return String(decoding: units, as: UTF16.self)
        }
        return String(validating: data, as: UTF8.self)
    }

    /// Rows of cells. Cells are parted by the comma, semicolon or tab that the first line has most of: where the comma is
    /// the decimal mark, spreadsheets write semicolons.
    ///
    /// - Returns: `nil` when a quote is opened and never closed.
    static func parse(_ text: String) -> [[String]]? {
        let first = text.prefix { !$0.isNewline }
        let separator = [",", ";", "\t"].map { Character($0) }.max { a, b in
            first.count { $0 == a } < first.count { $0 == b }
        }!.unicodeScalars.first!
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
            case separator where !quoted:
                row.append(cell)
                cell = ""
            case "\r" where !quoted: continue
            case "\n" where !quoted: endRow()
            case "\u{feff}" where rows.isEmpty && row.isEmpty && cell.isEmpty: continue
            default: cell.unicodeScalars.append(scalar)
            }
        }
        if quoted { return nil }
        if !cell.isEmpty || !row.isEmpty { endRow() }
        return rows
    }
}
