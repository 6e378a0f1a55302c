extension Character {
    /// A letter or a number. Of ASCII, as most are, without asking Unicode's tables, which cost a thirtieth of judging a question.
    var isWord: Bool {
        guard let ascii = asciiValue else { return isLetter || isNumber }
        return (97...122).contains(ascii | 0x20) || (48...57).contains(ascii)
    }
}
