/** Bytes to floats: each of sixteen goes to the low end of a 32-bit lane, zeros above it (place −1 of a swizzle), then converts. */
import { Simd } from './simd.ts';

export class Pixels {
  @inline static first(bytes: v128): v128 {
    return f32x4.convert_i32x4_s(i8x16.swizzle(bytes, i8x16(0, -1, -1, -1, 1, -1, -1, -1, 2, -1, -1, -1, 3, -1, -1, -1)));
  }

  @inline static second(bytes: v128): v128 {
    return f32x4.convert_i32x4_s(i8x16.swizzle(bytes, i8x16(4, -1, -1, -1, 5, -1, -1, -1, 6, -1, -1, -1, 7, -1, -1, -1)));
  }

  @inline static third(bytes: v128): v128 {
    return f32x4.convert_i32x4_s(i8x16.swizzle(bytes, i8x16(8, -1, -1, -1, 9, -1, -1, -1, 10, -1, -1, -1, 11, -1, -1, -1)));
  }

  @inline static fourth(bytes: v128): v128 {
    return f32x4.convert_i32x4_s(i8x16.swizzle(bytes, i8x16(12, -1, -1, -1, 13, -1, -1, -1, 14, -1, -1, -1, 15, -1, -1, -1)));
  }

  /** Sixteen pixels of a row: as floats into the scratch, and times w onto the row's sum. */
  @inline static step(from: usize, to: usize, w0: v128, w1: v128, w2: v128, w3: v128, sum: v128): v128 {
    const bytes = v128.load(from);
    const x0 = Pixels.first(bytes);
    const x1 = Pixels.second(bytes);
    const x2 = Pixels.third(bytes);
    const x3 = Pixels.fourth(bytes);
    v128.store(to, x0);
    v128.store(to, x1, 16);
    v128.store(to, x2, 32);
    v128.store(to, x3, 48);
    return Simd.madd(x3, w3, Simd.madd(x2, w2, Simd.madd(x1, w1, Simd.madd(x0, w0, sum))));
  }
}
