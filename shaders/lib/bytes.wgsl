// Sixteen raw features that were stored as bytes, four a word.

struct Chunk {
  a: vec4f,
  b: vec4f,
  c: vec4f,
  d: vec4f,
}

// For processors that take as long for a shift as for a multiply-add: the second and third byte of a word stay in their
// places and come out 2⁸ and 2¹⁶ times too large. `inPlaceScale` takes that back, exactly, once for a whole sum.
const inPlaceScale = vec4f(1.0, 0x1p-8f, 0x1p-16f, 1.0);

// One number at a time, and not four at once, so that compilers without a good allocator of registers need few of them.
fn bytesInPlace(word: u32) -> vec4f {
  return vec4f(f32(i32(word & 0xffu)), f32(i32(word & 0xff00u)), f32(i32(word & 0xff0000u)), f32(i32(word >> 24u)));
}

fn chunkInPlace(packed: vec4u) -> Chunk {
  return Chunk(bytesInPlace(packed.x), bytesInPlace(packed.y), bytesInPlace(packed.z), bytesInPlace(packed.w));
}
