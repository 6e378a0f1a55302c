import Embedding

/// Groups of like questions by average linkage: two groups become one while the mean cosine between their members is
/// at least a bound. The seam for gaps: what is grouped is the caller's choice.
///
/// Of unit vectors the mean cosine between two groups is the product of their sums over the product of their sizes, so no
/// table of distances is kept. By chains of nearest neighbours (Murtagh, Computer Journal 1983), which for average
/// linkage gives the same tree as always joining the closest two.
enum TicketGroups {
    /// - Parameter vectors: unit vectors of one dimension.
    /// - Returns: places in `vectors`, largest group first, members rising; ties by the first member. Single ones too.
    /// - Complexity: about 3 n² · dimension multiply-adds, memory n · dimension.
    static func groups(_ vectors: [[Float]], cosine bound: Float) -> [[Int]] {
        guard let d = vectors.first?.count else { return [] }
        precondition(vectors.allSatisfy { $0.count == d })
        // Row i is the sum of group i's vectors; groups that were joined into another are swapped out of the front.
        var sums = vectors.flatMap { $0 }  // (n, d)
        var members = vectors.indices.map { [$0] }
        var count = vectors.count
        // Groups by their first member, which they keep, each the nearest of the one before, with how near it is to that.
        var chain: [(first: Int, cosine: Float)] = []
        var place = Array(vectors.indices)  // of the group whose first member this is
        var finished: [[Int]] = []

        func remove(_ row: Int) {
            count -= 1
            if row != count {
                for k in 0..<d { sums[row * d + k] = sums[count * d + k] }
                members[row] = members[count]
                place[members[row][0]] = row
            }
            members.removeLast()
        }
        while count > 0 {
            if chain.isEmpty { chain.append((members[0][0], -.infinity)) }
            let own = place[chain.last!.first]
            let before = chain.count > 1 ? place[chain[chain.count - 2].first] : nil
            var (best, likeness) = nearest(to: own, sums, members, count, d)
            // Along a chain likeness rises; where rounding says otherwise, the one before is the nearest.
            if let before, likeness <= chain.last!.cosine { (best, likeness) = (before, chain.last!.cosine) }
            // None is near enough, and none that comes to be later can be: a mean is never above the larger part's.
            guard let best, likeness >= bound else {
                finished.append(members[own].sorted())
                chain.removeLast()
                remove(own)
                continue
            }
            guard best == before else {
                chain.append((members[best][0], likeness))
                continue
            }
            chain.removeLast(2)
            // The group with the smaller first member takes in the other.
            let (into, from) = members[own][0] < members[best][0] ? (own, best) : (best, own)
            for k in 0..<d { sums[into * d + k] += sums[from * d + k] }
            members[into] += members[from]
            remove(from)
        }
        return finished.sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    }

    /// The group with the highest mean cosine; of equals the one with the smallest first member.
    private static func nearest(
        to own: Int, _ sums: [Float], _ members: [[Int]], _ count: Int, _ d: Int
    ) -> (row: Int?, cosine: Float) {
        let question = Array(sums[own * d..<(own + 1) * d])
        let products = sums.withUnsafeBufferPointer {
            VectorIndex.scores(of: UnsafeBufferPointer(rebasing: $0[..<(count * d)]), question: question)
        }
        let size = Float(members[own].count)
        var best: Int?
        var highest = -Float.infinity
        for row in 0..<count where row != own {
            let cosine = products[row] / (size * Float(members[row].count))
            if cosine > highest || cosine == highest && members[row][0] < members[best!][0] {
                (best, highest) = (row, cosine)
            }
        }
        return (best, highest)
    }
}
