/** The store of the Activations lab over a trainer that only takes notes: when it starts, rests, steps, and what it shows. */
import { describe, expect, it } from 'vitest';
import { ActivationSession } from '../../../src/labs/activations/activation-session.ts';
import { isGoing, stepsDone } from '../../../src/labs/activations/activation-state.ts';
import { costPicture } from '../../../src/labs/activations/cost-picture.ts';
import { activationNotices } from '../../../src/labs/activations/notice-sentences.ts';
import { costHeadline, gradientHeadline } from '../../../src/labs/activations/sentences.ts';
import type { ActivationUpdate, NetNews } from '../../../src/session/activations/protocol.ts';
import { comparedActivations } from '../../../src/session/activations/settings.ts';

class Made {
  readonly calls: string[] = [];
  readonly queries: string[] = [];
  tell: (update: ActivationUpdate) => void = () => undefined;
  readonly session: ActivationSession;

  constructor() {
    const note = (call: string): Promise<void> => {
      this.calls.push(call);
      return Promise.resolve();
    };
    this.session = new ActivationSession({
      trainer: (onUpdate) => {
        this.tell = onUpdate;
        return {
          start: ({ depth }, paused) => note(`start depth ${depth}${paused ? ' paused' : ''}`),
          pause: () => note('pause'),
          resume: () => note('resume'),
          step: () => note('step'),
          cancel: () => note('cancel'),
          setHidden: (hidden) => note(`hidden ${hidden}`),
          dispose: () => undefined,
        };
      },
      setQuery: (query) => this.queries.push(query),
      whenQuiet: () => Promise.resolve(),
    });
  }

  async calledFor(): Promise<readonly string[]> {
    await new Promise((resolve) => setTimeout(resolve));
    return this.calls.splice(0);
  }
}

const down = (floor: number): NetNews['costs'] => [2, 1.5, floor].map((cost, step) => ({ step, cost }));
const news: readonly NetNews[] = comparedActivations.map((activation, i) => ({
  activation,
  step: 3,
  costs: down(i === 0 ? 1.9 : 1 - i / 10),
  probes: [{ step: 0, norms: activation === 'sigmoid' ? [1e-9, 0.1, 1] : [0.5, 0.7, 1] }],
}));

describe('the store of the Activations lab', () => {
  it('begins when it is opened, rests when it is left, and goes on when it is opened again', async () => {
    const { session, tell, ...made } = withMade();
    session.follow('');
    expect(await made.calledFor()).toEqual([]);
    session.enter();
    expect(await made.calledFor()).toEqual(['start depth 8']);
    tell({ phase: 'running' });
    session.leave();
    expect(await made.calledFor()).toEqual(['pause']);
    tell({ phase: 'paused' });
    session.enter();
    expect(await made.calledFor()).toEqual(['resume']);
  });

  it('begins anew with new settings, keeps depth and width for other data, and writes both into the URL', async () => {
    const { session, queries, ...made } = withMade();
    session.follow('depth=4&width=8');
    session.enter();
    session.change({ set: 'toys' });
    expect(await made.calledFor()).toEqual(['cancel', 'start depth 4']);
    expect(session.settings).toMatchObject({ set: 'toys', depth: 4, width: 8, learningRate: 0.05 });
    session.lookAt(-2, true);
    session.lookAt(-2, false);
    expect(queries).toEqual(['set=toys&depth=4&width=8', 'set=toys&depth=4&width=8&z=-2']);
    expect(await made.calledFor()).toEqual([]);
  });

  it('steps from the start and from a pause, and resets to nothing', async () => {
    const { session, tell, ...made } = withMade();
    session.enter();
    session.reset();
    await made.calledFor();
    tell({ phase: 'running', nets: news });
    expect(session.state.phase).toBe('idle');
    session.stepOnce();
    expect(await made.calledFor()).toEqual(['start depth 8 paused', 'step']);
    tell({ phase: 'paused', nets: news });
    expect(stepsDone(session.state)).toBe(3);
    session.stepOnce();
    session.toggle();
    expect(await made.calledFor()).toEqual(['step', 'resume']);
    expect(isGoing(session.state)).toBe(true);
  });

  it('says who reached what, how much gradient arrives, and which net diverged', () => {
    const { session, tell } = withMade();
    session.follow('alpha=1000000');
    session.enter();
    tell({ phase: 'running', nets: news });
    expect(costHeadline(session.state)).toMatchObject({ figure: 'tanh: 2 steps' });
    expect(costHeadline(session.state).words).toContain('not yet there: sigmoid');
    expect(gradientHeadline(session.state).figure).toBe('1.0 × 10⁻⁹');
    expect(gradientHeadline(session.state).words).toContain('ReLU: 0.50');
    tell({ phase: 'finished', nets: [{ activation: 'relu', step: 4, costs: [], probes: [], diverged: { step: 3, layer: 2, part: 'W' } }] });
    expect(session.state.wantsToRun).toBe(false);
    const [notice] = activationNotices(session.settings, session.state, session.notes);
    expect(notice?.text).toContain('ReLU diverged: at step 3 layer 2');
    expect(notice?.action).toBe('Try α = 0.1');
    const picture = costPicture(session.state.nets, 300);
    expect(picture?.labels.map(({ text }) => text)).toContain('ReLU diverged');
    expect(picture?.layers.filter(({ kind }) => kind === 'dots')).toHaveLength(1);
  });
});

function withMade(): { session: ActivationSession; queries: string[]; tell: Made['tell']; calledFor: Made['calledFor'] } {
  const made = new Made();
  return { session: made.session, queries: made.queries, tell: (update) => made.tell(update), calledFor: () => made.calledFor() };
}
