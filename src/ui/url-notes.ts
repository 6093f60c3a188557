/** Sentences about what was wrong in the URL. */
import { msg, str } from '@lit/localize';
import { hiddenActivations, ranges } from '../session/settings.ts';
import { integer, plain } from './format.ts';
import type { Notice } from './notice-list.ts';
import type { Expected, UrlNote } from './router.ts';

function expectation(expected: Expected): string {
  switch (expected.kind) {
    case 'number': {
      const show = expected.whole ? integer : plain;
      const range = `${show(expected.low)} … ${show(expected.high)}`;
      return expected.whole ? msg(str`a whole number, ${range}, was expected`) : msg(str`a number, ${range}, was expected`);
    }
    case 'one-of':
      return msg(str`one of ${expected.names.join(', ')} was expected`);
    case 'layers':
      return msg(
        str`layers such as 64-relu_10-tanh, or none, were expected; a layer is one of ${hiddenActivations.join(', ')}, with ${integer(ranges.units[0])} to ${integer(ranges.units[1])} units`,
      );
    case 'units':
      return msg(
        str`a layer of ${shortened(expected.wrong)} units is out of range: units go from ${integer(ranges.units[0])} to ${integer(ranges.units[1])}, and layers up to ${ranges.layers[1]}`,
      );
    case 'layer-count':
      return msg(
        str`${integer(expected.wrong)} layers are too many: layers go up to ${ranges.layers[1]}, each with ${integer(ranges.units[0])} to ${integer(ranges.units[1])} units`,
      );
    case 'a-lane':
      return msg('one lane has to race, so the CPU stays in');
    case 'classes':
      return msg('two different classes such as 3-7, or all, were expected');
    case 'fits-data':
      return msg(str`it does not go with these data; ${expected.used} is used`);
    case 'known-name':
      return msg('there is no setting of this name');
    case 'said':
      return expected.sentence;
  }
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** One notice for the whole URL, so that nonsense does not fill the page. */
export function urlNotice(notes: readonly UrlNote[]): Notice | null {
  if (notes.length === 0) return null;
  const parts = notes.slice(0, 4).map(({ key, value, expected }) => {
    return `${key} = “${shortened(value)}”: ${expectation(expected)}`;
  });
  const more = notes.length > 4 ? msg(str` And ${notes.length - 4} more.`) : '';
  return {
    id: 'url',
    tone: 'warn',
    text: msg(str`The link could not be read in full, and defaults stand in. ${parts.join('; ')}.`) + more,
    action: msg('Good'),
  };
}
