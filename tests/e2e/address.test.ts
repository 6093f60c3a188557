/** State lives in the URL: it opens the same settings, says what it could not read, and back and forward work. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from './support/browser.ts';
import { raceOf, smallRace, waitForRace, waitForSteps } from './support/train-lab.ts';

describe('the address', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('carries a change to whoever opens it', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(3_000_000) });
    await waitForSteps(page, 1);
    await page.getByTestId('lane-cpu').click();
    await waitForRace(page, 'the GPU alone', ({ lanes, stale }) => !stale && lanes.length === 1 && lanes[0]?.kind === 'gpu');
    const url = page.url();
    expect(url).toContain('cpu=off');
    const other = await browser.openPage({ path: new URL(url).search });
    const race = await waitForRace(other.page, 'the same race', ({ lanes, m }) => lanes.length === 1 && m === 60);
    expect(race.lanes[0]?.kind).toBe('gpu');
    expect(new URL(other.page.url()).search).toBe(new URL(url).search);
    await expectClean();
    await other.close();
    await close();
  });

  it('goes back and forward through the data sets', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(3_000_000) });
    await waitForSteps(page, 1);
    await page.getByTestId('set-adverts').click();
    await waitForRace(page, 'adverts', ({ m, stale }) => m === 3680 && !stale);
    await page.goBack();
    await waitForRace(page, 'the toys again', ({ m, stale }) => m === 60 && !stale);
    expect(page.url()).toContain('set=toys');
    await page.goForward();
    await waitForRace(page, 'adverts again', ({ m, stale }) => m === 3680 && !stale);
    await expectClean();
    await close();
  });

  it.each([
    ['?set=dogs&m=1e99&alpha=fast&nonsense=1', 'dogs', 209],
    [`?gpu=off&m=${'9'.repeat(400)}`, '999', 209],
    ['?gpu=off&set=toys&hidden=100000-relu&m=60', 'a layer of 100000 units is out of range: units go from 1 to 16,384', 60],
    ['?gpu=off&cpu=off&set=toys&m=60', 'one lane has to race', 60],
    ['?gpu=off&set=toys&hidden=0-relu&m=60', '0-relu', 60],
    ['?gpu=off&set=toys&m=<script>alert(1)</script>', 'script', 400],
    ['?gpu=off&%E0%A4%A&set=toys&m=60', 'setting', 60],
  ])('opens %s with defaults and a note', async (path, named, m) => {
    const { page, expectClean, close } = await browser.openPage({ path });
    await page.getByTestId('notice-url').filter({ hasText: named }).waitFor();
    await waitForRace(page, 'a race on defaults', (race) => race.m === m && race.lanes.length > 0);
    await page.getByTestId('notice-url').getByRole('button').click();
    await page.getByTestId('notice-url').waitFor({ state: 'detached' });
    await expectClean();
    await close();
  });

  it('lets no last lane be taken away, and puts one back', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(3_000_000, '&gpu=off') });
    await waitForSteps(page, 1, 1);
    const [gpu, cpu] = [page.getByTestId('lane-gpu'), page.getByTestId('lane-cpu')];
    expect([await gpu.isDisabled(), await cpu.isDisabled()]).toEqual([false, true]);
    await gpu.click();
    await waitForSteps(page, 1);
    expect([await gpu.isDisabled(), await cpu.isDisabled()]).toEqual([false, false]);
    await cpu.click();
    await waitForSteps(page, 1, 1);
    expect([await gpu.isDisabled(), await cpu.isDisabled()]).toEqual([true, false]);
    await expectClean();
    await close();
  });

  it('races again when m changes, beside the ghost of the last speed-up', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(3_000_000) });
    await page.getByTestId('certainty').waitFor();
    await waitForSteps(page, 1);
    const slider = page.getByTestId('m-slider').getByRole('slider');
    await slider.focus();
    for (let presses = 0; presses < 5; presses++) await page.keyboard.press('ArrowRight');
    await waitForRace(page, 'more examples', ({ m, stale }) => m !== null && m > 60 && !stale);
    await waitForSteps(page, 1);
    expect(page.url()).not.toContain('m=60&');
    expect((await raceOf(page)).hasGhost).toBe(true);
    await page.getByTestId('ghost').filter({ hasText: 'before, at m = ' }).waitFor();
    await expectClean();
    await close();
  });
});
