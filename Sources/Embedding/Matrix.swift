/// A dense matrix of float32 in one flat row-major buffer: element (r, c) is `values[r * columns + c]`.
public struct Matrix: Sendable, Equatable {
    public let rows: Int
    public let columns: Int
    /// `rows * columns` numbers, row after row.
    public var values: [Float]

    /// A matrix over `values`, which must hold exactly `rows * columns` numbers.
    public init(rows: Int, columns: Int, values: [Float]) {
        precondition(rows >= 0 && columns >= 0, "a matrix cannot be \(rows) x \(columns)")
        precondition(values.count == rows * columns, "\(values.count) values do not fill \(rows) x \(columns)")
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// A matrix of zeros.
    public init(rows: Int, columns: Int) {
        self.init(rows: rows, columns: columns, values: [Float](repeating: 0, count: rows * columns))
    }

    /// Row `row`: a view of `columns` numbers, no copy.
    public subscript(row: Int) -> ArraySlice<Float> {
        precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
        return values[row * columns..<(row + 1) * columns]
    }

    /// Element (row, column).
    public subscript(row: Int, column: Int) -> Float {
        get {
            precondition(column >= 0 && column < columns, "column \(column) of \(columns)")
            return values[row * columns + column]
        }
        set {
            precondition(column >= 0 && column < columns, "column \(column) of \(columns)")
            values[row * columns + column] = newValue
        }
    }
}
