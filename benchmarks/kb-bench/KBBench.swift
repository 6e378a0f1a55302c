import Embedding

/// Drives single parts of kb for reference checks and benchmarks; scripts call it, people call the scripts.
@main
enum KBBench {
    static func main() throws {
        var arguments = Array(CommandLine.arguments.dropFirst())
        guard arguments.count >= 2, arguments.removeFirst() == "encode" else {
            Output.write("usage: kb-bench encode MODEL [--threads N] [--tokens] [--unlimited] [--bench]\n")
            return
        }
        try EncodeBench.run(arguments)
    }
}
