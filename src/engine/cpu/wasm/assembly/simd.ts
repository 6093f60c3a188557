/**
 * Arithmetic on four floats at a time: multiply-add (fused where the binary may), sums across lanes, and the functions
 * that losses and activations need, each good to about one unit in the last place of float32.
 */

export class Simd {
  /** a · b + c. */
  @inline static madd(a: v128, b: v128, c: v128): v128 {
    if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
    return f32x4.add(f32x4.mul(a, b), c);
  }

  /** a < b ? b : a, so that a NaN in `a` stays. */
  @inline static atLeast(a: v128, b: v128): v128 {
    return f32x4.pmax(a, b);
  }

  /** The four lanes' sums of a, b, c and d. */
  @inline static sums(a: v128, b: v128, c: v128, d: v128): v128 {
    const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
    const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
    return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
  }

  @inline static sum(a: v128): f32 {
    const pairs = f32x4.add(a, v128.shuffle<f32>(a, a, 2, 3, 0, 1));
    return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
  }

  @inline static sum64(a: v128): f64 {
    return <f64>f32x4.extract_lane(a, 0) + <f64>f32x4.extract_lane(a, 1) + (<f64>f32x4.extract_lane(a, 2) + <f64>f32x4.extract_lane(a, 3));
  }

  /** All bits in the first `count` lanes. */
  @inline static firstLanes(count: i32): v128 {
    return i32x4.lt_s(i32x4(0, 1, 2, 3), i32x4.splat(count));
  }
}

/** e^x for x ≤ 88, and e⁻⁸⁶ below, so that half of it is a normal number. Cephes' expf: reduction by multiples of ln 2 in two parts, a polynomial of degree 6, a scale. */
export function exp(x: v128): v128 {
  const bounded = Simd.atLeast(x, f32x4.splat(-86));
  const power = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504)));
  let r = Simd.madd(power, f32x4.splat(-0.693359375), bounded);
  r = Simd.madd(power, f32x4.splat(2.1219444e-4), r);
  let p = Simd.madd(f32x4.splat(1.98756915e-4), r, f32x4.splat(1.3981999507e-3));
  p = Simd.madd(p, r, f32x4.splat(8.3334519073e-3));
  p = Simd.madd(p, r, f32x4.splat(4.1665795894e-2));
  p = Simd.madd(p, r, f32x4.splat(1.6666665459e-1));
  p = Simd.madd(p, r, f32x4.splat(5.0000001201e-1));
  const value = f32x4.add(Simd.madd(p, f32x4.mul(r, r), r), f32x4.splat(1));
  return f32x4.mul(value, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(power), i32x4.splat(127)), 23));
}

/** log(1 + e) for 0 ≤ e ≤ 1, as 2 artanh(e / (2 + e)), whose series ends soon since its argument is at most 1/3. */
export function log1p(e: v128): v128 {
  const s = f32x4.div(e, f32x4.add(e, f32x4.splat(2)));
  // beside 1 a smaller square is nothing, and below the smallest normal number a processor takes many times as long
  const bounded = Simd.atLeast(s, f32x4.splat(1e-15));
  const s2 = f32x4.mul(bounded, bounded);
  let p = Simd.madd(f32x4.splat(1 / 15), s2, f32x4.splat(1 / 13));
  p = Simd.madd(p, s2, f32x4.splat(1 / 11));
  p = Simd.madd(p, s2, f32x4.splat(1 / 9));
  p = Simd.madd(p, s2, f32x4.splat(1 / 7));
  p = Simd.madd(p, s2, f32x4.splat(1 / 5));
  p = Simd.madd(p, s2, f32x4.splat(1 / 3));
  p = Simd.madd(p, s2, f32x4.splat(1));
  return f32x4.mul(f32x4.add(s, s), p);
}

/** σ(z), by the branch that does not overflow. */
export function sigmoid(z: v128): v128 {
  const e = exp(f32x4.neg(f32x4.abs(z)));
  const r = f32x4.div(f32x4.splat(1), f32x4.add(e, f32x4.splat(1)));
  return v128.bitselect(r, f32x4.mul(e, r), f32x4.ge(z, f32x4.splat(0)));
}

/** tanh(z); near 0, where 1 − e^−2|z| loses digits, by its own series. */
export function tanh(z: v128): v128 {
  const size = f32x4.abs(z);
  const e = exp(f32x4.mul(size, f32x4.splat(-2)));
  const far = f32x4.div(f32x4.sub(f32x4.splat(1), e), f32x4.add(f32x4.splat(1), e));
  const z2 = f32x4.mul(z, z);
  let p = Simd.madd(f32x4.splat(62 / 2835), z2, f32x4.splat(-17 / 315));
  p = Simd.madd(p, z2, f32x4.splat(2 / 15));
  p = Simd.madd(p, z2, f32x4.splat(-1 / 3));
  p = Simd.madd(p, z2, f32x4.splat(1));
  const value = v128.bitselect(f32x4.mul(size, p), far, f32x4.lt(size, f32x4.splat(0.25)));
  return v128.bitselect(z, value, i32x4.splat(0x80000000));
}

/** log(1 + rest) for rest ≥ 0 in float64: small values by the same series, larger ones after taking the exponent out. */
export function logOnePlus(rest: f64): f64 {
  let exponent = 0.0;
  let s: f64;
  if (rest < 0.4) {
    s = rest / (2 + rest);
  } else {
    const bits = reinterpret<u64>(1 + rest);
    // 1 + rest = 2^exponent · f with f from √½ to √2
    const shifted = bits + 0x95f6400000000;
    exponent = <f64>(<i32>(shifted >> 52) - 1023);
    const f = reinterpret<f64>((shifted & 0xfffffffffffff) + 0x3fe6a09c00000000);
    s = (f - 1) / (f + 1);
  }
  const s2 = s * s;
  let p = 1.0 / 19;
  for (let odd = 17; odd > 0; odd -= 2) p = p * s2 + 1.0 / odd;
  return exponent * 0.6931471805599453 + 2 * s * p;
}
