/**
 * Where everything of a graph stands: columns from the inputs on the left to the result on the right, boxes in them, and
 * wires between, each with room for its label. Pure arithmetic on sizes; it knows no text and draws nothing.
 */
import type { Graph, GraphNode } from '../../session/graph/study.ts';
import { columnsOf, settle, type Item } from './columns.ts';

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What a box or a label needs, px. */
export interface Sizes {
  /** Width of each node's box. */
  readonly boxes: readonly number[];
  /** Height of each node's box, for what stands in it; one that many wires enter becomes higher. */
  readonly heights: readonly number[];
  /** Height below each node's box, for what stands beneath. */
  readonly below: readonly number[];
  /** Width of each edge's label. */
  readonly labels: readonly number[];
}

export interface Wire {
  readonly edge: number;
  /** SVG path data. */
  readonly path: string;
  readonly label: Rectangle;
}

export interface Layout {
  readonly width: number;
  readonly height: number;
  /** One for each node. */
  readonly boxes: readonly Rectangle[];
  /** One for each edge. */
  readonly wires: readonly Wire[];
}

const margin = 14;
/** Between the places at which wires enter a box. */
const portGap = 21;
const labelHeight = 16;
/** Of a channel, beside its widest label: where wires bend. */
const bendRoom = 38;
const rowGap = 14;
/** How far the picture is stretched to fill its room. */
const mostExtraChannel = 90;
const mostExtraRow = 84;

function heightOf({ operands, index }: GraphNode, { heights }: Sizes): number {
  return Math.max(heights[index] ?? 0, 30 + (operands.length - 1) * portGap);
}

/** @param room what there is to fill, px; the picture may need more */
export function layoutGraph(graph: Graph, sizes: Sizes, room: { readonly width: number; readonly height: number }): Layout {
  const columns = columnsOf(graph, { own: graph.nodes.map((node) => heightOf(node, sizes)), below: sizes.below });
  const spans = spansOf(graph, columns, sizes, room.width);
  const tight = settle(columns, graph, rowGap);
  const rows = Math.max(1, ...columns.map((column) => column.length - 1));
  const spare = Math.min(mostExtraRow, Math.max(0, (room.height - 2 * margin - extent(columns, tight)) / rows));
  const tops = spare > 1 ? settle(columns, graph, rowGap + spare) : tight;
  const lowest = Math.min(...tops.values());
  const place = (item: Item): number => (tops.get(item) ?? 0) - lowest + margin;
  const boxes = graph.nodes.map((node): Rectangle => {
    const { index } = node;
    const column = columns.findIndex((one) => one.some((item) => item.node === index && !item.passing));
    const item = columns[column]?.find((one) => one.node === index && !one.passing);
    const span = spans[column] ?? { left: 0, right: 0 };
    const width = sizes.boxes[index] ?? 0;
    const x = span.left + (span.right - span.left - width) / 2;
    return { x, y: item ? place(item) : 0, width, height: heightOf(node, sizes) };
  });
  const last = spans.at(-1)?.right ?? 0;
  return {
    width: last + margin,
    height: extent(columns, tops) + 2 * margin,
    boxes,
    wires: wiresOf(graph, columns, spans, boxes, place, sizes),
  };
}

interface Span {
  readonly left: number;
  readonly right: number;
}

/** The columns from left to right, with channels between that hold the labels of the wires that end in the next column. */
function spansOf(graph: Graph, columns: readonly (readonly Item[])[], sizes: Sizes, roomWidth: number): readonly Span[] {
  const widths = columns.map((column) => Math.max(0, ...column.map(({ node, passing }) => (passing ? 0 : (sizes.boxes[node] ?? 0)))));
  const channels = columns.slice(1).map((column) => {
    const nodes = new Set(column.filter(({ passing }) => !passing).map(({ node }) => node));
    const labels = graph.edges.filter(({ to }) => nodes.has(to)).map(({ index }) => sizes.labels[index] ?? 0);
    return bendRoom + Math.max(0, ...labels);
  });
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const natural = sum(widths) + sum(channels) + 2 * margin;
  const extra = Math.min(mostExtraChannel, Math.max(0, (roomWidth - natural) / Math.max(1, channels.length)));
  let left = margin;
  return widths.map((width, index) => {
    const span = { left, right: left + width };
    left = span.right + (channels[index] ?? 0) + extra;
    return span;
  });
}

function extent(columns: readonly (readonly Item[])[], tops: ReadonlyMap<Item, number>): number {
  const items = columns.flat();
  const lowest = Math.min(...items.map((item) => tops.get(item) ?? 0));
  return Math.max(...items.map((item) => (tops.get(item) ?? 0) + item.height)) - lowest;
}

function wiresOf(
  graph: Graph,
  columns: readonly (readonly Item[])[],
  spans: readonly Span[],
  boxes: readonly Rectangle[],
  place: (item: Item) => number,
  sizes: Sizes,
): readonly Wire[] {
  const columnOf = (node: number): number => columns.findIndex((column) => column.some((item) => item.node === node && !item.passing));
  const arrival = ({ from, to }: { readonly from: number; readonly to: number }): number => {
    const item = columns[columnOf(to) - 1]?.find(({ node }) => node === from);
    return item ? place(item) + item.anchor : 0;
  };
  return graph.edges.map((edge): Wire => {
    const [source, target] = [boxes[edge.from], boxes[edge.to]];
    if (!source || !target) return { edge: edge.index, path: '', label: { x: 0, y: 0, width: 0, height: 0 } };
    // wires enter from top to bottom as they arrive, so that they do not cross at the door
    const entering = graph.edges.filter(({ to }) => to === edge.to).sort((a, b) => arrival(a) - arrival(b) || a.slot - b.slot);
    const port = entering.findIndex(({ index }) => index === edge.index);
    const portY = target.y + target.height / 2 + (port - (entering.length - 1) / 2) * portGap;
    const width = sizes.labels[edge.index] ?? 0;
    const label = { x: target.x - 8 - width, y: portY - labelHeight, width, height: labelHeight - 2 };
    const passing: (readonly [left: number, right: number, y: number])[] = [];
    for (let column = columnOf(edge.from) + 1; column < columnOf(edge.to); column++) {
      const item = columns[column]?.find(({ node }) => node === edge.from);
      const span = spans[column];
      if (item && span) passing.push([span.left, span.right, place(item) + item.anchor]);
    }
    return { edge: edge.index, path: pathOf(source, passing, label.x, target.x, portY), label };
  });
}

function pathOf(
  source: Rectangle,
  passing: readonly (readonly [left: number, right: number, y: number])[],
  labelX: number,
  targetX: number,
  portY: number,
): string {
  let [x, y] = [source.x + source.width, source.y + source.height / 2];
  const round = (value: number): string => String(Math.round(value * 10) / 10);
  const parts = [`M${round(x)} ${round(y)}`];
  const bend = (toX: number, toY: number): void => {
    const middle = (x + toX) / 2;
    parts.push(`C${round(middle)} ${round(y)} ${round(middle)} ${round(toY)} ${round(toX)} ${round(toY)}`);
    [x, y] = [toX, toY];
  };
  for (const [left, right, height] of passing) {
    bend(left, height);
    parts.push(`H${round(right)}`);
    x = right;
  }
  bend(Math.max(labelX, x + 8), portY);
  parts.push(`H${round(targetX)}`);
  return parts.join('');
}
