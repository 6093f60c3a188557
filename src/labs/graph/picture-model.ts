/**
 * What the graph shows at a position: which nodes have their value yet, which their derivative and from how many paths, and
 * what stands at each edge. Texts and sizes; where things stand is `layout.ts`'s.
 */
import { msg, str } from '@lit/localize';
import { formula, nameText, usesOf, type GraphNode, type Study } from '../../session/graph/study.ts';
import { problemWords } from './complaint-words.ts';
import type { Sizes } from './layout.ts';
import { shown, summed } from './numbers.ts';

export interface NodePicture {
  readonly node: number;
  readonly name: string;
  /** What it computes; empty for an input. */
  readonly formula: string;
  readonly value: number;
  /** The value, or empty before it is computed. */
  readonly text: string;
  /** Why it has no value, once that is known. */
  readonly problem: string | null;
  /** The problem is its own; else it waits for another node's value. */
  readonly isBad: boolean;
  readonly isInput: boolean;
  readonly isActive: boolean;
  /** `da = 3`; empty before a path has come in. */
  readonly derivative: string;
  /** How it adds up from several paths; empty for one. */
  readonly sum: string;
  /** Paths that have come in, of all; 1 of 1 for the result. */
  readonly paths: readonly [arrived: number, all: number];
}

export interface EdgePicture {
  readonly edge: number;
  readonly from: number;
  readonly to: number;
  /** `dv/da = 1`; empty before the chain rule has gone along it. */
  readonly label: string;
  readonly isActive: boolean;
  readonly isDone: boolean;
  /** There is no local derivative. */
  readonly isBroken: boolean;
}

export interface GraphPicture {
  readonly nodes: readonly NodePicture[];
  readonly edges: readonly EdgePicture[];
}

/** @param done steps, forward and backward together */
export function pictureOf(study: Study, done: number): GraphPicture {
  const { graph, steps } = study;
  const current = done === 0 ? null : ([...steps.forward, ...steps.backward][done - 1] ?? null);
  const inForward = done < steps.forward.length || study.back === null;
  const edgesDone = done - steps.forward.length - 1;
  const nodes = graph.nodes.map((node) => nodePicture(study, node, { done, edgesDone, inForward, current }));
  const edges = graph.edges.map(({ index, from, to, slot }): EdgePicture => {
    const local = study.values[to]?.partials[slot] ?? Number.NaN;
    const isActive = current?.kind === 'edge' && current.edge === index;
    const feeds = current?.kind === 'value' && current.node === to;
    const isDone = index < edgesDone;
    return {
      edge: index,
      from,
      to,
      label: isDone ? `${slope(nameOf(study, to), nameOf(study, from))} = ${shown(local)}` : '',
      isActive: isActive || feeds,
      isDone,
      isBroken: isDone && !Number.isFinite(local),
    };
  });
  return { nodes, edges };
}

interface Moment {
  readonly done: number;
  readonly edgesDone: number;
  readonly inForward: boolean;
  readonly current: Study['steps']['forward'][number] | null;
}

function nodePicture(study: Study, node: GraphNode, { done, edgesDone, current }: Moment): NodePicture {
  const { graph, steps, values, back } = study;
  const { index, body } = node;
  const found = values[index];
  const known = body === null || steps.forward.findIndex((step) => step.kind === 'value' && step.node === index) < done;
  const uses = usesOf(graph, index);
  const arrived = back ? uses.filter((use) => use.index < edgesDone) : [];
  const isResult = index === graph.nodes.length - 1;
  const seeded = isResult && edgesDone >= 0 && back !== null;
  const terms = arrived.map((use) => back?.flows[use.index]?.product ?? Number.NaN);
  const total = terms.reduce((sum, term) => sum + term, seeded ? 1 : 0);
  const isPart = arrived.length < uses.length;
  return {
    node: index,
    name: nameText(node.name),
    formula: body === null ? '' : formula(body, (slot) => nameOf(study, node.operands[slot] ?? -1)),
    value: found?.value ?? Number.NaN,
    text: known && found?.problem === null ? shown(found.value) : '',
    problem: known && found?.problem ? problemWords(found.problem) : null,
    isBad: known && found?.problem !== null && found?.problem !== 'waits',
    isInput: body === null,
    isActive: isActive(study, index, current),
    derivative: arrived.length > 0 || seeded ? `d${nameText(node.name)} = ${shown(total)}${isPart ? ' + …' : ''}` : '',
    sum: terms.length > 1 && !isPart ? (terms.length <= 3 ? `= ${summed(terms)}` : msg(str`sum of ${terms.length} paths`)) : '',
    paths: seeded ? [1, 1] : [arrived.length, uses.length],
  };
}

function isActive({ graph }: Study, node: number, current: Moment['current']): boolean {
  if (current === null) return false;
  return current.kind === 'edge' ? graph.edges[current.edge]?.from === node : current.node === node;
}

export function nameOf({ graph }: Study, node: number): string {
  return nameText(graph.nodes[node]?.name ?? '');
}

/** `dv/da`. */
export function slope(of: string, by: string): string {
  return `d${of}/d${by}`;
}

const letterWidth = 7.1;
const smallLetterWidth = 6.3;
const lineHeight = 17;
/** Letters of a line of a formula, and lines of a box; what is longer is cut, and told in full by the table. */
const longestLine = 23;
const mostLines = 4;

/** `L = −(y log a + (1 − y) log(1 − a))` in lines that a box can hold, broken where there are blanks. */
export function titleLines({ name, formula: text }: Pick<NodePicture, 'name' | 'formula'>): readonly string[] {
  const lines = [name];
  for (const [index, word] of (text === '' ? [] : ['=', ...text.split(' ')]).entries()) {
    const last = lines.at(-1) ?? '';
    // the sign stays with what follows the name
    if (index <= 1 || last.length + 1 + word.length <= longestLine) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  const kept = lines.slice(0, mostLines).map((line) => (line.length > 2 * longestLine ? `${line.slice(0, 2 * longestLine)}…` : line));
  return lines.length > mostLines ? [...kept.slice(0, -1), `${kept.at(-1) ?? ''} …`] : kept;
}

/** Of the whole graph, whatever the position, so that nothing moves while one steps. */
export function sizesOf(study: Study): Sizes {
  const { graph, steps } = study;
  const whole = pictureOf(study, steps.forward.length + steps.backward.length);
  const titles = whole.nodes.map(titleLines);
  const boxes = whole.nodes.map(({ text, problem, derivative, sum }, index) => {
    const title = Math.max(...(titles[index] ?? []).map((line) => line.length)) * letterWidth;
    const inside = Math.max(title, text.length * 9.5, (problem ?? '').length * smallLetterWidth) + 22;
    return Math.round(Math.max(80, inside, derivative.length * 7.6, sum.length * smallLetterWidth));
  });
  const heights = titles.map((lines) => 35 + lines.length * lineHeight);
  const below = graph.nodes.map(({ index }) => (usesOf(graph, index).length > 1 ? 38 : 22));
  const labels = whole.edges.map(({ from, to, label }) => {
    const { length } = slope(nameOf(study, to), nameOf(study, from));
    return Math.round(Math.max(length + 5, label.length) * smallLetterWidth);
  });
  return { boxes, heights, below, labels };
}
