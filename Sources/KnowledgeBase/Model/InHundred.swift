/// A probability in the words of "93 in 100". Nothing is certain, so neither end is ever said.
public enum InHundred {
    /// "93 in 100", "more than 99 in 100", "fewer than 1 in 100".
    public static func words(_ probability: Double) -> String {
        switch Int((probability * 100).rounded()) {
        case ...0: "fewer than 1 in 100"
        case 100...: "more than 99 in 100"
        case let percent: "\(percent) in 100"
        }
    }
}
