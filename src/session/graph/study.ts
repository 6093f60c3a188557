/** What the Graph lab works with: from a text to a graph with all its values and derivatives. The page's door to `math/graph`. */
import { buildGraph, type Detail } from '../../math/graph/build.ts';
import { backward, forward, type Backward, type NodeValue } from '../../math/graph/compute.ts';
import { stepsOf, type Graph, type Steps } from '../../math/graph/graph.ts';
import type { Statement } from '../../math/graph/tree.ts';
import type { ParseText } from './complaint.ts';

export type { Detail } from '../../math/graph/build.ts';
export { nudged, type NodeValue } from '../../math/graph/compute.ts';
export { usesOf, type Graph, type GraphNode, type Step } from '../../math/graph/graph.ts';
export {
  exampleSet,
  loopTrace,
  mostExamples,
  vectorized,
  type Example,
  type LoopLine,
  type LoopMoment,
  type Vectorized,
  type Weights,
} from '../../math/graph/logistic-loop.ts';
export type { Problem } from '../../math/graph/operations.ts';
export { formula, nameText } from '../../math/graph/print.ts';
export type { Statement } from '../../math/graph/tree.ts';
export type { Complaint, ParseText } from './complaint.ts';

/** Fetches the parser when it is first wanted; it is most of what the lab weighs. */
export async function loadParser(): Promise<ParseText> {
  return (await import('./parse.ts')).parseText;
}

/** A graph, and everything that can be said about it at some inputs. */
export interface Study {
  readonly graph: Graph;
  readonly steps: Steps;
  readonly values: readonly NodeValue[];
  /** Null where J has no value. */
  readonly back: Backward | null;
}

export function makeGraph(statements: readonly Statement[], detail: Detail): Graph {
  return buildGraph(statements, detail);
}

/** @param inputs a value for each name in `graph.inputs` */
export function studyAt(graph: Graph, inputs: readonly number[]): Study {
  const values = forward(graph, inputs);
  const back = values.at(-1)?.problem === null ? backward(graph, values) : null;
  return { graph, steps: stepsOf(graph), values, back };
}
