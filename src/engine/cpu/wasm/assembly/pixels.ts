/** Sixteen bytes to floats, four at a time. Widening in two steps costs less than gathering bytes by a swizzle. */

export class Pixels {
  @inline static first(bytes: v128): v128 {
    return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)));
  }

  @inline static second(bytes: v128): v128 {
    return f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(i16x8.extend_low_i8x16_u(bytes)));
  }

  @inline static third(bytes: v128): v128 {
    return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(i16x8.extend_high_i8x16_u(bytes)));
  }

  @inline static fourth(bytes: v128): v128 {
    return f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_u(i16x8.extend_high_i8x16_u(bytes)));
  }
}
