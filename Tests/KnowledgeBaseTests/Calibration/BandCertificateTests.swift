import Testing

@testable import KnowledgeBase

@Suite struct BandCertificateTests {
    /// The smallest numbers of reviews for a share of 90 % at 95 %, one-sided; from tables of Clopper and Pearson.
    @Test(arguments: [(29, 0), (46, 1), (61, 2), (76, 3), (89, 4), (103, 5)])
    func `so many reviews with so many errors certify, and one review fewer does not`(reviews: Int, errors: Int) {
        #expect(BandCertificate(right: reviews - errors, wrong: errors).isCertified)
        #expect(!BandCertificate(right: reviews - errors - 1, wrong: errors).isCertified)
    }

    @Test(arguments: [(0, 0, 29), (12, 0, 17), (28, 0, 1), (29, 0, 0), (29, 1, 16), (0, 5, 98), (500, 5, 0)])
    func `reviews needed count right ones from here on`(right: Int, wrong: Int, needed: Int) {
        #expect(BandCertificate(right: right, wrong: wrong).reviewsNeeded == needed)
    }

    @Test func `thousands of reviews do not underflow`() {
        #expect(BandCertificate(right: 18_200, wrong: 1_800).isCertified == true)
        #expect(BandCertificate(right: 17_900, wrong: 2_100).isCertified == false)
    }

    @Test func `only errors certify nothing`() {
        #expect(!BandCertificate(right: 0, wrong: 40).isCertified)
    }
}
