/** What just happened, as an equation and in sentences: a value computed, dJ = 1 set down, an edge of the chain rule. */
import { msg, str } from '@lit/localize';
import { formula, usesOf, type GraphNode, type Step, type Study } from '../../session/graph/study.ts';
import { problemWords } from './complaint-words.ts';
import { factor, shown, summed } from './numbers.ts';
import { nameOf, slope } from './picture-model.ts';

export interface StepWords {
  /** `dJ/da = dJ/dv · dv/da = 3 · 1 = 3`. */
  readonly equation: string;
  readonly sentences: readonly string[];
}

/** @param done steps, forward and backward together */
export function stepWords(study: Study, done: number): StepWords {
  const { steps, graph } = study;
  const step = [...steps.forward, ...steps.backward][done - 1];
  const result = nameOf(study, graph.nodes.length - 1);
  if (done === 0 || !step) {
    return {
      equation: msg(str`${result} = ?`),
      sentences: [
        msg('The inputs have their values. Forward computes one node after the other, each from those that its wires come from.'),
      ],
    };
  }
  const words = wordsOf(study, step);
  const isEnd = done === steps.forward.length;
  const next = isEnd ? afterForward(study, result) : done === steps.forward.length + steps.backward.length ? afterBackward(result) : [];
  return { ...words, sentences: [...words.sentences, ...next] };
}

function wordsOf(study: Study, step: Step): StepWords {
  const { graph } = study;
  switch (step.kind) {
    case 'value': {
      const node = graph.nodes[step.node];
      return node ? valueWords(study, node) : { equation: '', sentences: [] };
    }
    case 'seed': {
      const name = nameOf(study, step.node);
      return {
        equation: `d${name} = ${slope(name, name)} = 1`,
        sentences: [
          msg(str`The chain rule starts at ${name}: when ${name} moves by a little, ${name} moves by just that.`),
          msg(str`“dvar” stands for ${slope(name, 'var')}: how much ${name} moves for each unit that var moves.`),
        ],
      };
    }
    case 'edge':
      return edgeWords(study, step.edge);
  }
}

function valueWords(study: Study, node: GraphNode): StepWords {
  const { body, operands, index } = node;
  const found = study.values[index];
  const name = nameOf(study, index);
  if (!body || !found) return { equation: '', sentences: [] };
  const inNames = formula(body, (slot) => nameOf(study, operands[slot] ?? -1));
  if (found.problem !== null) {
    const why = problemWords(found.problem);
    return {
      equation: `${name} = ${inNames}: ${why}`,
      sentences: [found.problem === 'waits' ? waitsSentence(study, node) : brokenSentence(study, node, why)],
    };
  }
  const inValues = formula(body, (slot) => shown(study.values[operands[slot] ?? -1]?.value ?? Number.NaN));
  const value = shown(found.value);
  const parts = [name, inNames, ...(inValues === inNames || inValues === value ? [] : [inValues]), value];
  return { equation: parts.join(' = '), sentences: [] };
}

function brokenSentence(study: Study, { index, operands }: GraphNode, why: string): string {
  const given = [...new Set(operands)]
    .map((node) => `${nameOf(study, node)} = ${shown(study.values[node]?.value ?? Number.NaN)}`)
    .join(', ');
  const name = nameOf(study, index);
  return given === ''
    ? msg(str`${name} has no value: ${why}. Another expression avoids it.`)
    : msg(
        str`${name} has no value: ${why}, with ${given}. Other values of the inputs avoid it; everything that does not need ${name} stays.`,
      );
}

function waitsSentence(study: Study, { index, operands }: GraphNode): string {
  const missing = [...new Set(operands.filter((node) => study.values[node]?.problem !== null))]
    .map((node) => nameOf(study, node))
    .join(', ');
  return msg(str`${nameOf(study, index)} waits: there is no value of ${missing}.`);
}

function afterForward(study: Study, result: string): readonly string[] {
  if (study.back === null) return [msg(str`Without a value of ${result} there is nothing to differentiate.`)];
  return [msg(str`All values are there. Backward asks how much each of them moves ${result}.`)];
}

function afterBackward(result: string): readonly string[] {
  return [msg(str`Every derivative of ${result} is there, from one walk backward. A nudge shows that they are right.`)];
}

