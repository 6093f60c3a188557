/**
 * The columns of a layered picture: which node stands in which, in what order from top to bottom, and how far down. A wire
 * that skips columns gets a place in each, so that it passes between boxes; wires from one node share it.
 */
import type { Graph } from '../../session/graph/study.ts';

export interface Item {
  readonly node: number;
  /** Only the node's wire passes here. */
  readonly passing: boolean;
  /** Of all that must not be covered. */
  readonly height: number;
  /** Where the wire is, below the top. */
  readonly anchor: number;
}

export interface Heights {
  /** Of each node's box. */
  readonly own: readonly number[];
  readonly below: readonly number[];
}

const passingHeight = 18;
const sweeps = 6;

/** Every input in the first column, every other node right of all that it needs, the result alone in the last. */
export function columnsOf(graph: Graph, { own: heights, below }: Heights): readonly (readonly Item[])[] {
  const level: number[] = [];
  for (const { index, body, operands } of graph.nodes) {
    level[index] = body === null ? 0 : 1 + Math.max(0, ...operands.map((operand) => level[operand] ?? 0));
  }
  // inputs that are needed late stand where the others do
  const columns = Array.from({ length: 1 + Math.max(...level) }, (): Item[] => []);
  for (const { index } of graph.nodes) {
    const own = heights[index] ?? 0;
    columns[level[index] ?? 0]?.push({ node: index, passing: false, height: own + (below[index] ?? 0), anchor: own / 2 });
    const farthest = Math.max(level[index] ?? 0, ...graph.edges.filter(({ from }) => from === index).map(({ to }) => level[to] ?? 0));
    for (let column = (level[index] ?? 0) + 1; column < farthest; column++) {
      columns[column]?.push({ node: index, passing: true, height: passingHeight, anchor: passingHeight / 2 });
    }
  }
  const filled = columns.filter((column) => column.length > 0);
  return ordered(filled, graph);
}

/** What an item is wired to in the column before it, and in the one after. */
interface Links {
  readonly before: readonly Item[];
  readonly after: readonly Item[];
}

function linksOf(columns: readonly (readonly Item[])[], graph: Graph): ReadonlyMap<Item, Links> {
  const targets = new Map<number, Set<number>>();
  for (const { from, to } of graph.edges) targets.set(from, (targets.get(from) ?? new Set()).add(to));
  const leads = (item: Item, next: Item): boolean =>
    next.passing ? next.node === item.node : (targets.get(item.node)?.has(next.node) ?? false);
  const links = new Map<Item, Links>();
  for (const [index, column] of columns.entries()) {
    for (const item of column) {
      const before = (columns[index - 1] ?? []).filter((one) => leads(one, item));
      const after = (columns[index + 1] ?? []).filter((one) => leads(item, one));
      links.set(item, { before, after });
    }
  }
  return links;
}

/** Fewer crossings: by turns each column is sorted by the mean place of what it is wired to on one side. */
function ordered(columns: readonly (readonly Item[])[], graph: Graph): readonly (readonly Item[])[] {
  const current = columns.map((column) => [...column]);
  const links = linksOf(columns, graph);
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const rightward = sweep % 2 === 0;
    const indices = current.map((_, index) => index);
    for (const column of rightward ? indices : indices.toReversed()) {
      const items = current[column] ?? [];
      const near = current[column + (rightward ? -1 : 1)] ?? [];
      const rank = new Map(
        items.map((item, index) => {
          const wired = links.get(item)?.[rightward ? 'before' : 'after'] ?? [];
          const places = wired.map((one) => near.indexOf(one) / Math.max(1, near.length - 1));
          const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
          return [item, places.length > 0 ? mean : index / Math.max(1, items.length - 1)] as const;
        }),
      );
      current[column] = items.toSorted((a, b) => (rank.get(a) ?? 0) - (rank.get(b) ?? 0));
    }
  }
  return current;
}

/**
 * Tops of all items: each as near as can be to the middle of what it is wired to, in the order of its column, and at least
 * `gap` apart.
 */
export function settle(columns: readonly (readonly Item[])[], graph: Graph, gap: number): ReadonlyMap<Item, number> {
  const tops = new Map<Item, number>();
  const links = linksOf(columns, graph);
  for (const column of columns) {
    const whole = column.reduce((sum, { height }) => sum + height + gap, -gap);
    let top = -whole / 2;
    for (const item of column) {
      tops.set(item, top);
      top += item.height + gap;
    }
  }
  const middle = (item: Item): number => (tops.get(item) ?? 0) + item.anchor;
  const order = columns.map((_, index) => index);
  for (const round of [order, order.toReversed(), order, order.toReversed(), order]) {
    for (const index of round) {
      const column = columns[index] ?? [];
      const wanted = column.map((item) => {
        const { before, after } = links.get(item) ?? { before: [], after: [] };
        const wired = [...before, ...after];
        const mean = wired.reduce((sum, one) => sum + middle(one), 0) / wired.length;
        return (wired.length > 0 ? mean : middle(item)) - item.anchor;
      });
      for (const [place, top] of apart(column, wanted, gap).entries()) {
        const item = column[place];
        if (item) tops.set(item, top);
      }
    }
  }
  return tops;
}

/** The tops nearest to those wanted (least squares) that keep order and distance: neighbours in conflict move as one block. */
function apart(column: readonly Item[], wanted: readonly number[], gap: number): readonly number[] {
  const offsets: number[] = [];
  let offset = 0;
  for (const { height } of column) {
    offsets.push(offset);
    offset += height + gap;
  }
  const blocks: { sum: number; count: number }[] = [];
  for (const [index, top] of wanted.entries()) {
    blocks.push({ sum: top - (offsets[index] ?? 0), count: 1 });
    for (;;) {
      const [before, last] = blocks.slice(-2);
      if (blocks.length < 2 || !before || !last || before.sum / before.count <= last.sum / last.count) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  }
  return blocks.flatMap(({ sum, count }) => new Array<number>(count).fill(sum / count)).map((base, index) => base + (offsets[index] ?? 0));
}
