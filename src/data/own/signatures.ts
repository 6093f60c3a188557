/** What the first bytes say a file is, apart from the readers, which are fetched when one is needed. */

const npySignature = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const signature = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export function isHdf5(bytes: Uint8Array): boolean {
  // A block of the user's may come first; MATLAB puts 512 bytes there.
  return [0, 512, 1024, 2048].some((start) => signature.every((byte, at) => bytes[start + at] === byte));
}

export function isNpy(bytes: Uint8Array): boolean {
  return npySignature.every((byte, at) => bytes[at] === byte);
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));
}
