/** What the Scale lab asks, with the numbers of the sweep. Only words. */
import { msg, str } from '@lit/localize';
import { defaultSweeps, sweepSizes, type SweepSettings } from '../../session/sweep/settings.ts';
import { integer } from '../../ui/format.ts';

export function questionText(settings: SweepSettings = defaultSweeps.fashion): { readonly title: string; readonly text: string } {
  const sizes = sweepSizes(settings);
  const [from, to] = [integer(sizes[0] ?? settings.mFrom), integer(sizes.at(-1) ?? settings.mTo)];
  return {
    title: msg('What does more data buy?'),
    text: msg(
      str`The same models are trained on m = ${from} … ${to} examples. Left: how long a gradient step takes. Right: how well the model does on data that it never saw.`,
    ),
  };
}
