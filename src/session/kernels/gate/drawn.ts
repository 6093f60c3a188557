/**
 * The gate of what draws: `loss-view.wgsl`, its ground and its strokes, into small pictures that are compared with a twin
 * pixel by pixel. Sizes and grids are such that corners of the mesh fall upon corners of pixels and no pixel's centre lies
 * on an edge, where two GPUs may differ.
 */
import { renderTable, vectorWords } from '../../../engine/gpu/render-table.ts';
import { strokePixels, surfacePixels, type Panel, type Size } from '../twins/loss-view.ts';
import { sizeOf, type Contract, type GateCase, type Rules, type Shape } from './contract.ts';
import { normals, region } from './inputs.ts';

const { source, bindings, fields } = renderTable['loss-view'];
/** Where the picture is found: beside what is bound. */
const pictureAt = -1;
/**
 * Eight bits a channel round by half of 1/255. A GPU may place corners to a sixteenth of a pixel: no more than a few 255ths of
 * a gentle slope in perspective, and a sixteenth of a stroke's edge, which falls from 1 to 0 within a pixel.
 */
const tolerance = { corners: 2 / 255, between: 6 / 255, edges: 1 / 16 } as const;
const points = 17;

/** From above: w to the right, b upwards, the window's edges at the picture's. */
const above = [0.25, 0, 0, 0, 0, 0.25, 0, 0, 0, 0, 0.01, 0, 0, 0, 0.3, 1];
/** Tilted, near enough that the ground fills the picture. */
const tilted = [0.5, 0, 0, 0, 0.02, 0.5, 0.02, 0.05, 0, 0.06, -0.02, -0.03, 0.07, 0.05, 0.5, 1.1];

/** What is drawn, by number: shades; contours and a cut-off; light; light in perspective; no levels at all. */
const scenes = [
  { matrix: above, bumpy: true, heightPerCost: 0, contour: 0, top: 100, levels: [-1, 0, 0.5, 1.5] },
  { matrix: above, bumpy: false, heightPerCost: 0, contour: 0.8, top: 2.3, levels: [-2, -0.6, 0.9, 2] },
  { matrix: above, bumpy: true, heightPerCost: 0.2, contour: 0, top: 100, levels: [-1, 0, 0.5, 1.5] },
  { matrix: tilted, bumpy: false, heightPerCost: 0.2, contour: 0, top: 100, levels: [-3, 3] },
  { matrix: above, bumpy: true, heightPerCost: 0, contour: 1, top: 100, levels: [] },
] as const;

const grid = Array.from({ length: points * points }, (_, at) => [at % points, Math.floor(at / points)] as const);

function panelOf(shape: Shape): Panel {
  const scene = scenes[sizeOf(shape, 'scene')] ?? scenes[0];
  return {
    ...scene,
    window: [-4, 4, -4, 4],
    points,
    cells: 8,
    lift: 0.001,
    contourRadius: 1,
    low: [0.1, 0.2, 0.9],
    high: [0.9, 0.8, 0.2],
    contour: [1, 0, 0, scene.contour],
  };
}

/** A plain has the same slopes everywhere, by whichever pixels they are taken. */
function costOf(shape: Shape, seed: number): Float32Array<ArrayBuffer> {
  const { bumpy } = scenes[sizeOf(shape, 'scene')] ?? scenes[0];
  const bumps = normals(points * points, seed);
  return Float32Array.from(grid, ([column, row], at) => (bumpy ? (bumps[at] ?? 0) : 0.29 * (column - 8) - 0.17 * (row - 8) + 0.013));
}

function uniformOf(panel: Panel, { width, height }: Size): Float32Array<ArrayBuffer> {
  const { levels, lift, contourRadius, cells, heightPerCost, top, matrix, window, low, high, contour } = panel;
  return vectorWords(fields, {
    ...{ matrix, window, low, high, contour },
    levels: Array.from({ length: 16 }, (_, at) => levels[at] ?? 3e38),
    shape: [panel.points, cells, levels.length, heightPerCost],
    screen: [width, height, lift, contourRadius],
    limits: [top],
  });
}

