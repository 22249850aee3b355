/// A file of the log that is open for reading, and closed when its reader goes.

final class OpenFile {
  private let name: String
  private let calls: any LogCalls
  private let number: Int32

  init(reading name: String, _ calls: any LogCalls) throws(LogProblem) {
    self.name = name
    self.calls = calls
    do throws(CallFailure) {
      number = try uninterrupted { () throws(CallFailure) in try calls.openForReading(name) }
    } catch {
      throw LogMessages.cannotRead(name, error)
    }
  }

  deinit { calls.close(number) }

  /// How many bytes it has now.
  func size() throws(LogProblem) -> Int64 {
    do throws(CallFailure) {
      return try calls.status(number).bytes
    } catch {
      throw LogMessages.cannotRead(name, error)
    }
  }

  /// Fills the buffer from `start` on with what stands at an offset; 0 at the end.
  func read(
    at offset: Int64, into buffer: inout [UInt8], from start: Int
  ) throws(LogProblem) -> Int {
    while true {
      do throws(CallFailure) {
        return try calls.read(number, at: offset, into: &buffer, from: start)
      } catch {
        if error != .interrupted { throw LogMessages.cannotRead(name, error) }
      }
    }
  }
}
