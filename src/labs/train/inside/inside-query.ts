/** Which example is looked inside of, and by which unit, ↔ `inside=12-3` in the address. Nonsense becomes a sentence. Pure. */
import { msg, str } from '@lit/localize';
import { integer } from '../../../ui/format.ts';

export interface InsideChoice {
  /** Of the test example, from 0 on. */
  readonly index: number;
  /** Of the first layer, from 0 on; in the address they count from 1 on, as on the page. */
  readonly unit: number;
}

/** @returns null where the text is no choice at all */
export function parseInside(query: string): InsideChoice | null {
  const text = new URLSearchParams(query).get('inside') ?? '';
  const [, index, unit = '1'] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? [];
  return index === undefined || unit === '0' ? null : { index: Number(index), unit: Number(unit) - 1 };
}

export function printInside({ index, unit }: InsideChoice): string {
  return `inside=${index}${unit === 0 ? '' : `-${unit + 1}`}`;
}

export interface ReadInside {
  readonly choice: InsideChoice;
  /** What was wrong, and what is shown instead; null where nothing was. */
  readonly complaint: string | null;
}

/**
 * @param mTest examples in the test part
 * @param units of the first layer; null while that is not known
 */
export function readInside(query: string, mTest: number, units: number | null): ReadInside {
  const choice = parseInside(query);
  const text = new URLSearchParams(query).get('inside') ?? '';
  const last = Math.max(0, mTest - 1);
  if (!choice) {
    return {
      choice: { index: 0, unit: 0 },
      complaint: msg(
        str`inside = “${text.slice(0, 40)}” is no test example: a number from 0 to ${integer(last)} was expected, and for another unit its number behind it, such as 12-3. Example 0 is shown.`,
      ),
    };
  }
  if (choice.index > last) {
    return {
      choice: { ...choice, index: last },
      complaint: msg(
        str`There is no test example ${integer(choice.index)}: they go from 0 to ${integer(last)}. Example ${integer(last)} is shown.`,
      ),
    };
  }
  if (units !== null && choice.unit >= units) {
    return {
      choice: { ...choice, unit: units - 1 },
      complaint: msg(
        str`There is no unit ${integer(choice.unit + 1)}: the first layer has ${integer(units)}. Unit ${integer(units)} is shown.`,
      ),
    };
  }
  return { choice, complaint: null };
}
