// SHA-256 with what the processor has for it: the SHA instructions, else rotations into another register.
#include "CSystem.h"

#include <string.h>

static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

int csystem_sha256_best(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return CSYSTEM_SHA256_NONE;
  int has_sse41 = (c >> 19) & 1, has_ssse3 = (c >> 9) & 1;
  if (!__get_cpuid_count(7, 0, &a, &b, &c, &d)) return CSYSTEM_SHA256_NONE;
  if (((b >> 29) & 1) && has_sse41 && has_ssse3) return CSYSTEM_SHA256_INSTRUCTIONS;
  return ((b >> 3) & 1) && ((b >> 8) & 1) ? CSYSTEM_SHA256_ROTATIONS : CSYSTEM_SHA256_NONE;
}

// Two rounds in each `sha256rnds2`; the state is held as the instructions want it: ABEF and CDGH.
__attribute__((target("sha,sse4.1,ssse3"))) static void with_instructions(
    uint32_t *state, const uint8_t *bytes, size_t blocks) {
  const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i low = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i high = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  __m128i abef = _mm_alignr_epi8(low, high, 8);
  __m128i cdgh = _mm_blend_epi16(high, low, 0xF0);
  for (; blocks > 0; blocks--, bytes += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    __m128i words[4];
    for (int i = 0; i < 4; i++)
      words[i] =
          _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * i)), order);
    for (int group = 0; group < 16; group++) {
      __m128i sum = _mm_add_epi32(
          words[group & 3], _mm_loadu_si128((const __m128i *)(constants + 4 * group)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
      if (group < 12) {
        __m128i next = _mm_sha256msg1_epu32(words[group & 3], words[(group + 1) & 3]);
        next = _mm_add_epi32(
            next, _mm_alignr_epi8(words[(group + 3) & 3], words[(group + 2) & 3], 4));
        words[group & 3] = _mm_sha256msg2_epu32(next, words[(group + 3) & 3]);
      }
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  __m128i first = _mm_shuffle_epi32(abef, 0x1B), second = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(first, second, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(second, first, 8));
}

#define TURN(x, n) (((x) >> (n)) | ((x) << (32 - (n))))
#define STRETCH(i) \
  w[(i) & 15] += \
      (TURN(w[((i) + 1) & 15], 7) ^ TURN(w[((i) + 1) & 15], 18) ^ (w[((i) + 1) & 15] >> 3)) + \
      w[((i) + 9) & 15] + \
      (TURN(w[((i) + 14) & 15], 17) ^ TURN(w[((i) + 14) & 15], 19) ^ (w[((i) + 14) & 15] >> 10));
#define KEEP(i)
#define ROUND(a, b, c, d, e, f, g, h, i) \
  { \
    uint32_t t = h + (TURN(e, 6) ^ TURN(e, 11) ^ TURN(e, 25)) + (g ^ (e & (f ^ g))) + \
                 constants[i] + w[(i) & 15]; \
    d += t; \
    h = t + (TURN(a, 2) ^ TURN(a, 13) ^ TURN(a, 22)) + ((a & b) | (c & (a | b))); \
  }
#define EIGHT(i, words) \
  words(i) ROUND(a, b, c, d, e, f, g, h, i) words(i + 1) ROUND(h, a, b, c, d, e, f, g, i + 1) \
  words(i + 2) ROUND(g, h, a, b, c, d, e, f, i + 2) words(i + 3) \
  ROUND(f, g, h, a, b, c, d, e, i + 3) words(i + 4) ROUND(e, f, g, h, a, b, c, d, i + 4) \
  words(i + 5) ROUND(d, e, f, g, h, a, b, c, i + 5) words(i + 6) \
  ROUND(c, d, e, f, g, h, a, b, i + 6) words(i + 7) ROUND(b, c, d, e, f, g, h, a, i + 7)

__attribute__((target("bmi,bmi2"))) static void with_rotations(
    uint32_t *s, const uint8_t *bytes, size_t blocks) {
  for (; blocks > 0; blocks--, bytes += 64) {
    uint32_t w[16], a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    for (int i = 0; i < 16; i++) {
      uint32_t word;
      memcpy(&word, bytes + 4 * i, 4);
      w[i] = __builtin_bswap32(word);
    }
    EIGHT(0, KEEP) EIGHT(8, KEEP) EIGHT(16, STRETCH) EIGHT(24, STRETCH)
    EIGHT(32, STRETCH) EIGHT(40, STRETCH) EIGHT(48, STRETCH) EIGHT(56, STRETCH)
    s[0] += a, s[1] += b, s[2] += c, s[3] += d, s[4] += e, s[5] += f, s[6] += g, s[7] += h;
  }
}

static void mix(int kind, uint32_t *state, const uint8_t *bytes, size_t blocks) {
  if (kind == CSYSTEM_SHA256_INSTRUCTIONS)
    with_instructions(state, bytes, blocks);
  else
    with_rotations(state, bytes, blocks);
}
#else
int csystem_sha256_best(void) { return CSYSTEM_SHA256_NONE; }

static void mix(int kind, uint32_t *state, const uint8_t *bytes, size_t blocks) {
  (void)kind, (void)state, (void)bytes, (void)blocks, (void)constants;
}
#endif

void csystem_sha256(int kind, const void *message, size_t count, uint32_t *words) {
  static const uint32_t start[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  const uint8_t *bytes = message;
  uint8_t tail[128] = {0};
  size_t rest = count % 64, last = rest < 56 ? 64 : 128;
  memcpy(words, start, sizeof start);
  mix(kind, words, bytes, count / 64);
  if (rest) memcpy(tail, bytes + count - rest, rest);
  tail[rest] = 0x80;
  for (int i = 0; i < 8; i++) tail[last - 1 - i] = (uint8_t)((uint64_t)count * 8 >> (8 * i));
  mix(kind, words, tail, last / 64);
}
