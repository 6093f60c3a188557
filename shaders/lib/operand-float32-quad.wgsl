enable subgroups;
// Operand P of a matmul, stored as float32, for the four threads of a quad that all want the same four values: each reads
// one of them and tells the others.

@group(0) @binding(1) var<storage, read> p: array<f32>;

fn loadFourP(index: u32, lane: u32) -> vec4f {
  let own = p[index + (lane & 3u)];
  return vec4f(quadBroadcast(own, 0u), quadBroadcast(own, 1u), quadBroadcast(own, 2u), quadBroadcast(own, 3u));
}
