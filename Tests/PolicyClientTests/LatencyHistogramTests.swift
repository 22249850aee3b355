/// Latencies in buckets: figures read back are near those that went in.
import Testing

@testable import PolicyClient

@Suite struct LatencyHistogramTests {
  /// Each figure lies in its bucket, buckets do not overlap, and none is wider than a thousandth of its figures.
  @Test func bucketsAreNarrow() {
    var figures: [Int64] = Array(0...5000)
    for shift in 12..<42 {
      figures += [1 << shift - 1, 1 << shift, 1 << shift + 1, 3 << (shift - 1)]
    }
    for figure in figures {
      let bucket = LatencyHistogram.bucket(of: figure)
      let largest = LatencyHistogram.largest(in: bucket)
      #expect(largest >= figure && largest - figure <= figure / 1000, "\(figure)")
      #expect(LatencyHistogram.bucket(of: largest) == bucket)
      #expect(LatencyHistogram.bucket(of: largest + 1) == bucket + 1)
    }
  }

  @Test func percentilesAreThoseOfTheSortedFigures() {
    var histogram = LatencyHistogram()
    for figure in 1...1000 { histogram.add(Int64(figure)) }
    #expect(histogram.percentile(perMille: 500) == 500)
    #expect(histogram.percentile(perMille: 990) == 990)
    #expect(histogram.percentile(perMille: 999) == 999)
    #expect(histogram.largest == 1000)
    #expect(histogram.mean == 500)
    #expect(histogram.count == 1000)
  }

  @Test func oneFigureIsEveryPercentile() {
    var histogram = LatencyHistogram()
    #expect(histogram.percentile(perMille: 990) == 0)
    histogram.add(123_456_789)
    for share in [1, 500, 999, 1000] {
      #expect(histogram.percentile(perMille: share) == 123_456_789)
    }
  }

  @Test func nonsenseIsCountedAtTheEdges() {
    var histogram = LatencyHistogram()
    histogram.add(-5)
    histogram.add(.max)
    #expect(histogram.count == 2)
    #expect(histogram.percentile(perMille: 500) == 0)
    #expect(histogram.largest == .max)
  }
}
