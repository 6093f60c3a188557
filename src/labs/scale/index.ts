/** The Scale lab as the shell knows it, and the store that it keeps there. */
import { html } from 'lit';
import './scale-lab.ts';
import { SweepClient } from '../../session/sweep/client.ts';
import { SweepMemory } from '../../session/sweep/memory.ts';
import { factsOf } from '../../session/own/facts.ts';
import type { OwnData } from '../../session/own/protocol.ts';
import { ownSweep } from '../../session/own/sweep.ts';
import type { LabContext, LabView } from '../../ui/lab.ts';
import { followOpened, layDesk, ownIn } from '../../ui/own/desk.ts';
import { SweepSession } from './sweep-session.ts';

function sessionIn({ keep, setQuery, whenQuiet, results }: LabContext): SweepSession {
  const kept = keep.get('scale');
  if (kept instanceof SweepSession) return kept;
  const own = (): OwnData | null => ownIn(keep);
  const session = new SweepSession({
    sweeper: (onUpdate) => new SweepClient(onUpdate, own),
    keeper: new SweepMemory(),
    setQuery,
    whenQuiet,
    ownSettings: () => {
      const data = own();
      return data && ownSweep(factsOf(data));
    },
    keepResult: (report) => void results.keep(`sweep-${report.environment.takenAt}`, report),
  });
  keep.set('scale', session);
  layDesk();
  followOpened('scale', (facts) => session.change(ownSweep(facts)));
  document.addEventListener('visibilitychange', () => session.setHidden(document.hidden));
  return session;
}

export function render(context: LabContext): ReturnType<LabView['render']> {
  const { machine, machineName, query } = context;
  const session = sessionIn(context);
  session.follow(query);
  return html`<scale-lab .session=${session} .machine=${machine} machineName=${machineName}></scale-lab>`;
}

export const command: LabView['command'] = (wanted, context) => {
  const session = sessionIn(context);
  if (wanted === 'toggle') session.toggle();
  if (wanted === 'reset') session.reset();
};

export const rest: LabView['rest'] = (context) => {
  const session = sessionIn(context);
  session.leave();
  return () => session.enter();
};
