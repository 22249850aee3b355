/// The floor: the same workloads hand-written in C, compiled and run beside.
import PolicyEngine

/// What the floor needs per decision, in nanoseconds of processor time.
struct Floor {
  private var figures: [String: Double] = [:]

  /// The figure of a workload: `native` on structs, `json` from text to text.
  subscript(workload: String?, mode: String) -> Double? {
    workload.flatMap { figures["\($0) \(mode)"] }
  }

  /// Compiles and runs the floor; says why there is none and gives an empty one.
  static func run(folder: String, temporary: String) -> Floor {
    var floor = Floor()
    guard let program = compile("\(folder)/floor/floor.c", to: temporary + "/floor") else {
      return floor
    }
    do {
      let done = try Child.run(program, ["\(folder)/data"])
      guard done.status == 0 else {
        print("floor: ended with \(done.status): \(done.error)")
        return floor
      }
      for line in done.error.split(separator: "\n") {
        guard let tree = JSONTree(parsing: Array(line.utf8)), let name = tree["workload"]?.word,
          let mode = tree["mode"]?.word, let time = tree["cpu_ns"]?.word.flatMap({ Double($0) })
        else { continue }
        if tree["mismatch"]?.word != "0" { print("floor: \(name) \(mode) has mismatches") }
        floor.figures["\(name) \(mode)"] = time
      }
    } catch {
      print("floor: cannot run it: \(error)")
    }
    return floor
  }

  /// Compiles a C file; nil, with a line that says why, when that cannot be.
  static func compile(_ source: String, to program: String, options: [String] = []) -> String? {
    guard Files.exists(source) else {
      print("there is no \(source); going on without it")
      return nil
    }
    guard let compiler = Files.program("gcc", "cc", "clang") else {
      print("no C compiler on the path; going on without \(source)")
      return nil
    }
    #if arch(x86_64)
      let machine = ["-march=x86-64-v2"]
    #else
      let machine: [String] = []
    #endif
    do {
      let done = try Child.run(
        compiler, ["-O2", "-w"] + machine + options + ["-o", program, source])
      if done.status == 0 { return program }
      print("\(compiler) does not compile \(source):\n\(done.error)")
    } catch {
      print("cannot run \(compiler): \(error)")
    }
    return nil
  }
}
