/// The 32 bytes of a SHA-256 digest as eight words, how a block is mixed into them, and their hexadecimal digits.

/// A digest.
public struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
  private var a, b, c, d, e, f, g, h: UInt32

  /// How many hexadecimal digits it has.
  public static let digits = 64

  /// All bits zero: what stands where there is nothing before.
  public static let zero = SHA256Digest(a: 0, b: 0, c: 0, d: 0, e: 0, f: 0, g: 0, h: 0)

  /// The first 32 bits of the fractional parts of the square roots of the first eight primes.
  static var start: SHA256Digest {
    SHA256Digest(
      a: 0x6a09_e667, b: 0xbb67_ae85, c: 0x3c6e_f372, d: 0xa54f_f53a, e: 0x510e_527f,
      f: 0x9b05_688c, g: 0x1f83_d9ab, h: 0x5be0_cd19)
  }

  private init(
    a: UInt32, b: UInt32, c: UInt32, d: UInt32, e: UInt32, f: UInt32, g: UInt32, h: UInt32
  ) {
    (self.a, self.b, self.c, self.d) = (a, b, c, d)
    (self.e, self.f, self.g, self.h) = (e, f, g, h)
  }

  /// Makes a digest of its eight words.
  public init(words: [8 of UInt32]) {
    self.init(
      a: words[0], b: words[1], c: words[2], d: words[3], e: words[4], f: words[5], g: words[6],
      h: words[7])
  }

  /// Reads 64 lower-case hexadecimal digits; nil for anything else.
  public init?(hex: Span<UInt8>) {
    guard hex.count == Self.digits else { return nil }
    var words = [8 of UInt32](repeating: 0)
    for index in 0..<64 {
      let byte = hex[index]
      switch byte {
      case 0x30...0x39: words[index / 8] = words[index / 8] << 4 | UInt32(byte - 0x30)
      case 0x61...0x66: words[index / 8] = words[index / 8] << 4 | UInt32(byte - 0x57)
      default: return nil
      }
    }
    self.init(words: words)
  }

  /// Reads 64 lower-case hexadecimal digits; nil for anything else.
  public init?(hex: String) { self.init(hex: Array(hex.utf8).span) }

  /// Its words, the first first.
  public var words: [8 of UInt32] { [a, b, c, d, e, f, g, h] }

  /// Appends the 64 digits.
  public func appendHex(to out: inout [UInt8]) {
    let words = self.words
    for index in 0..<8 {
      var word = words[index]
      for _ in 0..<8 {
        let half = UInt8(truncatingIfNeeded: word >> 28)
        out.append(half < 10 ? 0x30 &+ half : 0x57 &+ half)
        word <<= 4
      }
    }
  }

  /// The 64 digits.
  public var description: String {
    var text: [UInt8] = []
    appendHex(to: &text)
    return String(decoding: text, as: UTF8.self)
  }
}

// MARK: - One block

extension SHA256Digest {
  @inline(__always)
  private static func turn(_ word: UInt32, _ by: UInt32) -> UInt32 {
    word &>> by | word &<< (32 &- by)
  }

  /// One round; `word` is the sum of the round's constant and its word of the message.
  @inline(__always)
  private static func round(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32,
    _ g: UInt32, _ h: inout UInt32, _ word: UInt32
  ) {
    let high = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)
    let first = h &+ word &+ high &+ (g ^ (e & (f ^ g)))
    let low = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)
    d = d &+ first
    h = first &+ low &+ ((a & b) | (c & (a | b)))
  }

  /// Eight rounds with their constants, after which every word is at its place again.
  @inline(__always)
  private mutating func eight(
    _ w: borrowing [16 of UInt32], _ at: Int, _ k0: UInt32, _ k1: UInt32, _ k2: UInt32,
    _ k3: UInt32, _ k4: UInt32, _ k5: UInt32, _ k6: UInt32, _ k7: UInt32
  ) {
    Self.round(a, b, c, &d, e, f, g, &h, k0 &+ w[at])
    Self.round(h, a, b, &c, d, e, f, &g, k1 &+ w[at &+ 1])
    Self.round(g, h, a, &b, c, d, e, &f, k2 &+ w[at &+ 2])
    Self.round(f, g, h, &a, b, c, d, &e, k3 &+ w[at &+ 3])
    Self.round(e, f, g, &h, a, b, c, &d, k4 &+ w[at &+ 4])
    Self.round(d, e, f, &g, h, a, b, &c, k5 &+ w[at &+ 5])
    Self.round(c, d, e, &f, g, h, a, &b, k6 &+ w[at &+ 6])
    Self.round(b, c, d, &e, f, g, h, &a, k7 &+ w[at &+ 7])
  }

  /// The next sixteen words of the message.
  @inline(__always)
  private static func stretch(_ w: inout [16 of UInt32]) {
    for index in 0..<16 {
      let (x, y) = (w[(index &+ 1) & 15], w[(index &+ 14) & 15])
      let low = turn(x, 7) ^ turn(x, 18) ^ x &>> 3
      let high = turn(y, 17) ^ turn(y, 19) ^ y &>> 10
      w[index] = w[index] &+ low &+ w[(index &+ 9) & 15] &+ high
    }
  }

  /// Mixes a block of 64 bytes in. The constants are the first 32 bits of the fractional parts of the
  /// cube roots of the first 64 primes.
  mutating func mix(_ block: Span<UInt8>) {
    precondition(block.count == 64)
    var w = [16 of UInt32](repeating: 0)
    for index in 0..<16 {
      let at = index &* 4
      w[index] =
        UInt32(block[at]) << 24 | UInt32(block[at &+ 1]) << 16 | UInt32(block[at &+ 2]) << 8
        | UInt32(block[at &+ 3])
    }
    var s = self
    s.eight(
      w, 0, 0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1,
      0x923f_82a4, 0xab1c_5ed5)
    s.eight(
      w, 8, 0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe,
      0x9bdc_06a7, 0xc19b_f174)
    Self.stretch(&w)
    s.eight(
      w, 0, 0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa,
      0x5cb0_a9dc, 0x76f9_88da)
    s.eight(
      w, 8, 0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147,
      0x06ca_6351, 0x1429_2967)
    Self.stretch(&w)
    s.eight(
      w, 0, 0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb,
      0x81c2_c92e, 0x9272_2c85)
    s.eight(
      w, 8, 0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624,
      0xf40e_3585, 0x106a_a070)
    Self.stretch(&w)
    s.eight(
      w, 0, 0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a,
      0x5b9c_ca4f, 0x682e_6ff3)
    s.eight(
      w, 8, 0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb,
      0xbef9_a3f7, 0xc671_78f2)
    add(s)
  }

  /// Adds the words of another, each to its own.
  private mutating func add(_ s: SHA256Digest) {
    (a, b, c, d) = (a &+ s.a, b &+ s.b, c &+ s.c, d &+ s.d)
    (e, f, g, h) = (e &+ s.e, f &+ s.f, g &+ s.g, h &+ s.h)
  }
}
