/** Whether two files hold the same bytes, without holding either whole. */

const pieceBytes = 2 ** 22;

export async function sameContent(one: Blob, other: Blob): Promise<boolean> {
  if (one.size !== other.size) return false;
  for (let from = 0; from < one.size; from += pieceBytes) {
    const pieces = [one, other].map((blob) => blob.slice(from, from + pieceBytes).arrayBuffer());
    const [a = new Uint8Array(), b = new Uint8Array()] = (await Promise.all(pieces)).map((buffer) => new Uint8Array(buffer));
    if (a.some((byte, at) => byte !== b[at])) return false;
  }
  return true;
}
