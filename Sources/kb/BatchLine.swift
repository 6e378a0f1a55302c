import FoundationEssentials
import KnowledgeBase

/// One line of a batch: `{"_id", "text"}` and optionally `subject`, `asked_at`, `customer`; as tickets have it, `requester` is the
/// customer too.
enum BatchLine {
    struct Failure: Error, Encodable {
        @Nullable var id: String?
        var error: String
    }

    private struct Line: Decodable {
        var id: String?
        var text: String?
        var subject: String?
        var askedAt: String?
        var customer: String?
        var tags: [String]?
        var fields: [String: String]?

        enum CodingKeys: String, CodingKey {
            case id = "_id"
            case text, subject, customer, tags, fields, requester
            case requesterID = "requester_id"
            case askedAt = "asked_at"
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            // An id may be a number in some exports.
            if let text = try? values.decodeIfPresent(String.self, forKey: .id) {
                id = text
            } else {
                id = try values.decodeIfPresent(Int64.self, forKey: .id).map(String.init)
            }
            text = try values.decodeIfPresent(String.self, forKey: .text)
            subject = try values.decodeIfPresent(String.self, forKey: .subject)
            askedAt = try values.decodeIfPresent(String.self, forKey: .askedAt)
            // By the same order as a ticket's customer is named by, so that the two are one.
            customer =
                try values.decodeIfPresent(Person.self, forKey: .customer)?.name
                ?? values.decodeIfPresent(Person.self, forKey: .requester)?.name
                ?? values.decodeIfPresent(Person.self, forKey: .requesterID)?.name
            tags = try values.decodeIfPresent([String].self, forKey: .tags)
            fields = try values.decodeIfPresent([String: String].self, forKey: .fields)
        }
    }

    /// An address or an id, as text, as a number, or as a person with either.
    private struct Person: Decodable {
        var name: String?

        private enum CodingKeys: String, CodingKey { case id, email }

        init(from decoder: any Decoder) throws {
            if let value = try? decoder.singleValueContainer() {
                if let text = try? value.decode(String.self) {
                    name = text.isEmpty ? nil : text
                    return
                }
                if let number = try? value.decode(Int64.self) {
                    name = String(number)
                    return
                }
            }
            let values = try decoder.container(keyedBy: CodingKeys.self)
            name =
                try values.decodeIfPresent(String.self, forKey: .email)
                ?? values.decodeIfPresent(Person.self, forKey: .id)?.name
        }
    }

    static func parse(_ bytes: [UInt8]) -> Result<Question, Failure> {
        let line: Line
        do {
            line = try JSONDecoder().decode(Line.self, from: Data(bytes))
        } catch {
            return .failure(Failure(id: nil, error: "not a JSON object with a text: \(reason(error))"))
        }
        guard let text = line.text ?? line.subject.map({ _ in "" }) else {
            return .failure(Failure(id: line.id, error: "the line has no \"text\""))
        }
        var asked: Date?
        if let string = line.askedAt {
            asked = try? Date(string, strategy: .iso8601)
            if asked == nil {
                asked = try? Date(string, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
            }
            if asked == nil {
                return .failure(
                    Failure(id: line.id, error: "\"asked_at\" is '\(string)'; write it as 2026-11-21T09:00:00Z"))
            }
        }
        var question = Question(
            id: line.id, text: text, subject: line.subject, askedAt: asked, customer: line.customer)
        question.tags = line.tags ?? []
        question.fields = line.fields ?? [:]
        return .success(question)
    }

    private static func reason(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return String(describing: error) }
        switch error {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context):
            let key = context.codingPath.map(\.stringValue).joined(separator: ".")
            return key.isEmpty ? context.debugDescription : "\"\(key)\" is of the wrong type"
        case .dataCorrupted: return "the line is not valid JSON"
        @unknown default: return "the line is not valid JSON"
        }
    }
}
