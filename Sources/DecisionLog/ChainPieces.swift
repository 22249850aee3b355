/// The pieces of a chain as they stand in the files, and what their order and their gaps mean.
internal import PolicySource

/// Where a line stands.
struct LogPlace: Hashable, Comparable {
  /// The number of the file in the order of reading.
  var file: Int
  /// The line, from 1.
  var line: Int

  static func < (first: LogPlace, second: LogPlace) -> Bool {
    (first.file, first.line) < (second.file, second.line)
  }
}

/// Records that stand one behind the other and are chained.
struct ChainPiece: Hashable {
  /// The place and number of its first record, and the hash that this says comes before it.
  var place: LogPlace
  var first: UInt64
  var previous: SHA256Digest
  /// Its last record.
  var last: LogHead
  /// Where that stands.
  var end: LogPlace

  /// How many records it has.
  var length: UInt64 { last.number - first + 1 }
}

/// What lies between two pieces of the chain.
enum Gap: Hashable {
  case none
  /// The numbers go on, the hashes do not.
  case broken
  /// Records lack, from this number on.
  case missing(from: UInt64)
}

/// All pieces of a log.
struct ChainPieces {
  private(set) var pieces: [ChainPiece] = []
  /// The record before the last one of the last piece, and where it stands.
  private var beforeLast: (head: LogHead, place: LogPlace)?
  /// The last lines were damaged: the number of the last record before them.
  private var damagedAfter: UInt64?
  /// How many pieces are told apart.
  static let most = 2_000
  /// There are more pieces than that.
  private(set) var hasMore = false

  /// Takes a record whose hash is right.
  mutating func take(
    number: UInt64, previous: SHA256Digest, hash: SHA256Digest, at place: LogPlace
  ) {
    let head = LogHead(number: number, hash: hash)
    guard var piece = pieces.last else {
      begin(number, previous, head, place)
      return
    }
    let goesOn =
      if let damagedAfter {
        // Behind lines that were reported, the number need only fit.
        number > damagedAfter && number <= piece.last.number + 1
      } else {
        number == piece.last.number + 1 && previous == piece.last.hash
      }
    damagedAfter = nil
    if goesOn {
      beforeLast = (piece.last, piece.end)
      piece.last = head
      piece.end = place
      pieces[pieces.count - 1] = piece
      return
    }
    // Two records claim the same place: which of them belongs there, what follows will tell.
    if let beforeLast, piece.length > 1, number == piece.last.number,
      previous == beforeLast.head.hash
    {
      let rival = ChainPiece(
        place: piece.end, first: number, previous: previous, last: piece.last, end: piece.end)
      piece.last = beforeLast.head
      piece.end = beforeLast.place
      pieces[pieces.count - 1] = piece
      pieces.append(rival)
    }
    begin(number, previous, head, place)
  }

  private mutating func begin(
    _ number: UInt64, _ previous: SHA256Digest, _ head: LogHead, _ place: LogPlace
  ) {
    beforeLast = nil
    if pieces.count >= Self.most {
      hasMore = true
      pieces.removeLast()
    }
    pieces.append(
      ChainPiece(place: place, first: number, previous: previous, last: head, end: place))
  }

  /// Takes a line that was reported: it counts as the next record, with the hash that it states.
  mutating func takeDamaged(hash: SHA256Digest?, at place: LogPlace) {
    guard var piece = pieces.last else { return }
    damagedAfter = damagedAfter ?? piece.last.number
    beforeLast = nil
    piece.last = LogHead(number: piece.last.number + 1, hash: hash ?? piece.last.hash)
    piece.end = place
    pieces[pieces.count - 1] = piece
  }

  /// The pieces in the order of the chain, each with what lacks in front of it, and those that belong to
  /// no place of it.
  func ordered() -> (chain: [(piece: ChainPiece, gap: Gap)], strays: [ChainPiece]) {
    var rest = pieces
    guard let start = rest.indices.min(by: { rest[$0].first < rest[$1].first }) else {
      return ([], [])
    }
    var chain = [(piece: rest.remove(at: start), gap: Gap.none)]
    while let end = chain.last?.piece, !rest.isEmpty {
      let number = end.last.number + 1
      let linked = rest.indices.filter {
        rest[$0].first == number && rest[$0].previous == end.last.hash
      }
      if let next = linked.max(by: { rest[$0].length < rest[$1].length }) {
        chain.append((rest.remove(at: next), .none))
        continue
      }
      // Nothing goes on from here: of what stands behind, the nearest numbers, and of those the most.
      let later = rest.indices.filter { rest[$0].first >= number && rest[$0].place > end.end }
      guard
        let next = later.min(by: {
          (rest[$0].first, rest[$1].length) < (rest[$1].first, rest[$0].length)
        })
      else { break }
      let piece = rest.remove(at: next)
      chain.append((piece, piece.first == number ? .broken : .missing(from: number)))
    }
    return (chain, rest)
  }
}
