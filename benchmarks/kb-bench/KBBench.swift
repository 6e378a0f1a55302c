/// Drives single parts of kb for reference checks and benchmarks; scripts call it, people call the scripts.
@main
enum KBBench {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        let name = arguments.isEmpty ? "" : arguments.removeFirst()
        switch (name, arguments.count) {
        case ("encode", 1...): try EncodeBench.run(arguments)
        case ("lexical", 2...): try LexicalBench.run(arguments)
        case ("dense", 2...): try DenseBench.run(arguments)
        case ("hybrid", 3...): try HybridBench.run(arguments)
        case ("cluster", 2...): try ClusterBench.run(arguments)
        case ("cold", 4): try ColdBench.run(arguments)
        case ("redact", 0): try RedactBench.run()
        default:
            Output.write(
                """
                usage: kb-bench encode MODEL [--threads N] [--tokens] [--unlimited] [--bench]
                       kb-bench lexical DATA PASSAGES
                       kb-bench dense DATA PASSAGES [--probes P,P] [--threads N]
                       kb-bench hybrid DATA PASSAGES MODEL [--questions N] [--exact N]
                       kb-bench cluster VECTORS DIMENSION [--cosine C] [--threads N]
                       kb-bench cold DATA PASSAGES MODEL QUESTION
                       kb-bench redact
                DATA is made by benchmarks/scale/make-data.

                """)
        }
    }
}
