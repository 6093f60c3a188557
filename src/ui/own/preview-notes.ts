/** What a preview says about what will not be used as it is, and how to have it otherwise. Pure. */
import { msg, str } from '@lit/localize';
import type { Look, OwnChoice, OwnPreview } from '../../session/own/protocol.ts';
import { integer } from '../format.ts';

/** So many are named. */
const named = 5;

function list(names: readonly string[]): string {
  const shown = names.slice(0, named).join(', ');
  return names.length > named ? msg(str`${shown} and ${integer(names.length - named)} more`) : shown;
}

export function previewNotes(preview: OwnPreview, choice: OwnChoice, look: Look | null): readonly string[] {
  if (preview.kind === 'table') return tableNotes(preview, choice);
  return look && look.undecoded.length > 0 ? [undecodedNote(look)] : [];
}

function tableNotes({ columns }: Extract<OwnPreview, { kind: 'table' }>, choice: OwnChoice): readonly string[] {
  const features = columns.filter(({ name }) => name !== choice.label);
  const out = features.filter(({ name }) => choice.leaveOut.includes(name)).map(({ name }) => `“${name}”`);
  const holes = features.filter(({ name, missing }) => missing > 0 && !choice.leaveOut.includes(name));
  const unlabelled = columns.find(({ name }) => name === choice.label)?.missing ?? 0;
  const missing = list(holes.map(({ name, missing: count }) => `“${name}” ${integer(count)}`));
  return [
    ...(out.length === 0
      ? []
      : [
          msg(
            str`Columns left out: ${integer(out.length)} of ${integer(features.length)}, ${list(out)}. Where one cannot be used, the list below says why; tick one there to use it.`,
          ),
        ]),
    ...(holes.length === 0
      ? []
      : [
          choice.missing === 'omit'
            ? msg(str`Values are missing: ${missing}. Rows without them are left out; choose the median above to keep them.`)
            : msg(
                str`Values are missing: ${missing}. The median of the training part stands in; above, such rows can be left out instead.`,
              ),
        ]),
    ...(unlabelled === 0 ? [] : [msg(str`Rows without a label, left out: ${integer(unlabelled)}. Another label can be chosen above.`)]),
  ];
}

function undecodedNote({ undecoded, tried }: Look): string {
  return msg(
    str`Of ${integer(tried)} pictures that were tried, these cannot be decoded: ${list(undecoded)}. All such are left out, and counted once the rest is open; to have them, save them as JPEG or PNG.`,
  );
}
