/** CRC-32 as zip and gzip have it, of bytes that come piece by piece. */

/** The polynomial of IEEE 802.3, its bits reversed. */
const polynomial = 0xedb88320;
/** Bytes taken in one step, each by a table of its own. */
const stride = 4;

const tables = makeTables();

function makeTables(): Int32Array {
  const made = new Int32Array(256 * stride);
  for (let byte = 0; byte < 256; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ polynomial : sum >>> 1;
    made[byte] = sum;
  }
  for (let at = 256; at < made.length; at++) {
    const before = made[at - 256] ?? 0;
    made[at] = (before >>> 8) ^ (made[before & 255] ?? 0);
  }
  return made;
}

/** @param sum of the bytes before, 0 at the start; the result is unsigned */
export function crc32(bytes: Uint8Array, sum = 0): number {
  let state = ~sum;
  let at = 0;
  for (const end = bytes.length - (bytes.length % stride); at < end; at += stride) {
    state ^= (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);
    state =
      (tables[768 + (state & 255)] ?? 0) ^
      (tables[512 + ((state >>> 8) & 255)] ?? 0) ^
      (tables[256 + ((state >>> 16) & 255)] ?? 0) ^
      (tables[state >>> 24] ?? 0);
  }
  for (; at < bytes.length; at++) state = (state >>> 8) ^ (tables[(state ^ (bytes[at] ?? 0)) & 255] ?? 0);
  return ~state >>> 0;
}
