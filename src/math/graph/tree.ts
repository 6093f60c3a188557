/**
 * Expressions as trees of operations over leaves. What an operation computes is `operations.ts`'s; how text becomes a tree
 * is not known here.
 */

/** `sigma` is 1 / (1 + e^−x), `log` is natural; `max` and `min` take any number of operands, the others one or two. */
export const operationNames = [
  'add',
  'subtract',
  'multiply',
  'divide',
  'power',
  'negate',
  'exp',
  'log',
  'sigma',
  'tanh',
  'max',
  'min',
] as const;

export type OperationName = (typeof operationNames)[number];

export type Tree<Leaf> =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'leaf'; readonly leaf: Leaf }
  | { readonly kind: 'apply'; readonly operation: OperationName; readonly operands: readonly Tree<Leaf>[] };

/** An expression in named variables. */
export type Expression = Tree<string>;

/** `name = expression`; null where the text gives no name. The last statement of several is the result. */
export interface Statement {
  readonly name: string | null;
  readonly expression: Expression;
}

/** Other leaves in the same tree. */
export function mapLeaves<From, To>(tree: Tree<From>, change: (leaf: From) => Tree<To>): Tree<To> {
  switch (tree.kind) {
    case 'number':
      return tree;
    case 'leaf':
      return change(tree.leaf);
    case 'apply':
      return { ...tree, operands: tree.operands.map((operand) => mapLeaves(operand, change)) };
  }
}

/** Leaves from left to right, one as often as it occurs. */
export function leavesOf<Leaf>(tree: Tree<Leaf>): readonly Leaf[] {
  switch (tree.kind) {
    case 'number':
      return [];
    case 'leaf':
      return [tree.leaf];
    case 'apply':
      return tree.operands.flatMap(leavesOf);
  }
}
