/**
 * From statements to a graph: a node for each operation, or one for each statement. Equal parts become one node, constants
 * stay inside the node that uses them, and nodes without a name of their own get one: u, v, …, and J for the result.
 */
import { evaluate } from './compute.ts';
import type { Body, Graph, GraphEdge, GraphNode } from './graph.ts';
import { nameSupply } from './names.ts';
import { leavesOf, mapLeaves, type Expression, type Statement, type Tree } from './tree.ts';

export type Detail = 'operations' | 'lines';

interface Draft {
  name: string | null;
  readonly body: Body | null;
  readonly operands: readonly number[];
}

class Builder {
  readonly drafts: Draft[] = [];
  /** Index of the node that computes a text such as `multiply(#1,#2)`. */
  readonly #made = new Map<string, number>();
  /** What a name stands for: an input or a statement's result. */
  readonly #known = new Map<string, Tree<number>>();

  input(name: string): void {
    this.#known.set(name, { kind: 'leaf', leaf: this.#add({ name, body: null, operands: [] }) });
  }

  define(name: string, tree: Tree<number>): void {
    this.#known.set(name, tree);
  }

  /** A tree whose leaves are nodes, one operation a node; a leaf or a number at its top. */
  split(expression: Expression): Tree<number> {
    switch (expression.kind) {
      case 'number':
        return expression;
      case 'leaf':
        return this.resolve(expression.leaf);
      case 'apply': {
        const tree = { ...expression, operands: expression.operands.map((operand) => this.split(operand)) };
        return foldable(tree) ?? this.node(tree, 'each');
      }
    }
  }

  /** The same names replaced by nodes, and nothing taken apart. */
  whole(expression: Expression): Tree<number> {
    return mapLeaves(expression, (name) => this.resolve(name));
  }

  resolve(name: string): Tree<number> {
    const known = this.#known.get(name);
    if (!known) throw new RangeError(`"${name}" is neither an input nor defined`);
    return known;
  }

  /** @param slots `each`: a slot for each occurrence; `shared`: one for each node */
  node(tree: Tree<number>, slots: 'each' | 'shared'): Tree<number> {
    const key = JSON.stringify(tree);
    let index = this.#made.get(key);
    if (index === undefined) {
      const leaves = leavesOf(tree);
      const operands = slots === 'each' ? leaves : [...new Set(leaves)];
      let next = 0;
      const body = mapLeaves<number, number>(tree, (leaf) => ({ kind: 'leaf', leaf: slots === 'each' ? next++ : operands.indexOf(leaf) }));
      index = this.#add({ name: null, body, operands });
      this.#made.set(key, index);
    }
    return { kind: 'leaf', leaf: index };
  }

  /** A node for itself, even of what is only a number or another node. */
  fresh(tree: Tree<number>): Tree<number> {
    const leaves = leavesOf(tree);
    const body = mapLeaves<number, number>(tree, () => ({ kind: 'leaf', leaf: 0 }));
    return { kind: 'leaf', leaf: this.#add({ name: null, body, operands: leaves }) };
  }

  #add(draft: Draft): number {
    this.drafts.push(draft);
    return this.drafts.length - 1;
  }
}

/** A number where all operands are numbers and there is a result; what has none stays to be seen. */
function foldable(tree: Tree<number>): Tree<number> | null {
  if (tree.kind !== 'apply' || tree.operands.some(({ kind }) => kind !== 'number')) return null;
  const { value, problem } = evaluate(tree, []);
  return problem === null ? { kind: 'number', value } : null;
}

/**
 * @param statements at least one; each uses inputs and names defined before it
 * @throws RangeError without a statement
 */
export function buildGraph(statements: readonly Statement[], detail: Detail): Graph {
  const builder = new Builder();
  for (const name of inputsOf(statements)) builder.input(name);
  const result = statements.at(-1);
  if (!result) throw new RangeError('a graph needs at least one statement');
  for (const statement of statements) {
    const { name, expression } = statement;
    const tree = detail === 'lines' ? builder.whole(expression) : builder.split(expression);
    const named = asNode(builder, tree, detail, statement === result);
    if (named.kind === 'leaf') nameDraft(builder.drafts[named.leaf], name);
    if (name !== null) builder.define(name, named);
  }
  return finish(builder.drafts, statements);
}

/** A statement's result: a node, where it is more than another name or a number. The last one is a node in any case. */
function asNode(builder: Builder, tree: Tree<number>, detail: Detail, isResult: boolean): Tree<number> {
  const node = detail === 'lines' && tree.kind === 'apply' ? builder.node(tree, 'shared') : tree;
  if (!isResult) return node;
  const isLast = node.kind === 'leaf' && node.leaf === builder.drafts.length - 1 && builder.drafts[node.leaf]?.body !== null;
  return isLast && builder.drafts[node.leaf]?.name === null ? node : builder.fresh(node);
}

/** The first name stays: `v = u` makes no second node. */
function nameDraft(draft: Draft | undefined, name: string | null): void {
  if (draft?.body && draft.name === null) draft.name = name;
}

/** Variables that no statement defines, in the order in which the text names them. */
export function inputsOf(statements: readonly Statement[]): readonly string[] {
  const defined = new Set(statements.map(({ name }) => name));
  return [...new Set(statements.flatMap(({ expression }) => leavesOf(expression)))].filter((name) => !defined.has(name));
}

function finish(drafts: readonly Draft[], statements: readonly Statement[]): Graph {
  const names = nameSupply(statements);
  const last = drafts.length - 1;
  const nodes = drafts.map(({ name, body, operands }, index): GraphNode => ({
    index,
    name: name ?? (index === last ? names.result() : names.next()),
    body,
    operands,
  }));
  const edges: GraphEdge[] = [];
  for (const { index: to, operands } of nodes.toReversed()) {
    for (const [slot, from] of operands.entries()) edges.push({ index: edges.length, from, to, slot });
  }
  return { nodes, edges, inputs: nodes.filter(({ body }) => body === null).map(({ name }) => name) };
}
