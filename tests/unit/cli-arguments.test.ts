/** What `downhill train` understands, and that what it does not is refused by name. */
import { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addTrainOptions, readTrainCommand, type RawTrainOptions, type TrainCommand } from '../../src/cli/arguments.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { builtInNames, defaultSettings } from '../../src/session/settings.ts';

/** Words as the shell would split them; quotes hold words together. */
function parse(line: string): TrainCommand {
  const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
  const command = addTrainOptions(new Command('train'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const results: TrainCommand[] = [];
  command.action((raw: RawTrainOptions) => {
    results.push(readTrainCommand(raw));
  });
  command.parse(words, { from: 'user' });
  const [result] = results;
  if (result === undefined) throw new Error('nothing was read');
  return result;
}

const settingsOf = (line: string): TrainCommand['request']['settings'] => parse(line).request.settings;

describe('downhill train', () => {
  it.each(builtInNames)('takes the defaults of %s when nothing else is said', (name) => {
    const { request, host, browser, json } = parse(`--data ${name}`);
    expect(request.settings).toEqual(defaultSettings[name]);
    expect(request.m).toBe(defaultSettings[name].m);
    expect(request.lanes).toEqual(['gpu', 'reference']);
    expect([host, browser, json]).toEqual(['browser', 'chromium', null]);
  });

  it('reads the line that the documentation gives', () => {
    const { request, json } = parse('--data adverts --model logistic --steps 500 --engine gpu --engine reference --json -');
    expect(request.settings).toMatchObject({ set: 'adverts', hidden: [], output: 'sigmoid', cost: 'cross-entropy', steps: 500 });
    expect(request.lanes).toEqual(['gpu', 'reference']);
    expect(json).toBe('-');
  });

  it('trains one engine when one is named', () => {
    const { request } = parse('--data cats --engine reference --engine reference');
    expect(request.lanes).toEqual(['reference']);
    expect(request.settings).toMatchObject({ gpu: false, cpu: 'reference' });
  });

  it('reads layers, and chooses the output by the data', () => {
    expect(settingsOf('--data fashion --model "64 relu, 32 tanh"')).toMatchObject({
      hidden: [
        { units: 64, activation: 'relu' },
        { units: 32, activation: 'tanh' },
      ],
      output: 'softmax',
    });
    expect(settingsOf('--data houses --model "8"')).toMatchObject({
      hidden: [{ units: 8, activation: 'relu' }],
      output: 'linear',
      cost: 'squared-error',
    });
    expect(settingsOf('--data cats --model "5 leaky-relu"')).toMatchObject({ output: 'sigmoid', cost: 'cross-entropy' });
  });

  it('reads two classes by name or index', () => {
    expect(settingsOf('--data fashion --classes "trouser,Ankle boot" --model logistic')).toMatchObject({
      classes: [1, 9],
      output: 'sigmoid',
    });
    expect(settingsOf('--data fashion --classes 0,9')).toMatchObject({ classes: [0, 9], hidden: [{ units: 64 }], output: 'sigmoid' });
  });

  it('reads all of m, and all of a batch', () => {
    expect(parse('--data adverts --m all').request.m).toBe('all');
    expect(settingsOf('--data adverts --batch all').batch).toBe(0);
    expect(settingsOf('--data adverts --batch 32').batch).toBe(32);
  });

  it('records a hundred costs when not told otherwise', () => {
    expect(parse('--data cats --steps 2000').request.every).toBe(20);
    expect(parse('--data cats --steps 7').request.every).toBe(1);
    expect(parse('--data cats --steps 2000 --every 50').request.every).toBe(50);
  });

  it.each([
    ['--data cats --steps 0', '--steps 0'],
    ['--data cats --steps 2.5', '--steps 2.5'],
    ['--data cats --rate fast', '--rate fast'],
    ['--data cats --rate ""', '--rate'],
    ['--data cats --m 0', '--m 0'],
    ['--data cats --m many', '--m many'],
    ['--data cats --seed -1', '--seed -1'],
    ['--data cats --engine cuda', '--engine cuda'],
    ['--data cats --classes 0,1', '--classes'],
    ['--data fashion --classes 0,0', '--classes'],
    ['--data fashion --classes 0,hat', '"hat"'],
    ['--data fashion --model logistic', '--model logistic'],
    ['--data houses --model svm', '--model svm'],
    ['--data cats --model "64 gelu"', '"64 gelu"'],
    ['--data cats --model "0 relu"', '"0 relu"'],
    ['--data cats --model "100000 relu"', '"100000 relu"'],
    ['--data cats --model logistic --cost hinge', '--cost hinge'],
    ['--data cats --host node --browser firefox', '--browser firefox'],
  ])('refuses %s and says what is wrong', (line, named) => {
    expect(() => parse(line)).toThrow(UsageError);
    expect(() => parse(line)).toThrow(named);
  });

  it.each(['--model logistic', '--data dogs', '--data cats --nonsense', '--data cats --plan best', '--data cats --host moon'])(
    'refuses %s by way of the library',
    (line) => {
      expect(() => parse(line)).toThrow();
    },
  );

  it('takes any learning rate in its range and no other', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-7, max: 1e6, noNaN: true }), (rate) => {
        expect(settingsOf(`--data cats --rate ${rate}`).learningRate).toBe(rate);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: 1e6, noNaN: true, minExcluded: true }), (rate) => {
        expect(() => settingsOf(`--data cats --rate ${rate}`)).toThrow(UsageError);
      }),
    );
  });
});
