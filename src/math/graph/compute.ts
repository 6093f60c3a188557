/**
 * Forward and backward through a graph, in float64. Forward: each node's value and its slope along each edge (forward-mode
 * derivatives of its own body). Backward: reverse mode, dJ/dnode = Σ over its uses of dJ/duse · duse/dnode.
 */
import type { Body, Graph } from './graph.ts';
import { operations, type Problem } from './operations.ts';

export interface NodeValue {
  /** NaN where there is a problem. */
  readonly value: number;
  readonly problem: Problem | null;
  /** ∂node/∂slot, one for each edge into it; NaN or infinite where there is none. */
  readonly partials: readonly number[];
}

export interface EdgeFlow {
  /** dJ/dto. */
  readonly upstream: number;
  /** dto/dfrom, along this edge alone. */
  readonly local: number;
  /** What this edge adds to dJ/dfrom: upstream · local. */
  readonly product: number;
}

export interface Backward {
  /** dJ/dnode for each node. */
  readonly gradients: readonly number[];
  /** In the order of the graph's edges. */
  readonly flows: readonly EdgeFlow[];
  /** For each node, the sum of the absolute values of the products along all its paths: the size of what rounding acts on. */
  readonly magnitudes: readonly number[];
}

/** One body at the values of its slots. */
export function evaluate(body: Body, slots: readonly number[]): NodeValue {
  switch (body.kind) {
    case 'number':
      return { value: body.value, problem: null, partials: slots.map(() => 0) };
    case 'leaf':
      return { value: slots[body.leaf] ?? Number.NaN, problem: null, partials: slots.map((_, slot) => (slot === body.leaf ? 1 : 0)) };
    case 'apply': {
      const operands = body.operands.map((operand) => evaluate(operand, slots));
      const failed = operands.find(({ problem }) => problem !== null);
      if (failed) return failed;
      return applied(body.operation, operands, slots.length);
    }
  }
}

function applied(name: keyof typeof operations, operands: readonly NodeValue[], slotCount: number): NodeValue {
  const operation = operations[name];
  const x = operands.map(({ value }) => value);
  const nothing = new Array<number>(slotCount).fill(Number.NaN);
  const problem = operation.problem(x);
  if (problem) return { value: Number.NaN, problem, partials: nothing };
  const value = operation.value(x);
  if (!Number.isFinite(value)) return { value: Number.NaN, problem: 'too-large', partials: nothing };
  const slopes = operation.partials(x, value);
  const partials = nothing.map((_, slot) => {
    let sum = 0;
    for (const [index, operand] of operands.entries()) {
      const inner = operand.partials[slot] ?? 0;
      // a slope that does not exist does no harm where nothing comes in by it
      if (inner !== 0) sum += (slopes[index] ?? 0) * inner;
    }
    return sum;
  });
  return { value, problem: null, partials };
}

/** @param inputs a value for each input, in the order of `graph.inputs` */
export function forward({ nodes }: Graph, inputs: readonly number[]): readonly NodeValue[] {
  const values: NodeValue[] = [];
  for (const { index, body, operands } of nodes) {
    if (body === null) {
      values.push({ value: inputs[index] ?? Number.NaN, problem: null, partials: [] });
      continue;
    }
    const waits = operands.some((operand) => values[operand]?.problem !== null);
    const slots = operands.map((operand) => values[operand]?.value ?? Number.NaN);
    values.push(waits ? { value: Number.NaN, problem: 'waits', partials: slots.map(() => Number.NaN) } : evaluate(body, slots));
  }
  return values;
}

/** @param values as `forward` gave them */
export function backward({ nodes, edges }: Graph, values: readonly NodeValue[]): Backward {
  const gradients = new Array<number>(nodes.length).fill(0);
  const magnitudes = new Array<number>(nodes.length).fill(0);
  const last = nodes.length - 1;
  gradients[last] = 1;
  magnitudes[last] = 1;
  const flows = edges.map(({ from, to, slot }): EdgeFlow => {
    const upstream = gradients[to] ?? 0;
    const local = values[to]?.partials[slot] ?? Number.NaN;
    const product = upstream * local;
    gradients[from] = (gradients[from] ?? 0) + product;
    magnitudes[from] = (magnitudes[from] ?? 0) + (magnitudes[to] ?? 0) * Math.abs(local);
    return { upstream, local, product };
  });
  return { gradients, flows, magnitudes };
}

export interface Nudge {
  /** The input's value, and J's, before and after. */
  readonly from: number;
  readonly to: number;
  readonly before: number;
  readonly after: number;
  /** (after − before) / (to − from): near dJ/dinput when the nudge is small. */
  readonly ratio: number;
}

/** What J does when one input moves by `size`. */
export function nudged(graph: Graph, inputs: readonly number[], input: number, size: number): Nudge {
  const from = inputs[input] ?? Number.NaN;
  const to = from + size;
  const result = (at: readonly number[]): number => forward(graph, at).at(-1)?.value ?? Number.NaN;
  const before = result(inputs);
  const after = result(inputs.with(input, to));
  return { from, to, before, after, ratio: (after - before) / (to - from) };
}
