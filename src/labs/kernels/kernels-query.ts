/** Settings of the Kernels lab ↔ the query of the URL. Nonsense becomes the default and a note; a size beyond its bounds is nonsense. */
import { msg, str } from '@lit/localize';
import type { Catalogue, ContractInfo, Shape, Switch } from '../../session/kernels/protocol.ts';
import { integer } from '../../ui/format.ts';
import type { UrlNote } from '../../ui/router.ts';
import { defaultKernels, type KernelsSettings } from './kernels-state.ts';

export function readKernelsQuery(
  query: string,
  catalogue: Catalogue,
): { readonly settings: KernelsSettings; readonly notes: readonly UrlNote[] } {
  const notes: UrlNote[] = [];
  const settings: { -readonly [Key in keyof KernelsSettings]: KernelsSettings[Key] } = { ...defaultKernels };
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
  const contract = contracts.find(({ id }) => id === settings.contract) ?? contracts[0];
  const shapes = contract?.timed.length ?? 0;
  const shape = search.get('shape');
  if (shape !== null && /^\d{1,2}$/.test(shape) && Number(shape) < shapes) settings.shape = Number(shape);
  else if (shape !== null)
    notes.push({ key: 'shape', value: shape, expected: { kind: 'number', low: 0, high: Math.max(0, shapes - 1), whole: true } });
  const typed = search.get('sizes');
  const sizes = typed === null ? {} : readSizes(typed, contract, settings.shape);
  if (sizes) settings.sizes = sizes;
  else notes.push({ key: 'sizes', value: typed ?? '', expected: { kind: 'said', sentence: sizesExpected(contract, settings.shape) } });
  const wanted = (search.get('with') ?? '').split('.').filter((name) => name !== '');
  if (wanted.every((name) => name in switches))
    settings.on = Object.entries(switches).flatMap(([name, one]) => (wanted.includes(name) ? [one] : []));
  else
    notes.push({ key: 'with', value: wanted.join('.'), expected: { kind: 'one-of', names: [...Object.keys(switches), 'f16.subgroups'] } });
  for (const [key, value] of search) {
    if (!['file', 'entry', 'shape', 'sizes', 'with'].includes(key)) notes.push({ key, value, expected: { kind: 'known-name' } });
  }
  return { settings, notes };
}

/** What a link and WGSL call the features that can be switched on. */
export const switches: Readonly<Record<string, Switch>> = { f16: 'shader-f16', subgroups: 'subgroups' };

/** A file that runs nowhere without a feature has it switched on. */
export function withNeeded(settings: KernelsSettings, catalogue: Catalogue | null): KernelsSettings {
  const contracts = catalogue?.files.find(({ file }) => file === settings.file)?.contracts ?? [];
  const needed = Object.values(switches).filter((one) => contracts.length > 0 && contracts.every(({ feature }) => feature === one));
  return { ...settings, on: [...new Set([...settings.on, ...needed])].sort() };
}

/** Sizes of a shape in its order, as `300x200x100`; null where that cannot be. */
function readSizes(text: string, contract: ContractInfo | undefined, shape: number): Shape | null {
  const free = contract?.sizes[shape] ?? [];
  const values = /^\d{1,9}(x\d{1,9})*$/.test(text) ? text.split('x').map(Number) : [];
  if (values.length === 0 || values.length !== free.length) return null;
  const pairs = free.map(({ name, most }, at) => [name, values[at] ?? 0, most] as const);
  if (pairs.some(([, value, most]) => value < 1 || value > most)) return null;
  const listed: Shape = contract?.timed[shape] ?? {};
  return Object.fromEntries(pairs.flatMap(([name, value]) => (value === listed[name] ? [] : [[name, value]])));
}

function sizesExpected(contract: ContractInfo | undefined, shape: number): string {
  const free = contract?.sizes[shape] ?? [];
  const bounds = free.map(({ name, most }) => msg(str`${name} of 1 … ${integer(most)}`)).join(' x ');
  return free.length === 0 ? msg('this file has no sizes') : msg(str`${bounds} was expected`);
}

/** The sizes of a shape with the reader's in it, as the URL has them; empty where they are as listed. */
function writeSizes({ shape, sizes }: KernelsSettings, contract: ContractInfo | null): string {
  if (Object.keys(sizes).length === 0) return '';
  const all: Shape = { ...contract?.timed[shape], ...sizes };
  return (contract?.sizes[shape] ?? []).map(({ name }) => String(all[name] ?? 1)).join('x');
}

/** @param contract the one that is timed */
export function writeKernelsQuery(settings: KernelsSettings, contract: ContractInfo | null): string {
  const { file, shape, on } = settings;
  const search = new URLSearchParams();
  if (file !== defaultKernels.file) search.set('file', file);
  if (settings.contract !== '') search.set('entry', settings.contract);
  if (shape !== 0) search.set('shape', String(shape));
  const sizes = writeSizes(settings, contract);
  if (sizes !== '') search.set('sizes', sizes);
  const names = Object.entries(switches).flatMap(([name, one]) => (on.includes(one) ? [name] : []));
  if (names.length > 0) search.set('with', names.join('.'));
  return search.toString().replaceAll('%2F', '/');
}
