/** What a person should know in the Compare lab, as notices. Pure. */
import { msg, str } from '@lit/localize';
import { integer } from '../../ui/format.ts';
import type { Notice } from '../../ui/notice-list.ts';
import { troubleText } from '../../ui/storage-words.ts';
import type { CompareSession, Trouble } from './compare-session.ts';
import { machineName } from './words.ts';

/** More at once would hide the page. */
const mostNotices = 5;

function notice(trouble: Trouble): Notice {
  const { id } = trouble;
  const action = msg('Good');
  switch (trouble.kind) {
    case 'unreadable':
      return { id, tone: 'bad', text: trouble.sentence, action };
    case 'gone':
      return {
        id,
        tone: 'warn',
        text: msg(str`“${id}” is not kept in this browser: it was deleted, or the address is from another one.`),
        action,
      };
    case 'no-result':
      return {
        id,
        tone: 'warn',
        text: msg(
          str`“${id}” is no results file. If it holds examples to learn from, it belongs in the Train, Scale or Activations lab: drop it there.`,
        ),
        action,
      };
    case 'opened':
      return {
        id,
        tone: 'note',
        text:
          trouble.count === 1
            ? msg('1 result was read and is kept here.')
            : msg(str`${integer(trouble.count)} results were read and are kept here.`),
        action,
      };
    case 'deleted':
      return { id, tone: 'note', text: msg(str`${machineName(trouble.name)} was deleted.`), action: msg('Undo') };
  }
}

export function compareNotices({ troubles, unkept }: Pick<CompareSession, 'troubles' | 'unkept'>): readonly Notice[] {
  const more = troubles.length - mostNotices;
  return [
    ...(unkept === null
      ? []
      : [
          {
            id: 'not-kept',
            tone: 'warn' as const,
            text: msg(
              str`The browser keeps no more results (${troubleText(unkept)}): what is new is here until the page is closed. Save it as a file, or delete what is kept to make room.`,
            ),
          },
        ]),
    ...troubles.slice(0, mostNotices).map(notice),
    ...(more > 0 ? [{ id: 'more', tone: 'note' as const, text: msg(str`And ${integer(more)} more.`) }] : []),
  ];
}
