/**
 * Draws planned panels with canvas 2-D, for where there is no WebGPU: the map pixel by pixel, the surface as facets from
 * back to front, then the strokes. The same picture as the GPU's view, coarser in space and without contours there.
 */
import { project } from './camera.ts';
import type { PanelPlan, Stroke } from './plan.ts';
import type { Rgb } from './protocol.ts';

/** J row by row on a square grid over the window. */
export interface PaintedGrid {
  readonly size: number;
  readonly values: ArrayLike<number>;
}

type Context = Pick<
  OffscreenCanvasRenderingContext2D,
  'fillStyle' | 'strokeStyle' | 'lineWidth' | 'lineCap' | 'globalAlpha' | 'createImageData' | 'putImageData'
> &
  Pick<
    OffscreenCanvasRenderingContext2D,
    'fillRect' | 'beginPath' | 'moveTo' | 'lineTo' | 'closePath' | 'fill' | 'stroke' | 'arc' | 'save' | 'restore' | 'clip' | 'rect'
  >;

/** Facets along each side of the surface in space. */
const facets = 56;

const css = ([r, g, b]: readonly number[], alpha = 1): string =>
  `rgb(${[r, g, b].map((part) => Math.round(255 * (part ?? 0))).join(' ')} / ${alpha})`;

export function paint(
  context: Context,
  size: { readonly width: number; readonly height: number },
  background: Rgb,
  panels: readonly (readonly [PanelPlan, PaintedGrid])[],
): void {
  context.fillStyle = css(background);
  context.fillRect(0, 0, size.width, size.height);
  for (const [panel, grid] of panels) {
    if (panel.heightPerCost > 0) paintSurface(context, panel, grid);
    else paintMap(context, panel, grid);
    context.save();
    context.beginPath();
    context.rect(panel.x, panel.y, panel.width, panel.height);
    context.clip();
    for (const stroke of [...panel.lines, ...panel.marks]) paintStroke(context, panel, stroke);
    context.restore();
  }
}

/** J at a place, u and v from 0 to 1. */
function valueAt({ size, values }: PaintedGrid, u: number, v: number): number {
  const [x, y] = [u * (size - 1), v * (size - 1)];
  const [column, row] = [Math.min(size - 2, Math.floor(x)), Math.min(size - 2, Math.floor(y))];
  const [dx, dy] = [x - column, y - row];
  const at = row * size + column;
  const [a = 0, b = 0, c = 0, d = 0] = [values[at], values[at + 1], values[at + size], values[at + size + 1]];
  return (a + dx * (b - a)) * (1 - dy) + (c + dx * (d - c)) * dy;
}

/** 0 at and below the lowest level, 1 at and above the highest, in equal steps from level to level. */
export function shadeOf(levels: readonly number[], value: number): number {
  const above = levels.findIndex((level) => level > value);
  if (levels.length < 2 || above === 0) return 0;
  if (above < 0) return 1;
  const [low = 0, high = 1] = [levels[above - 1], levels[above]];
  return (above - 1 + (value - low) / (high - low)) / (levels.length - 1);
}

function paintMap(context: Context, panel: PanelPlan, grid: PaintedGrid): void {
  const { x, y, width, height, levels, low, high, contour } = panel;
  const image = context.createImageData(width, height);
  let above = new Float64Array(width);
  for (let row = 0; row < height; row++) {
    const own = Float64Array.from({ length: width }, (_, column) => valueAt(grid, (column + 0.5) / width, 1 - (row + 0.5) / height));
    for (let column = 0; column < width; column++) {
      const value = own[column] ?? 0;
      const share = shadeOf(levels, value);
      // a level lies between this pixel and its neighbour to the left or above
      const crossed =
        isBetween(levels, value, own[Math.max(0, column - 1)] ?? value) || (row > 0 && isBetween(levels, value, above[column] ?? value));
      const line = crossed ? contour[3] : 0;
      for (let part = 0; part < 3; part++) {
        const ground = (low[part] ?? 0) + share * ((high[part] ?? 0) - (low[part] ?? 0));
        image.data[4 * (row * width + column) + part] = 255 * (ground + line * ((contour[part] ?? 0) - ground));
      }
      image.data[4 * (row * width + column) + 3] = 255;
    }
    above = own;
  }
  context.putImageData(image, x, y);
}

function isBetween(levels: readonly number[], a: number, b: number): boolean {
  return levels.some((level) => a >= level !== b >= level);
}

function paintSurface(context: Context, panel: PanelPlan, grid: PaintedGrid): void {
  const { span, matrix, x, y, levels, low, high, top, heightPerCost } = panel;
  const corner = (column: number, row: number): readonly [number, number, number] => [
    (2 * column * span) / facets - span,
    (2 * row * span) / facets - span,
    Math.min(top, valueAt(grid, column / facets, row / facets)),
  ];
  const faces = Array.from({ length: facets * facets }, (_, at) => {
    const [column, row] = [at % facets, Math.floor(at / facets)];
    const corners = [corner(column, row), corner(column + 1, row), corner(column + 1, row + 1), corner(column, row + 1)];
    const seen = corners.map((one) => project(matrix, panel, one));
    const [a = 0, b = 0, c = 0, d = 0] = corners.map(([, , j]) => j);
    return {
      seen,
      low: Math.min(a, b, c, d),
      value: (a + b + c + d) / 4,
      right: b + c - a - d,
      up: c + d - a - b,
      depth: Math.max(...seen.map(([, , depth]) => depth)),
    };
  });
  for (const face of faces.filter((one) => one.low < top).sort((one, other) => other.depth - one.depth)) {
    const slope = (facets * heightPerCost) / 8;
    const [nx, ny] = [-face.right * slope, -face.up * slope];
    const facing = (-0.45 * nx + 0.35 * ny + 0.82) / (Math.hypot(nx, ny, 1) * Math.hypot(0.45, 0.35, 0.82));
    const light = 1 - 0.34 * (1 - Math.max(0, facing));
    const share = shadeOf(levels, face.value);
    const color = css(low.map((part, at) => light * (part + share * ((high[at] ?? 0) - part))));
    context.fillStyle = context.strokeStyle = color;
    context.lineWidth = 0.7;
    context.beginPath();
    for (const [px, py] of face.seen) context.lineTo(x + px, y + py);
    context.closePath();
    context.fill();
    context.stroke();
  }
}

function paintStroke(context: Context, panel: PanelPlan, { from, to, radius, color }: Stroke): void {
  const [[x1, y1], [x2, y2]] = [project(panel.matrix, panel, from), project(panel.matrix, panel, to)];
  context.beginPath();
  if (x1 === x2 && y1 === y2) {
    context.fillStyle = css(color, color[3]);
    context.arc(panel.x + x1, panel.y + y1, radius, 0, 2 * Math.PI);
    context.fill();
    return;
  }
  context.strokeStyle = css(color, color[3]);
  context.lineWidth = 2 * radius;
  context.lineCap = 'round';
  context.moveTo(panel.x + x1, panel.y + y1);
  context.lineTo(panel.x + x2, panel.y + y2);
  context.stroke();
}
