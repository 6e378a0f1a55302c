import FoundationEssentials
import Testing

@testable import KnowledgeBase

struct JSONRecordTests {
    @Test(arguments: [
        0, -1, 0.999_999, 1_772_000_000.5, -0.5, 951_782_400, 951_868_799.9, 4_102_444_800, -62_135_596_800,
        253_402_300_799,
        253_402_300_800, -62_135_596_801, 1_709_164_800, -2_203_891_200,
    ]) func `a time is written as Foundation writes it`(_ seconds: Double) {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(date.rfc3339 == date.formatted(.iso8601))
    }

    @Test func `a calibration is read as it was written`() throws {
        let fit = CalibrationFit.prior(share: 0.37)
        #expect(try CalibrationFit(json: JSONText.value(JSONText.encode(fit))) == fit)
        var evidence = Evidence()
        evidence[.denseBest] = 0.4
        let reaching = fit.reaching([evidence], else: .prior(share: 0.2))
        #expect(reaching.reach?.leastCosine == 0.4)
        #expect(try CalibrationFit(json: JSONText.value(JSONText.encode(reaching))) == reaching)
    }
}
