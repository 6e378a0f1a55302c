#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Keys, tokens and passwords.
enum Tokens {
    /// By the beginnings that vendors give them, by `password: …`, and in blocks of a private key.
    static func known(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for token in words(bytes) {
            let text = String(decoding: bytes[token], as: UTF8.self)
            if prefixes.contains(where: { text.hasPrefix($0.start) && text.utf8.count >= $0.length }) {
                found.append(token)
            }
            // Three parts of base64, the first of a JSON header.
            else if text.hasPrefix("eyJ"), text.split(separator: ".").count == 3, text.utf8.count > 30 {
                found.append(token)
            }
        }
        return found + said(bytes) + keyBlocks(bytes)
    }

    /// Long words that no language has: at least 20 characters of letters and digits mixed, with much surprise a character.
    static func random(_ bytes: [UInt8]) -> [Range<Int>] {
        words(bytes).filter { token in
            let part = bytes[token]
            guard part.count >= 20, part.count <= 512, part.contains(where: \.isDigit), part.contains(where: \.isLetter)
            else { return false }
            let text = String(decoding: part, as: UTF8.self)
            // Paths, urls, file names and host names are long as well.
            guard !text.contains("/"), !text.contains("."), !text.hasPrefix("http") else { return false }
            let isHex = part.allSatisfy { $0.isHexDigit || $0 == UInt8(ascii: "-") }
            if isHex {
                // A hash, a commit or a UUID names a thing, unless the words before call it a secret.
                return isCalledSecret(bytes, token.lowerBound)
            }
            // `gl_texture_2D_image` is words; a key has one long part.
            let pieces = part.split {
                $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "=")
            }
            guard let long = pieces.max(by: { $0.count < $1.count }), long.count >= 16, longestLetters(long) <= 12,
                long.contains(where: \.isDigit)
            else { return false }
            return entropy(long) >= 3.4 && changes(long) * 4 >= long.count
        }
    }

    /// The value after `password:`, `api_key=`, `Bearer`.
    private static func said(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        let lower = bytes.map(\.lower)
        for name in names {
            let name = Array(name.utf8)
            guard lower.count > name.count + 2 else { continue }
            var index = 0
            while index + name.count + 1 < lower.count {
                guard lower[index] == name[0], lower[index..<index + name.count].elementsEqual(name),
                    index == 0 || !lower[index - 1].isAlphanumeric
                else {
                    index += 1
                    continue
                }
                var place = index + name.count
                index = place
                let isApart = !bytes[place].isAlphanumeric
                // `is`, `:` or `=` must stand between; then quotes.
                var isSaid = name.elementsEqual("bearer".utf8)
                if place < bytes.count, bytes[place] == 34 || bytes[place] == 39 { place += 1 }
                while place < bytes.count, bytes[place] == 32 { place += 1 }
                if place < bytes.count, bytes[place] == UInt8(ascii: ":") || bytes[place] == UInt8(ascii: "=") {
                    isSaid = true
                    place += 1
                } else if verbs.contains(where: { lower[place...].starts(with: $0) }) {
                    isSaid = true
                    place += lower[place...].firstIndex(of: 32)! - place
                }
                while place < bytes.count,
                    bytes[place] == 32 || bytes[place] == 34 || bytes[place] == 39 || bytes[place] == UInt8(ascii: "`")
                { place += 1 }
                var end = place
                while end < bytes.count, bytes[end] > 32, bytes[end] != 34, bytes[end] != 39,
                    bytes[end] != UInt8(ascii: ","), bytes[end] != UInt8(ascii: "`"), bytes[end] != UInt8(ascii: "<"),
                    bytes[end] != UInt8(ascii: "&")
                { end += 1 }
                while end > place, ".;)!?".utf8.contains(bytes[end - 1]) { end -= 1 }
                let value = bytes[place..<end]
                // A word is a remark ("password: required"); a secret has a digit or a sign in it.
                // Longer than remarks are: a phrase of words written as one.
                let isPhrase = value.count >= 14 && value.allSatisfy(\.isLetter)
                let isSecret =
                    value.count >= 6
                    && (isPhrase || value.contains(where: \.isDigit)
                        || value.contains {
                            !$0.isAlphanumeric && $0 < 128 && $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_")
                                && $0 != UInt8(ascii: "/")
                        })
                    && !value.contains(UInt8(ascii: "{")) && !value.contains(UInt8(ascii: "$"))
                    && !value.allSatisfy { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: ".") || $0 >= 128 }
                // Said right after it ("das Passwort Wolke7x"), where no word is letters and digits mixed.
                let isMixed = value.contains(where: \.isDigit) && value.contains(where: \.isLetter)
                if isSecret, isSaid || isApart && isMixed && value.allSatisfy(\.isAlphanumeric) {
                    found.append(place..<end)
                }
            }
        }
        return found
    }

    private static func keyBlocks(_ bytes: [UInt8]) -> [Range<Int>] {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.utf8.count == bytes.count, text.contains("PRIVATE KEY-----") else { return [] }
        var found: [Range<Int>] = []
        var start: Int?
        var offset = 0
        for line in text.pieces("\n", keepingEmpty: true) {
            if line.contains("-----BEGIN"), line.contains("PRIVATE KEY") { start = offset }
            offset += line.utf8.count + 1
            if let from = start, line.contains("-----END") {
                found.append(from..<min(offset - 1, bytes.count))
                start = nil
            }
        }
        if let start { found.append(start..<bytes.count) }
        return found
    }

    private static func isCalledSecret(_ bytes: [UInt8], _ start: Int) -> Bool {
        let before = String(decoding: bytes[max(0, start - 40)..<start], as: UTF8.self).lowercased()
        return ["key", "token", "secret", "password", "bearer", "credential", "apikey"].contains { before.contains($0) }
    }

    private static func words(_ bytes: [UInt8]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var start: Int?
        for index in 0...bytes.count {
            let inside = index < bytes.count && (bytes[index].isAlphanumeric || "_-+/=.".utf8.contains(bytes[index]))
            if inside {
                if start == nil { start = index }
            } else if let from = start {
                var (first, last) = (from, index)
                // `key=value`: the value alone.
                if let equals = bytes[first..<last].firstIndex(of: UInt8(ascii: "=")), equals + 1 < last,
                    bytes[equals + 1] != UInt8(ascii: "=")
                {
                    first = equals + 1
                }
                while last > first, ".-=".utf8.contains(bytes[last - 1]), bytes[last - 1] != UInt8(ascii: "=") {
                    last -= 1
                }
                if last - first >= 8 { found.append(first..<last) }
                start = nil
            }
        }
        return found
    }

    /// Shannon's, in bits a character.
    static func entropy(_ part: ArraySlice<UInt8>) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in part { counts[Int(byte)] += 1 }
        let n = Double(part.count)
        return counts.reduce(0) { sum, count in
            guard count > 0 else { return sum }
            let share = Double(count) / n
            return sum - share * log2(share)
        }
    }

    private static func longestLetters(_ part: ArraySlice<UInt8>) -> Int {
        var longest = 0
        var current = 0
        for byte in part {
            current = byte.isLetter ? current + 1 : 0
            longest = max(longest, current)
        }
        return longest
    }

    /// How often letters, capitals and digits take turns.
    private static func changes(_ part: ArraySlice<UInt8>) -> Int {
        func kind(_ byte: UInt8) -> Int { byte.isDigit ? 0 : byte >= 97 ? 1 : byte >= 65 && byte <= 90 ? 2 : 3 }
        return zip(part, part.dropFirst()).reduce(0) { $0 + (kind($1.0) != kind($1.1) ? 1 : 0) }
    }

    /// Between the name and the value, in the languages of the names.
    private static let verbs = [
        "is ", "is: ", "was ", "to ", "ist ", "lautet ", "war ", "auf ", "est ", "c'est ", "en ", "es ", "a ", "è ",
        "é ", "era ",
        "in ", "sarebbe ",
    ].map { Array($0.utf8) }
    private static let names = [
        "password", "passwort", "passwd", "pwd", "pw", "kennwort", "passcode", "passphrase", "api_key", "api-key",
        "apikey", "api key", "secret", "client_secret",
        "access_token", "token",
        "auth_token", "bearer", "private_key", "access key", "secret key", "mot de passe", "contraseña", "contrasena",
        "senha", "wachtwoord", "mdp", "clave", "parola d'ordine", "code d'accès",
    ]
    private static let prefixes: [(start: String, length: Int)] = [
        ("sk_live_", 16), ("sk_test_", 16), ("pk_live_", 16), ("rk_live_", 16), ("sk-", 20), ("ghp_", 20), ("gho_", 20),
        ("ghu_", 20), ("ghs_", 20),
        ("github_pat_", 22), ("glpat-", 16), ("xoxb-", 16), ("xoxp-", 16), ("xoxa-", 16), ("xapp-", 16), ("AKIA", 20),
        ("ASIA", 20), ("AIza", 30),
        ("ya29.", 20), ("SG.", 20), ("key-", 30), ("npm_", 20), ("pypi-", 20), ("dop_v1_", 20), ("hf_", 20),
        ("whsec_", 16), ("shpat_", 20),
        ("EAAC", 30), ("AGE-SECRET-KEY-", 20), ("lin_api_", 16), ("figd_", 16), ("tb_live_", 12), ("tb_test_", 12),
    ]
}
