/** What is dropped: results are known as such in any lab, and are no data. */
import { describe, expect, it } from 'vitest';
import { openOwn } from '../../../src/data/own/open.ts';
import { collectionText } from '../../../src/session/results/collection.ts';
import { resultText } from '../../../src/session/results/write.ts';
import { areResults } from '../../../src/ui/own/dropped-results.ts';
import { fileOf, fixture } from '../../support/own-files.ts';
import { madeUpRace } from '../../support/results.ts';

const result = resultText(madeUpRace());

describe('files that are dropped', () => {
  it('are results where they begin as one, or all are JSON', async () => {
    const all = collectionText([{ result: madeUpRace(), name: '', note: '', pinned: false }]);
    expect(await areResults([fileOf('result.txt', result)])).toBe(true);
    expect(await areResults([fileOf('all', all)])).toBe(true);
    expect(await areResults([fileOf('class/a.json', result), fileOf('class/b.json', '')])).toBe(true);
  });

  it('are data where they are not', async () => {
    expect(await areResults([])).toBe(false);
    expect(await areResults([fixture('small.h5')])).toBe(false);
    expect(await areResults([fileOf('a.csv', 'schema,y\n1,2\n')])).toBe(false);
    expect(await areResults([fileOf('cats/1.png', ''), fileOf('cats/about.json', '{}')])).toBe(false);
  });

  it('are never read as a table where they are JSON', async () => {
    await expect(openOwn([fileOf('a.json', result)], {})).rejects.toThrow(/^a[.]json: .*found JSON[.] .* Compare lab/);
  });
});
