/**
 * A computation graph: nodes in an order in which each comes after those that it needs, and an edge from each operand to
 * the node that uses it. Built from statements by `build.ts`, computed by `compute.ts`.
 */
import type { Tree } from './tree.ts';

/** What a node computes: a tree over its slots, each of which is one edge. */
export type Body = Tree<number>;

export interface GraphNode {
  readonly index: number;
  readonly name: string;
  /** Null for an input, which has its value from outside. */
  readonly body: Body | null;
  /** Index of the node in each slot; the same node may be in two. */
  readonly operands: readonly number[];
}

export interface GraphEdge {
  readonly index: number;
  readonly from: number;
  readonly to: number;
  readonly slot: number;
}

export interface Graph {
  /** Inputs first, in the order in which the text names them; the last one is the result. */
  readonly nodes: readonly GraphNode[];
  /** In the order in which the chain rule goes through them: from the result back to the inputs. */
  readonly edges: readonly GraphEdge[];
  /** Names of the inputs. */
  readonly inputs: readonly string[];
}

/** One thing that happens: a node gets its value, dJ = 1 is set down, or the chain rule goes along an edge. */
export type Step =
  | { readonly kind: 'value'; readonly node: number }
  | { readonly kind: 'seed'; readonly node: number }
  | { readonly kind: 'edge'; readonly edge: number };

export interface Steps {
  readonly forward: readonly Step[];
  readonly backward: readonly Step[];
}

export function stepsOf({ nodes, edges }: Graph): Steps {
  const forward = nodes.filter(({ body }) => body !== null).map(({ index }) => ({ kind: 'value', node: index }) as const);
  return {
    forward,
    backward: [{ kind: 'seed', node: nodes.length - 1 }, ...edges.map(({ index }) => ({ kind: 'edge', edge: index }) as const)],
  };
}

/** Edges by which a node's derivative comes in: one for each use of it. */
export function usesOf({ edges }: Graph, node: number): readonly GraphEdge[] {
  return edges.filter(({ from }) => from === node);
}
