/** Pictures without a browser: PNG and JPEG by libraries, brought to a size by averaging. Others need `--host browser`. */
import { decode as decodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';

/** RGBA. */
interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A JPEG of more pixels is refused by its library. */
const mostMegapixels = 100;

function decoded(bytes: Uint8Array): Decoded {
  if (bytes[0] === 0x89 && bytes[1] === 0x50) return PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (bytes[0] === 0xff && bytes[1] === 0xd8) {
    return decodeJpeg(bytes, { useTArray: true, formatAsRGBA: true, maxResolutionInMP: mostMegapixels });
  }
  throw new Error('expected PNG or JPEG, found another format: --host browser knows more');
}

/** As the browser does it: stretched to the square, on white where it is see-through. */
export function decodePicture(bytes: Uint8Array, side: number): Promise<Uint8Array> {
  const { width, height, data } = decoded(bytes);
  const out = new Uint8Array(3 * side * side);
  for (let y = 0, at = 0; y < side; y++) {
    const [top, bottom] = spanOf(y, side, height);
    for (let x = 0; x < side; x++, at += 3) {
      const [left, right] = spanOf(x, side, width);
      const sums = [0, 0, 0];
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) {
          const from = 4 * (row * width + column);
          const alpha = (data[from + 3] ?? 255) / 255;
          for (let channel = 0; channel < 3; channel++)
            sums[channel] = (sums[channel] ?? 0) + alpha * (data[from + channel] ?? 0) + 255 * (1 - alpha);
        }
      }
      const count = (bottom - top) * (right - left);
      for (let channel = 0; channel < 3; channel++) out[at + channel] = Math.round((sums[channel] ?? 0) / count);
    }
  }
  return Promise.resolve(out);
}

/** Which of `from` pixels go into one of `to`; one at least. */
function spanOf(place: number, to: number, from: number): readonly [number, number] {
  const start = Math.min(from - 1, Math.floor((place * from) / to));
  return [start, Math.max(start + 1, Math.floor(((place + 1) * from) / to))];
}
