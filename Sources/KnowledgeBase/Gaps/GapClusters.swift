import Embedding

/// Groups of like questions by average linkage: two groups become one while the mean cosine between their members is at
/// least a bound. Exact, on as many questions as a year has. Of unit vectors that mean is the product of the groups' sums
/// over the product of their sizes, so no table of distances is kept.
///
/// Two groups whose mean cosine reaches the bound hold a pair of members whose cosine does, so only such pairs are ever
/// looked at; they come from blockwise matrix products. A group keeps the groups that are near enough. One it dropped
/// cannot come near again: the mean to a union is never above the larger of the means to its parts (reducibility), which
/// also is why chains of nearest neighbours give the tree of always joining the closest two (Murtagh 1983).
package enum GapClusters {
    /// - Parameter rows: n x d, unit rows.
    /// - Returns: places, largest group first, members rising, ties by the first member; single ones too. `nil` when more
    ///   pairs are near than memory holds.
    /// - Complexity: n² d / 2 multiply-adds in matrix products, then about d for each near pair.
    package static func groups(_ rows: [Float], columns d: Int, cosine bound: Float, threads: Int) -> [[Int]]? {
        let n = rows.count / max(1, d)
        guard n > 0 else { return [] }
        guard let later = VectorIndex.pairs(of: rows, columns: d, atLeast: bound, threads: threads) else { return nil }
        var linkage = Linkage(rows: rows, dimension: d, near: later, bound: bound)
        return linkage.run().sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
    }

    private struct Linkage {
        let d: Int
        let bound: Float
        /// Row of a group's first member: the sum of its vectors.
        var sums: [Float]  // (n, d)
        var members: [[Int32]]
        /// Groups that are near enough, by one of their members; both ways.
        var near: [[Int32]]
        /// Union-find: a group is named by its smallest member.
        var parent: [Int32]
        var finished: [Bool]

        init(rows: [Float], dimension: Int, near later: [[Int32]], bound: Float) {
            (d, self.bound, sums) = (dimension, bound, rows)
            let n = later.count
            members = (0..<n).map { [Int32($0)] }
            var near = later
            for (i, list) in later.enumerated() {
                for j in list { near[Int(j)].append(Int32(i)) }
            }
            self.near = near
            parent = (0..<n).map(Int32.init)
            finished = [Bool](repeating: false, count: n)
        }

        mutating func root(_ i: Int32) -> Int32 {
            var top = i
            while parent[Int(top)] != top { top = parent[Int(top)] }
            var at = i
            while parent[Int(at)] != top { (parent[Int(at)], at) = (top, parent[Int(at)]) }
            return top
        }

        mutating func run() -> [[Int]] {
            var groups: [[Int]] = []
            // Groups by their names, each the nearest of the one before, with how near it is to that.
            var chain: [(group: Int32, cosine: Float)] = []
            for start in parent.indices {
                let first = root(Int32(start))
                if !finished[Int(first)] && chain.isEmpty { chain.append((first, -.infinity)) }
                while let last = chain.last {
                    let own = last.group
                    let before = chain.count > 1 ? chain[chain.count - 2].group : nil
                    var (best, likeness) = nearest(to: own)
                    // Along a chain likeness rises; where rounding says otherwise, the one before is the nearest.
                    if let before, likeness <= last.cosine { (best, likeness) = (before, last.cosine) }
                    guard let best else {
                        finished[Int(own)] = true
                        groups.append(members[Int(own)].map(Int.init).sorted())
                        near[Int(own)] = []
                        chain.removeLast()
                        continue
                    }
                    guard best == before else {
                        chain.append((best, likeness))
                        continue
                    }
                    chain.removeLast(2)
                    merge(min(own, best), max(own, best))
                    // What was merged may start the next chain.
                    if chain.isEmpty { chain.append((min(own, best), -.infinity)) }
                }
            }
            return groups
        }

        private mutating func merge(_ into: Int32, _ from: Int32) {
            let (a, b) = (Int(into), Int(from))
            for k in 0..<d { sums[a * d + k] += sums[b * d + k] }
            members[a] += members[b]
            near[a] += near[b]
            members[b] = []
            near[b] = []
            parent[b] = into
        }

        /// The nearest group at or above the bound; of equals the one named first. Its list is cut to what is near.
        private mutating func nearest(to own: Int32) -> (group: Int32?, cosine: Float) {
            var roots = near[Int(own)].map { $0 }
            for i in roots.indices { roots[i] = root(roots[i]) }
            roots.sort()
            var kept: [Int32] = []
            var best: Int32?
            var highest = -Float.infinity
            var last: Int32 = -1
            let size = Float(members[Int(own)].count)
            sums.withUnsafeBufferPointer { sums in
                let question = sums.baseAddress! + Int(own) * d
                for other in roots where other != last {
                    last = other
                    if other == own || finished[Int(other)] { continue }
                    let product = VectorIndex.product(question, sums.baseAddress! + Int(other) * d, d)
                    let cosine = product / (size * Float(members[Int(other)].count))
                    guard cosine >= bound else { continue }
                    kept.append(other)
                    if cosine > highest { (best, highest) = (other, cosine) }
                }
            }
            near[Int(own)] = kept
            return (best, highest)
        }
    }
}
