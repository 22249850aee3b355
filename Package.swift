// swift-tools-version: 6.2
import PackageDescription

let manners: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("ExistentialAny"),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

/// A library module: its name and the modules it may import (the table of the architecture page).
func module(_ name: String, _ imports: [Target.Dependency]) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: manners)
}

func tests(_ name: String, _ imports: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: imports, swiftSettings: manners)
}

let package = Package(
  name: "Writ",
  products: [
    .library(name: "PolicyEngine", targets: ["PolicyEngine"]),
    .executable(name: "writ", targets: ["writ"]),
    .executable(name: "writd", targets: ["writd"]),
  ],
  dependencies: [],
  targets: [
    module("PolicySource", []),
    module("CommandTable", ["PolicySource"]),
    module("PolicySyntax", ["PolicySource"]),
    module("PolicyRuntime", ["PolicySource"]),
    module("PolicyCompiler", ["PolicySource", "PolicySyntax", "PolicyRuntime"]),
    module("PolicyEngine", ["PolicySource", "PolicySyntax", "PolicyRuntime", "PolicyCompiler"]),
    module(
      "PolicyAnalysis",
      ["PolicySource", "PolicyRuntime", "PolicyCompiler", "PolicyEngine"]),
    module(
      "PolicyReport", ["PolicySource", "PolicyRuntime", "PolicyCompiler", "PolicyEngine"]),
    .target(name: "CSystem"),
    .target(name: "CAllocations"),
    module("DecisionLog", ["PolicySource", "CSystem"]),
    module(
      "PolicyServer", ["PolicySource", "PolicyRuntime", "PolicyEngine", "DecisionLog", "CSystem"]),
    module("PolicyClient", ["PolicySource", "CSystem"]),
    .executableTarget(
      name: "writ",
      dependencies: [
        "PolicySource", "CommandTable", "PolicySyntax", "PolicyRuntime", "PolicyEngine",
        "PolicyAnalysis", "PolicyReport", "DecisionLog", "PolicyClient",
      ],
      swiftSettings: manners),
    .executableTarget(
      name: "writd",
      dependencies: [
        "PolicySource", "CommandTable", "PolicyRuntime", "PolicyEngine", "DecisionLog",
        "PolicyServer",
      ],
      swiftSettings: manners),
    .executableTarget(
      name: "Bench",
      dependencies: [
        "PolicySource", "PolicyRuntime", "PolicyCompiler", "PolicyEngine", "CAllocations",
      ],
      exclude: ["Policies"],
      swiftSettings: manners),
    .executableTarget(name: "Fuzz", dependencies: ["TestSupport"], swiftSettings: manners),
    .target(
      name: "TestSupport",
      dependencies: ["PolicySource", "PolicySyntax", "PolicyRuntime", "PolicyCompiler"],
      path: "Tests/TestSupport",
      swiftSettings: manners),
    tests("CommandTableTests", ["PolicySource", "CommandTable", "TestSupport"]),
    tests("PolicySourceTests", ["PolicySource", "TestSupport"]),
    tests("DecisionLogTests", ["PolicySource", "DecisionLog", "TestSupport"]),
    tests("PolicySyntaxTests", ["PolicySource", "PolicySyntax", "TestSupport"]),
    tests("PolicyRuntimeTests", ["PolicySource", "PolicyRuntime", "TestSupport"]),
    tests(
      "PolicyCompilerTests",
      ["PolicySource", "PolicySyntax", "PolicyRuntime", "PolicyCompiler", "TestSupport"]),
    tests(
      "PolicyEngineTests",
      [
        "PolicySource", "PolicySyntax", "PolicyRuntime", "PolicyCompiler", "PolicyEngine",
        "TestSupport",
      ]),
    tests(
      "PolicyAnalysisTests",
      ["PolicySource", "PolicyRuntime", "PolicyEngine", "PolicyAnalysis", "TestSupport"]),
    tests(
      "PolicyServerTests",
      [
        "PolicySource", "PolicyServer", "PolicyEngine", "PolicyRuntime", "PolicyClient",
        "DecisionLog", "CSystem", "TestSupport", "writ", "writd",
      ]),
    tests("PolicyClientTests", ["PolicyClient"]),
    tests(
      "PolicyReportTests",
      [
        "PolicySource", "PolicyRuntime", "PolicyCompiler", "PolicyEngine", "PolicyReport",
        "TestSupport",
      ]),
    tests("ToolTests", ["writ", "writd", "TestSupport"]),
    tests("TidyTests", []),
  ],
  swiftLanguageModes: [.v6]
)
