/** Writing a results file: the same text whether the page saves it or the terminal prints it. */
import type { Report } from './result.ts';

/** Lists of numbers stand on one line each: there are thousands of them. A text in JSON holds no line break, so none is touched. */
function compact(json: string): string {
  return json.replace(/\[\n[\s\d.,eE+-]+\]/g, (numbers) => numbers.replace(/\s+/g, ' ').replace('[ ', '[').replace(' ]', ']'));
}

/** @param machine what its owner calls the machine, or nothing */
export function resultText(report: Report, machine = ''): string {
  const { schema, kind, ...rest } = report;
  return `${compact(JSON.stringify({ schema, kind, machine, ...rest }, null, 2))}\n`;
}

/** What a saved result is called: `downhill-<machine>-<date>.json`, without what file systems dislike. */
export function resultFileName({ environment }: Report, machine: string): string {
  const plain = machine
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  return ['downhill', plain, `${environment.takenAt.slice(0, 10)}.json`].filter((part) => part !== '').join('-');
}
