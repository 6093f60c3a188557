/** What `downhill sweep` understands, and that what it does not is refused by name. */
import { hostname } from 'node:os';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addSweepOptions, readSweepCommand, type RawSweepOptions, type SweepCommand } from '../../src/cli/sweep-arguments.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { defaultSweeps, quickSweep } from '../../src/session/sweep/settings.ts';

function parse(...words: readonly string[]): SweepCommand {
  const command = addSweepOptions(new Command('sweep'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const results: SweepCommand[] = [];
  command.action((raw: RawSweepOptions) => {
    results.push(readSweepCommand(raw));
  });
  command.parse([...words], { from: 'user' });
  const [result] = results;
  if (result === undefined) throw new Error('nothing was read');
  return result;
}

describe('downhill sweep', () => {
  it('sweeps Fashion as the lab does when nothing is said, and less of it when it is to be quick', () => {
    expect(parse()).toEqual({
      settings: defaultSweeps.fashion,
      own: null,
      host: 'browser',
      browser: 'chromium',
      json: null,
      machine: hostname(),
    });
    expect(parse('--quick').settings).toEqual(quickSweep(defaultSweeps.fashion));
    expect(parse('--data', 'houses').settings).toEqual(defaultSweeps.houses);
  });

  it('reads what is said', () => {
    const words = ['--m', '50..5000', '--points', '4', '--models', 'svm-hog, logistic, 512 512, 16', '--timed', '16', '--seeds', '4,2'];
    const { settings, host, json } = parse(...words, '--budget', 'epochs:7', '--rate', '0.01', '--host', 'node', '--json', '-');
    expect(settings).toMatchObject({ mFrom: 50, mTo: 5000, points: 4, models: ['svm-hog', 'logistic', '512-512', '16'], timed: '16' });
    expect(settings).toMatchObject({ seeds: 4, seedsAbove: 2, budget: 'epochs', epochs: 7, learningRate: 0.01 });
    expect([host, json]).toEqual(['node', '-']);
    expect(parse('--browser', 'firefox')).toMatchObject({ host: 'browser', browser: 'firefox' });
    expect(parse('--seeds', '3', '--budget', 'steps:40').settings).toMatchObject({ seeds: 3, seedsAbove: 3, budget: 'steps', steps: 40 });
  });

  it.each([
    [['--m', '100'], '--m 100'],
    [['--m', '100..70000'], '--m 70000'],
    [['--m', '500..100'], '--m 100'],
    [['--host', 'node', '--browser', 'firefox'], '--browser firefox'],
    [['--data', 'houses', '--models', 'svm'], 'svm'],
    [['--data', 'adverts', '--models', 'svm-hog'], 'svm-hog'],
    [['--models', 'logistic, forest'], 'forest'],
    [['--models', '1,2,3,4,5,6,7,8,9'], '--models'],
    [['--budget', 'minutes:3'], '--budget minutes:3'],
    [['--budget', 'epochs:none'], '--budget epochs none'],
    [['--seeds', '1,2,3'], '--seeds 1,2,3'],
    [['--rate', 'fast'], '--rate fast'],
    [['--data', 'houses', '--classes', '0,1'], '--classes'],
  ])('refuses %j, and names what it cannot use', (words, named) => {
    expect(() => parse(...words)).toThrow(UsageError);
    expect(() => parse(...words)).toThrow(named);
  });
});
