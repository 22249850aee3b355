/// Asking the daemon: requests go out ahead of their answers, answers are printed in order.
import CommandTable
import PolicyClient
import PolicyEngine
import PolicySource

/// A line of the input.
enum Question {
  case asked(ClientRequest)
  /// What the tool itself cannot send on.
  case refused(CheckedAnswer)
}

/// Where answers go, and what they come to.
struct AskOutput {
  private let console: Console
  private let asText: Bool
  private var bytes: [UInt8] = []
  private(set) var printed = 0
  private var hasRefusal = false
  private var hasNo = false

  init(_ console: Console, asText: Bool) {
    self.console = console
    self.asText = asText
  }

  /// Puts an answer behind the others.
  mutating func add(_ answer: CheckedAnswer) {
    if asText {
      if printed > 0 { bytes.append(0x0A) }
      let text = AnswerText.text(
        of: answer.tree, answered: answer.isAnswered, in: console.catalog)
      bytes += text.utf8
    } else {
      bytes += answer.line + [0x0A]
    }
    printed += 1
    if !answer.isAnswered { hasRefusal = true }
    if !answer.isYes { hasNo = true }
  }

  /// Writes what has been put there.
  mutating func flush() {
    if !bytes.isEmpty { console.write(bytes) }
    bytes.removeAll(keepingCapacity: true)
  }

  /// Says why there is no answer; whatever came before, this is no yes.
  mutating func fail(_ doubt: Doubt, asMany: Bool) {
    flush()
    hasRefusal = true
    console.complain(doubt.message, help: doubt.help)
    if asMany {
      console.complain("writ: \(console.say("answered before: \(printed)"))\n")
    }
  }

  /// 0 when all answers are a yes, or, if any answer will do, when all are answers.
  func exitCode(anyAnswer: Bool) -> ExitCode {
    hasRefusal || (hasNo && !anyAnswer) ? .findings : .fine
  }
}

/// A connection to the daemon and the questions whose answers are awaited.
struct AskDesk {
  private let socket: String
  private let timeout: Int
  var output: AskOutput
  private var connection: ClientConnection?
  /// How many answers the connection has brought.
  private var brought = 0
  private var waiting: [Question] = []

  /// How many requests are out at once.
  private static let window = 64

  init(socket: String, timeout: Int, output: AskOutput) {
    self.socket = socket
    self.timeout = timeout
    self.output = output
  }

  /// Asks one question.
  mutating func ask(_ request: ClientRequest) {
    waiting = [.asked(request)]
    do throws(Doubt) {
      try takeFirst()
      output.flush()
    } catch {
      output.fail(error, asMany: false)
    }
  }

  /// Asks the lines of a stream as they come; false when it cannot be read.
  mutating func ask(_ stream: borrowing ByteStream, _ lines: RequestLines) -> Bool {
    var lines = lines
    var bytes: [UInt8] = []
    while true {
      let reading = stream.read(into: &bytes)
      if case .failed = reading { return false }
      let isLast = if case .end = reading { true } else { false }
      do throws(Doubt) {
        try put(&bytes, isLast, &lines)
        while !waiting.isEmpty { try takeFirst() }
      } catch {
        output.fail(error, asMany: true)
        return true
      }
      output.flush()
      if isLast { return true }
    }
  }

  /// Sends the whole lines on; what is left of the bytes is the beginning of the next one.
  private mutating func put(
    _ bytes: inout [UInt8], _ isLast: Bool, _ lines: inout RequestLines
  ) throws(Doubt) {
    var start = 0
    while let end = bytes[start...].firstIndex(of: 0x0A) ?? (isLast ? bytes.count : nil),
      start < bytes.count
    {
      if let question = lines.question(Array(bytes[start..<end])) {
        while waiting.count >= Self.window { try takeFirst() }
        if case .asked(let request) = question { connection?.put(request) }
        waiting.append(question)
      }
      start = min(end + 1, bytes.count)
    }
    bytes.removeSubrange(0..<start)
    if bytes.count > RequestInput.largest {
      throw Doubt("the request is larger than \(RequestInput.largest / 1_048_576) MiB")
    }
  }

  /// Waits for the answer of the first question and prints it.
  ///
  /// A daemon that stops closes the connection behind an answer; what was not answered is asked again over
  /// a new one, as long as the last one brought anything. A decision changes nothing, so that is safe.
  private mutating func takeFirst() throws(Doubt) {
    guard case .asked(let request)? = waiting.first else {
      if case .refused(let answer)? = waiting.first { output.add(answer) }
      waiting.removeFirst()
      return
    }
    output.add(try CheckedAnswer(try answer(), to: request))
    waiting.removeFirst()
  }

  /// What comes next over the connection.
  private mutating func answer() throws(Doubt) -> ClientAnswer {
    while true {
      do throws(ClientProblem) {
        let deadline = Deadline(milliseconds: timeout)
        let connection = try connected(until: deadline)
        let answer = try connection.answer(until: deadline)
        brought += 1
        if connection.isOver { self.connection = nil }
        return answer
      } catch {
        connection = nil
        guard error.mayPass, brought > 0 else { throw Doubt(error) }
        brought = 0
      }
    }
  }

  /// The connection, made anew with all that waits if there is none.
  private mutating func connected(until deadline: Deadline) throws(ClientProblem)
    -> ClientConnection
  {
    if let connection { return connection }
    let made = try ClientConnection(to: socket, until: deadline)
    brought = 0
    for question in waiting {
      if case .asked(let request) = question { made.put(request) }
    }
    connection = made
    return made
  }
}
