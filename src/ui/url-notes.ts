/** Sentences about what was wrong in the URL. */
import { msg, str } from '@lit/localize';
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
      return msg('layers such as 64-relu_10-tanh, or none, were expected');
    case 'classes':
      return msg('two different classes such as 3-7, or all, were expected');
    case 'fits-data':
      return msg(str`it does not go with these data; ${expected.used} is used`);
    case 'known-name':
      return msg('there is no setting of this name');
  }
}

/** One notice for the whole URL, so that nonsense does not fill the page. */
export function urlNotice(notes: readonly UrlNote[]): Notice | null {
  if (notes.length === 0) return null;
  const parts = notes.slice(0, 4).map(({ key, value, expected }) => {
    const shown = value.length > 40 ? `${value.slice(0, 40)}…` : value;
    return `${key} = “${shown}”: ${expectation(expected)}`;
  });
  const more = notes.length > 4 ? msg(str` And ${notes.length - 4} more.`) : '';
  return {
    id: 'url',
    tone: 'warn',
    text: msg(str`The link could not be read in full, and defaults stand in. ${parts.join('; ')}.`) + more,
    action: msg('Good'),
  };
}
