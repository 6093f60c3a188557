// Draws J(w, b) straight from the grid that loss-surface.wgsl left on the GPU: a mesh over (w, b), seen through any matrix
// (in space or from above), shaded between contour levels; and strokes with round ends upon it, which serve as lines,
// paths and, without length, as dots.

struct Panel {
  // (w, b, J, 1) to clip space
  matrix: mat4x4f,
  // up to sixteen levels, the lowest first; what is left over is beyond any J
  levels: mat4x4f,
  // first w, last w, first b, last b
  window: vec4f,
  // grid points a side, mesh cells a side, number of levels, height of one unit of J where a side is 2 (0: no light)
  shape: vec4f,
  // size in pixels, how far strokes are lifted towards the eye, half the width of a contour in pixels
  screen: vec4f,
  // greatest J that is drawn
  limits: vec4f,
  low: vec4f,
  high: vec4f,
  contour: vec4f,
}

struct Stroke {
  // w, b, J of one end; radius in pixels
  start: vec4f,
  // w, b, J of the other end
  end: vec4f,
  color: vec4f,
}

@group(0) @binding(0) var<uniform> panel: Panel;
@group(0) @binding(1) var<storage, read> cost: array<f32>;
@group(0) @binding(2) var<storage, read> strokes: array<Stroke>;

fn gridCost(column: u32, row: u32) -> f32 {
  return cost[row * u32(panel.shape.x) + column];
}

// J between grid points, u and v from 0 to 1, and its slopes along u and v.
fn costAndSlopes(at: vec2f) -> vec3f {
  let cells = u32(panel.shape.x) - 1u;
  let place = clamp(at, vec2f(0.0), vec2f(1.0)) * f32(cells);
  let cell = min(vec2u(place), vec2u(cells - 1u));
  let share = place - vec2f(cell);
  let a = gridCost(cell.x, cell.y);
  let b = gridCost(cell.x + 1u, cell.y);
  let c = gridCost(cell.x, cell.y + 1u);
  let d = gridCost(cell.x + 1u, cell.y + 1u);
  let value = mix(mix(a, b, share.x), mix(c, d, share.x), share.y);
  return vec3f(value, mix(b - a, d - c, share.y) * f32(cells), mix(c - a, d - b, share.x) * f32(cells));
}

fn unitSquare(corner: u32) -> vec2f {
  const corners = array<vec2f, 6>(vec2f(0, 0), vec2f(1, 0), vec2f(0, 1), vec2f(0, 1), vec2f(1, 0), vec2f(1, 1));
  return corners[corner];
}

struct SurfacePoint {
  @builtin(position) position: vec4f,
  @location(0) place: vec2f,
}

@vertex
fn surfaceVertex(@builtin(vertex_index) index: u32) -> SurfacePoint {
  // the grid point that is nearest to the corner, so that J is known there
  let corners = u32(panel.shape.y) + 1u;
  let cells = u32(panel.shape.x) - 1u;
  let nearest = (vec2u(index % corners, index / corners) * cells + (corners - 1u) / 2u) / (corners - 1u);
  let place = vec2f(nearest) / f32(cells);
  let parameters = mix(panel.window.xz, panel.window.yw, place);
  return SurfacePoint(panel.matrix * vec4f(parameters, gridCost(nearest.x, nearest.y), 1.0), place);
}

fn levelAt(index: u32) -> f32 {
  return panel.levels[index / 4u][index % 4u];
}

// 0 at and below the lowest level, 1 at and above the highest, in equal steps from level to level; and the distance to the
// nearest level.
fn shadeAndDistance(value: f32) -> vec2f {
  let count = u32(panel.shape.z);
  if (count == 0u) {
    return vec2f(0.0, 1e30);
  }
  var passed = vec4f(0.0);
  for (var i = 0u; i < 4u; i++) {
    passed += select(vec4f(0.0), vec4f(1.0), vec4f(value) >= panel.levels[i]);
  }
  let above = u32(dot(passed, vec4f(1.0)));
  let low = levelAt(max(above, 1u) - 1u);
  let high = levelAt(min(above, count - 1u));
  let share = select((value - low) / (high - low), 0.0, above == 0u || above == count);
  let steps = max(f32(count) - 1.0, 1.0);
  return vec2f((f32(max(above, 1u)) - 1.0 + share) / steps, min(abs(value - low), abs(value - high)));
}

// Light from the upper left, as on a map; a plain where the height of J is 0.
fn light(slopes: vec2f) -> f32 {
  let normal = normalize(vec3f(-0.5 * slopes * panel.shape.w, 1.0));
  return 1.0 - 0.34 * (1.0 - clamp(dot(normal, normalize(vec3f(-0.45, 0.35, 0.82))), 0.0, 1.0)) * step(1e-30, panel.shape.w);
}

@fragment
fn surfaceFragment(point: SurfacePoint) -> @location(0) vec4f {
  let found = costAndSlopes(point.place);
  // from the slopes and not from neighbours' J: a neighbour outside the triangle may not have read any
  let perPixel = length(vec2f(dot(found.yz, dpdx(point.place)), dot(found.yz, dpdy(point.place))));
  if (found.x > panel.limits.x) {
    discard;
  }
  let shadeDistance = shadeAndDistance(found.x);
  let ground = mix(panel.low, panel.high, shadeDistance.x).rgb * light(found.yz);
  let line = clamp(panel.screen.w + 0.5 - shadeDistance.y / max(perPixel, 1e-20), 0.0, 1.0);
  return vec4f(mix(ground, panel.contour.rgb, line * panel.contour.a), 1.0);
}

struct StrokePoint {
  @builtin(position) position: vec4f,
  @location(0) pixel: vec2f,
  @location(1) @interpolate(flat) start: vec2f,
  @location(2) @interpolate(flat) end: vec2f,
  @location(3) @interpolate(flat) color: vec4f,
  @location(4) @interpolate(flat) radius: f32,
}

@vertex
fn strokeVertex(@builtin(vertex_index) corner: u32, @builtin(instance_index) instance: u32) -> StrokePoint {
  let stroke = strokes[instance];
  let radius = stroke.start.w;
  let size = panel.screen.xy;
  let startClip = panel.matrix * vec4f(stroke.start.xyz, 1.0);
  let endClip = panel.matrix * vec4f(stroke.end.xyz, 1.0);
  let start = (startClip.xy / startClip.w * 0.5 + 0.5) * size;
  let end = (endClip.xy / endClip.w * 0.5 + 0.5) * size;
  let length = distance(start, end);
  let along = select(vec2f(1.0, 0.0), (end - start) / max(length, 1e-6), length > 1e-6);
  let share = unitSquare(corner);
  let reach = radius + 1.0;
  let pixel = mix(start, end, share.x) + along * reach * (2.0 * share.x - 1.0) + vec2f(-along.y, along.x) * reach * (2.0 * share.y - 1.0);
  let depth = mix(startClip.z / startClip.w, endClip.z / endClip.w, share.x) - panel.screen.z;
  return StrokePoint(vec4f(pixel / size * 2.0 - 1.0, clamp(depth, 0.0, 1.0), 1.0), pixel, start, end, stroke.color, radius);
}

override opacity = 1.0;

@fragment
fn strokeFragment(point: StrokePoint) -> @location(0) vec4f {
  let span = point.end - point.start;
  let share = clamp(dot(point.pixel - point.start, span) / max(dot(span, span), 1e-12), 0.0, 1.0);
  let far = distance(point.pixel, point.start + share * span);
  return vec4f(point.color.rgb, point.color.a * opacity * clamp(point.radius + 0.5 - far, 0.0, 1.0));
}