function edgeWords(study: Study, index: number): StepWords {
  const { graph, back } = study;
  const edge = graph.edges[index];
  const flow = back?.flows[index];
  if (!edge || !flow) return { equation: '', sentences: [] };
  const [from, to, result] = [nameOf(study, edge.from), nameOf(study, edge.to), nameOf(study, graph.nodes.length - 1)];
  const uses = usesOf(graph, edge.from);
  const arrived = uses.filter((use) => use.index <= index);
  const product = `${slope(result, to)} · ${slope(to, from)} = ${shown(flow.upstream)} · ${factor(flow.local)} = ${shown(flow.product)}`;
  const rule = ruleSentence(study, edge.to, edge.slot);
  if (!Number.isFinite(flow.local)) {
    return {
      equation: `${slope(to, from)}: ${msg('there is none')}`,
      sentences: [msg(str`${to} has no derivative with respect to ${from} at these values. Others have one.`)],
    };
  }
  if (uses.length === 1) return { equation: `${slope(result, from)} = ${product}`, sentences: rule };
  const terms = arrived.map((use) => back.flows[use.index]?.product ?? Number.NaN);
  const total = shown(terms.reduce((sum, term) => sum + term, 0));
  const isTwo = uses.length === 2;
  const used = isTwo
    ? msg(str`${from} is used twice, and its paths add up.`)
    : msg(str`${from} is used ${uses.length} times, and its paths add up.`);
  const whole = `${slope(result, from)} = ${summed(terms)} = ${total}`;
  const soFar =
    arrived.length < uses.length
      ? msg(str`${arrived.length} of ${uses.length} paths: ${slope(result, from)} is ${total} so far.`)
      : isTwo
        ? msg(str`Both paths: ${whole}.`)
        : msg(str`All ${uses.length} paths: ${whole}.`);
  return { equation: `${msg(str`path by ${to}`)}: ${product}`, sentences: [used, soFar, ...rule] };
}

/** Why the local derivative is what it is; of a whole line nothing is said. */
function ruleSentence({ graph }: Study, to: number, slot: number): readonly string[] {
  const body = graph.nodes[to]?.body;
  if (body?.kind === 'leaf') return [msg('It is the same number under another name: the derivative passes unchanged.')];
  if (body?.kind !== 'apply' || body.operands.some(({ kind }) => kind === 'apply')) return [];
  const isFirst = body.operands[0]?.kind === 'leaf' && body.operands[0].leaf === slot;
  switch (body.operation) {
    case 'add':
      return [msg('A sum passes the derivative on as it is: its local derivative is 1.')];
    case 'subtract':
      return [
        isFirst
          ? msg('What something is subtracted from passes the derivative on as it is: 1.')
          : msg('What is subtracted turns the sign: −1.'),
      ];
    case 'multiply':
      return [msg('In a product, the local derivative by one factor is the other factor.')];
    case 'divide':
      return [isFirst ? msg('d(p/q)/dp = 1/q.') : msg('d(p/q)/dq = −p/q².')];
    case 'power':
      return [isFirst ? msg('d(xⁿ)/dx = n xⁿ⁻¹.') : msg('d(aˣ)/dx = aˣ log a.')];
    case 'negate':
      return [msg('A minus turns the sign: −1.')];
    case 'exp':
      return [msg('The local derivative of exp is exp itself.')];
    case 'log':
      return [msg('d(log x)/dx = 1/x.')];
    case 'sigma':
      return [msg('With a = σ(z), da/dz = a(1 − a): at most ¼, and near 0 where σ is flat.')];
    case 'tanh':
      return [msg('With a = tanh(z), da/dz = 1 − a².')];
    case 'max':
      return [msg('max passes the derivative to its largest operand and 0 to the others.')];
    case 'min':
      return [msg('min passes the derivative to its smallest operand and 0 to the others.')];
  }
}

export interface NamedFormula {
  readonly text: string;
  readonly value: string;
}

/** The derivatives of logistic regression as the course writes them; empty for other graphs. */
export function logisticFormulas(study: Study): readonly NamedFormula[] {
  const at = (name: string): number => study.graph.nodes.findIndex((node) => node.name === name);
  const gradient = (name: string): string => shown(study.back?.gradients[at(name)] ?? Number.NaN);
  return [
    { text: 'da = −y/a + (1 − y)/(1 − a)', value: gradient('a') },
    { text: 'dz = a − y', value: gradient('z') },
    { text: 'dw₁ = x₁ dz', value: gradient('w1') },
    { text: 'dw₂ = x₂ dz', value: gradient('w2') },
    { text: 'db = dz', value: gradient('b') },
  ];
}
