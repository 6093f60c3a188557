/** Settings of the Kernels lab ↔ the query of the URL. Nonsense becomes the default and a note; sizes are the lab's own, by number. */
import { msg } from '@lit/localize';
import type { Catalogue } from '../../session/kernels/protocol.ts';
import type { UrlNote } from '../../ui/router.ts';
import { defaultKernels, type KernelsSettings } from './kernels-state.ts';

export function readKernelsQuery(
  query: string,
  catalogue: Catalogue,
): { readonly settings: KernelsSettings; readonly notes: readonly UrlNote[] } {
  const notes: UrlNote[] = [];
  const settings = { ...defaultKernels };
  const search = new URLSearchParams(query);
  const file = catalogue.files.find((one) => one.file === (search.get('file') ?? settings.file));
  if (file) settings.file = file.file;
  else
    notes.push({
      key: 'file',
      value: search.get('file') ?? '',
      expected: { kind: 'said', sentence: msg('the name of a file in the list was expected') },
    });
  const contracts = catalogue.files.find((one) => one.file === settings.file)?.contracts ?? [];
  const entry = search.get('entry') ?? '';
  if (contracts.some(({ id }) => id === entry)) settings.contract = entry;
  else if (entry !== '') notes.push({ key: 'entry', value: entry, expected: { kind: 'one-of', names: contracts.map(({ id }) => id) } });
  const shapes = (contracts.find(({ id }) => id === settings.contract) ?? contracts[0])?.timed.length ?? 0;
  const shape = search.get('shape');
  if (shape !== null && /^\d{1,2}$/.test(shape) && Number(shape) < shapes) settings.shape = Number(shape);
  else if (shape !== null)
    notes.push({ key: 'shape', value: shape, expected: { kind: 'number', low: 0, high: Math.max(0, shapes - 1), whole: true } });
  for (const [key, value] of search) {
    if (!['file', 'entry', 'shape'].includes(key)) notes.push({ key, value, expected: { kind: 'known-name' } });
  }
  return { settings, notes };
}

export function writeKernelsQuery({ file, contract, shape }: KernelsSettings): string {
  const search = new URLSearchParams();
  if (file !== defaultKernels.file) search.set('file', file);
  if (contract !== '') search.set('entry', contract);
  if (shape !== 0) search.set('shape', String(shape));
  return search.toString().replaceAll('%2F', '/');
}
