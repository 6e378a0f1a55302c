// swift-tools-version: 6.1
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "kb",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "kb", targets: ["kb"]),
        .library(name: "KnowledgeBase", targets: ["KnowledgeBase"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/LebJe/TOMLKit", exact: "0.6.0"),
    ],
    targets: [
        // System libraries, by pkg-config. `scripts/setup` installs them.
        .systemLibrary(name: "CMarkdown", pkgConfig: "libcmark-gfm", providers: [.apt(["libcmark-gfm-dev"])]),
        .systemLibrary(name: "CGumbo", pkgConfig: "gumbo", providers: [.apt(["libgumbo-dev"])]),
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        // No header: the library is opened when a product needs it.
        .target(name: "COpenBLAS", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
        // Headers alone: the library is opened when a mail is sent.
        .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        // The element-wise passes of the encoder in plain C, compiled for several instruction sets.
        .target(name: "CKernels", cSettings: [.unsafeFlags(["-O3"])]),
        // BM25 as an auxiliary function of FTS5, with a bounded heap.
        .target(name: "CLexical", cSettings: [.unsafeFlags(["-O3"])]),
        .target(name: "Embedding", dependencies: ["COpenBLAS", "CKernels"], swiftSettings: settings),
        .target(
            name: "KnowledgeBase",
            dependencies: [
                "Embedding", "CLexical", "CMarkdown", "CGumbo", "CNettle",
                .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
                .product(name: "Yams", package: "Yams"),
                .product(name: "TOMLKit", package: "TOMLKit"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "kb",
            dependencies: [
                "KnowledgeBase", "CCurl", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "kb-bench",
            dependencies: ["Embedding", "KnowledgeBase", .product(name: "GRDB", package: "GRDB.swift")],
            path: "benchmarks/kb-bench", swiftSettings: settings),
        .testTarget(
            name: "EmbeddingTests", dependencies: ["Embedding", "CKernels"], exclude: ["Fixtures"],
            swiftSettings: settings),
        // A temporary folder, and an encoder of a few kilobytes so that most tests need no model.
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "KnowledgeBaseTests", dependencies: ["KnowledgeBase", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "kbTests", dependencies: ["kb", "TestSupport"], swiftSettings: settings),
    ]
)
