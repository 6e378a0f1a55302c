import CKernels

extension TransformerEncoder {
    // Shapes as in TransformerEncoder: T tokens, C channels, F channels of the feed-forward part.

    /// `forward` with rounded linear layers. Rows are rounded where they are made, once for all products that read them.
    func forward(
        _ rounded: RoundedWeights, _ encodings: [WordPieceTokenizer.Encoding], _ batch: [Int], _ T: Int, _ s: Scratch,
        _ member: inout Team.Member
    ) {
        let C = configuration.hiddenSize
        let F = configuration.intermediateSize
        let D = C / configuration.heads
        guard let states = s.roundedStates, let hidden = s.roundedHidden else {
            preconditionFailure("scratch without bytes for rounded layers")
        }
        member.share(T, grain: 32) { rows in
            embed(encodings, batch, s, rows)
            states.round(s.x, rows, C)
        }
        for (layer, weights) in zip(rounded.layers, weights.layers) {
            let index = member.index
            // Two heads of 32 are a full tile of 64 columns.
            member.share(configuration.heads, grain: 2) { heads in
                let columns = heads.lowerBound * D..<heads.upperBound * D
                let parts = [(layer.query, weights.query), (layer.key, weights.key), (layer.value, weights.value)]
                for (part, (linear, float)) in parts.enumerated() {
                    let y = s.qkv + part * C
                    rounded.multiply(linear, states, T, columns, into: y, ldy: 3 * C)
                    addBias(float, T, columns, to: y, ldc: 3 * C)
                }
                attend(encodings, batch, heads, s, member: index)
            }
            member.share(T, grain: 32) { states.round(s.context, $0, C) }
            let attended = s.qkv  // free from here: (T, C)
            member.share(C, grain: 64) {
                rounded.multiply(layer.attentionOutput, states, T, $0, into: attended, ldy: C)
            }
            member.share(T, grain: 32) { rows in
                norm(s.x, attended, weights.attentionOutput.bias, weights.attentionNorm, rows)
                states.round(s.x, rows, C)
            }
            member.share(F, grain: 64) { columns in
                rounded.multiply(layer.intermediate, states, T, columns, into: s.hidden, ldy: F)
                kernel_bias_gelu(
                    s.hidden + columns.lowerBound, weights.intermediate.bias.start + columns.lowerBound,
                    Int32(T), Int32(columns.count), Int32(F))
            }
            member.share(T, grain: 32) { hidden.round(s.hidden, $0, F) }
            member.share(C, grain: 64) { rounded.multiply(layer.output, hidden, T, $0, into: s.context, ldy: C) }
            member.share(T, grain: 32) { rows in
                norm(s.x, s.context, weights.output.bias, weights.outputNorm, rows)
                states.round(s.x, rows, C)
            }
        }
    }
}
