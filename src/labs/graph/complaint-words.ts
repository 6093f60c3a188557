/** What is wrong with an expression, at which place, and what was expected; and why a node has no value. Only words. */
import { msg, str } from '@lit/localize';
import type { Complaint, Problem } from '../../session/graph/study.ts';
import { integer } from '../../ui/format.ts';

/** As the parser takes them. */
const functionList = 'exp, log, sigma (σ), tanh, max, min';

export function complaintSentence(complaint: Complaint): string {
  switch (complaint.kind) {
    case 'expected':
      return expectedSentence(complaint.what);
    case 'unknown-sign':
      return msg(str`“${complaint.sign}” has no meaning here: + − * · / ^, parentheses and functions (${functionList}) can be used.`);
    case 'unknown-function':
      return complaint.name.length === 1
        ? msg(str`There is no function “${complaint.name}”. A product is written ${complaint.name}·(…); functions are ${functionList}.`)
        : msg(str`There is no function “${complaint.name}”; there are ${functionList}.`);
    case 'operands':
      return complaint.fewest === 1
        ? msg(str`${complaint.name} takes one operand, not ${complaint.count}.`)
        : msg(str`${complaint.name} takes two operands or more, not ${complaint.count}.`);
    case 'too-long':
      return msg(
        str`The expression has ${integer(complaint.length)} characters; up to ${integer(complaint.most)} make a graph that can still be read.`,
      );
    case 'too-many':
      return msg(
        str`The expression has ${integer(complaint.count)} parts; up to ${integer(complaint.most)} make a graph that can still be read.`,
      );
    case 'name-needed':
      return msg('Of several lines, each but the last needs a name: z = w·x, for example.');
    case 'defined-twice':
      return msg(str`“${complaint.name}” is defined twice; each name stands for one node.`);
    case 'used-before':
      return msg(str`“${complaint.name}” is used before it is defined; lines are read from first to last.`);
    case 'unused':
      return msg(str`“${complaint.name}” is defined, but what follows never uses it, so it has no part in the result.`);
    case 'function-name':
      return msg(str`“${complaint.name}” is a function: ${complaint.name}(…) was expected.`);
  }
}

function expectedSentence(what: 'value' | 'operator' | 'parenthesis'): string {
  switch (what) {
    case 'value':
      return msg('A number, a variable or “(” was expected here.');
    case 'operator':
      return msg('An operator such as + or ·, or the end, was expected here.');
    case 'parenthesis':
      return msg('“)” was expected here.');
  }
}

/** Short enough for a node; `waits` names no other node, since several may be to blame. */
export function problemWords(problem: Problem): string {
  switch (problem) {
    case 'division-by-zero':
      return msg('division by 0');
    case 'log-of-zero':
      return msg('log of 0');
    case 'log-of-negative':
      return msg('log of a negative');
    case 'root-of-negative':
      return msg('root of a negative');
    case 'too-large':
      return msg('too large');
    case 'waits':
      return msg('waits');
  }
}