/** Corners of the triangles of the mesh. */
function meshOf(cells: number): Uint32Array<ArrayBuffer> {
  const corners = new Uint32Array(6 * cells * cells);
  for (let cell = 0; cell < cells * cells; cell++) {
    const first = Math.floor(cell / cells) * (cells + 1) + (cell % cells);
    const next = first + cells + 1;
    corners.set([first, first + 1, next, next, first + 1, next + 1], 6 * cell);
  }
  return corners;
}

const sizeIn = (shape: Shape): Size => ({ width: sizeOf(shape, 'width'), height: sizeOf(shape, 'height') });

function drawnCase(
  shape: Shape,
  buffers: GateCase['buffers'],
  draw: Pick<NonNullable<GateCase['picture']>, 'indices' | 'vertices' | 'instances'>,
  allowed: number,
  twin: () => Float64Array,
): GateCase {
  const size = sizeIn(shape);
  return {
    uniforms: {},
    buffers,
    groups: [1, 1, 1],
    constants: {},
    picture: { binding: pictureAt, ...size, ...draw },
    expected: () => {
      const values = twin();
      return [{ binding: pictureAt, values, regions: [region('picture', values.length, allowed, 4 * size.width)] }];
    },
  };
}

/** w, b, J and radius; w, b, J; color: lines and dots that cross. */
const strokes = Float32Array.of(
  ...[-3.1, -2.2, 0.4, 2.5, 3.3, 1.7, -0.2, 0, 0.2, 0.9, 0.1, 1],
  ...[-2.5, 2.9, 0, 1.2, 2.9, -2.6, 0.5, 0, 0.8, 0.1, 0.3, 0.6],
  ...[1.1, 2.3, 0.3, 4.5, 1.1, 2.3, 0.3, 0, 0.1, 0.4, 1, 0.9],
);

/** Operations of a pixel, about: J and its slopes, shade, light and line; a stroke's distance and blend. */
const flopsOf = { surface: 80, stroke: 25 * (strokes.length / 12) } as const;

const trial = (width: number, height: number, scene: number) => ({ shape: { width, height, scene } });

function drawn(
  what: 'surface' | 'stroke',
  rules: Omit<Rules, 'twin' | 'trials' | 'timed' | 'work'> & { readonly scenes: readonly number[] },
): Contract {
  const trials = rules.scenes.map((scene, at) => trial(64, at % 2 === 0 ? 48 : 80, scene));
  return {
    ...rules,
    twin: 'session/kernels/twins/loss-view.ts',
    trials,
    timed: [trial(256, 256, rules.scenes[1] ?? 0).shape, trial(512, 512, 0).shape],
    work: (shape) => {
      const pixels = sizeOf(shape, 'width') * sizeOf(shape, 'height');
      return { flops: flopsOf[what] * pixels, bytes: 4 * pixels };
    },
    id: `loss-view ${what}`,
    entryPoint: `${what}Fragment`,
    draw: { vertex: `${what}Vertex`, fragment: `${what}Fragment`, blends: what === 'stroke' },
    files: [source],
    bindings,
    uniforms: {},
  };
}

const surface = drawn('surface', {
  formula: 'J(w, b) as a ground: shades between levels, contours, light',
  scenes: [0, 1, 2, 3, 4],
  make(shape, _, seed) {
    const [panel, cost, size] = [panelOf(shape), costOf(shape, seed), sizeIn(shape)];
    const indices = meshOf(panel.cells);
    const buffers = { 0: uniformOf(panel, size), 1: cost, 2: strokes };
    const allowed = panel.matrix === tilted ? tolerance.between : tolerance.corners;
    return drawnCase(shape, buffers, { indices, vertices: indices.length, instances: 1 }, allowed, () => surfacePixels(panel, cost, size));
  },
});

const stroke = drawn('stroke', {
  formula: 'lines with round ends, and dots, blended: opacity falls from 1 to 0 across one pixel at the radius',
  scenes: [0, 3],
  make(shape, _, seed) {
    const [panel, size] = [panelOf(shape), sizeIn(shape)];
    const buffers = { 0: uniformOf(panel, size), 1: costOf(shape, seed), 2: strokes };
    const draw = { indices: null, vertices: 6, instances: strokes.length / 12 };
    return drawnCase(shape, buffers, draw, tolerance.edges, () => strokePixels(panel, strokes, size));
  },
});

export const drawnContracts: readonly Contract[] = [surface, stroke];
