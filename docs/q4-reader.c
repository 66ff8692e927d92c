/* Reads a packed model (.q4) and prints its parameters: a complete reader of docs/q4-format.md in a
 * page of C99, without a library.    cc -O2 -o q4-reader q4-reader.c && ./q4-reader model.q4
 * Assumes IEEE 754 numbers and a little-endian machine. Exits with 1 and says why if the file is no
 * packed model or is damaged. SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const unsigned char *at, *end; /* what is not yet read of the file, then of a chunk */

static void fail(const char *why) { fprintf(stderr, "%s\n", why); exit(1); }

static const unsigned char *take(uint64_t n) { /* the next n bytes */
  if (n > (uint64_t)(end - at)) fail("the file is cut off");
  at += n;
  return at - n;
}

static uint64_t number(int width) { /* an unsigned integer */
  uint64_t v = 0;
  memcpy(&v, take(width), width);
  return v;
}

static double real(const unsigned char *p, int width) { /* a float or a double */
  float f; double d;
  if (width == 4) { memcpy(&f, p, 4); return f; }
  memcpy(&d, p, 8);
  return d;
}

static uint32_t crc32(const unsigned char *p, size_t n) {
  uint32_t crc = ~0u;
  while (n--) {
    crc ^= *p++;
    for (int k = 0; k < 8; k++) crc = crc & 1 ? crc >> 1 ^ 0xEDB88320u : crc >> 1;
  }
  return ~crc;
}

static void text(void) { /* a name; what is no plain character as \\xHH */
  int n = (int)number(2);
  for (const unsigned char *p = take(n); n--; p++)
    printf(*p > ' ' && *p < 127 && *p != '\\' ? "%c" : "\\x%02x", *p);
  putchar(' ');
}

static int code(const unsigned char *packed, uint64_t i, int bits) { /* the code at index i */
  int value = 0;
  for (int b = 0; b < bits; b++) {
    uint64_t bit = i * bits + b;
    value |= (packed[bit / 8] >> bit % 8 & 1) << b;
  }
  return value >= 1 << (bits - 1) ? value - (1 << bits) : value;
}

static void tensor(void) {
  text();
  text();
  int bits = (int)number(1), width = (int)number(1), channel = (int)number(1), rank = (int)number(1);
  if (bits != 0 && (bits < 2 || bits > 8)) fail("codes of other than 2 to 8 bits");
  if (width != 4 && width != 8) fail("a number of a width other than 4 and 8");
  if (rank < 1 || rank > 32) fail("other than 1 to 32 dimensions");
  if (channel != 255 && (bits == 0 || channel >= rank)) fail("scales along no dimension");
  uint64_t length = 1, channels = 1, stride = 1; /* elements between neighbouring channels */
  printf("%d", bits);
  for (int i = 0; i < rank; i++) {
    uint64_t size = number(4);
    if (size == 0 || length > INT32_MAX / size) fail("too many elements");
    length *= size;
    if (i == channel) channels = size;
    stride = i > channel ? stride * size : 1;
    printf("%c%llu", i ? 'x' : ' ', (unsigned long long)size);
  }
  const unsigned char *scale = bits ? take(channels * width) : NULL;
  for (uint64_t c = 0; bits && c < channels; c++)
    if (!(real(scale + c * width, width) > 0)) fail("a scale that is not positive");
  const unsigned char *data = take(bits ? (length * bits + 7) / 8 : length * width);
  if (at != end) fail("more than a tensor");
  for (uint64_t i = 0; i < length; i++) {
    if (bits && code(data, i, bits) == -(1 << (bits - 1))) fail("a code that does not occur");
    uint64_t c = channels > 1 ? i / stride % channels : 0;
    double value = !bits ? real(data + i * width, width)
        : width == 4 ? (float)code(data, i, bits) * (float)real(scale + c * 4, 4)
                     : code(data, i, bits) * real(scale + c * 8, 8);
    printf(" %.17g", value);
  }
  printf("\n");
}

int main(int argc, char **argv) {
  FILE *file = argc == 2 ? fopen(argv[1], "rb") : NULL;
  if (!file) fail("usage: q4-reader FILE");
  size_t size = 0, room = 1 << 16, n;
  unsigned char *bytes = malloc(room);
  while (bytes && (n = fread(bytes + size, 1, room - size, file)) > 0)
    if ((size += n) == room) bytes = realloc(bytes, room *= 2);
  if (!bytes) fail("not enough memory");
  at = bytes;
  end = bytes + size;
  if (memcmp(take(8), "\x89Q4N\r\n\x1a\n", 8) != 0) fail("not a packed model");
  if (number(4) != 1) fail("another version of the format");
  uint64_t tensors = number(4);
  if (size < 4 + 12 + 16 || crc32(bytes, size - 4) != (at = end - 4, number(4))) fail("damaged");
  at = bytes + 16;
  for (;;) {
    const unsigned char *type = take(4);
    uint64_t length = number(8);
    if (memcmp(type, "END ", 4) == 0) {
      if (length != 4 || end - at != 4) fail("more than the end");
      break;
    }
    const unsigned char *next = take(length) + length, *whole = end;
    at = next - length;
    end = next;
    if (memcmp(type, "TENS", 4) == 0) { tensor(); tensors--; } /* other chunks are skipped */
    at = next;
    end = whole;
  }
  if (tensors != 0) fail("another number of tensors");
  return 0;
}
