/** The Activations lab as the shell knows it, and the store that it keeps there. */
import { html } from 'lit';
import './activations-lab.ts';
import { ActivationClient } from '../../session/activations/client.ts';
import { defaultActivations, type ActivationSettings } from '../../session/activations/settings.ts';
import { factsOf, ownSettings } from '../../session/own/facts.ts';
import type { OwnData } from '../../session/own/protocol.ts';
import type { LabContext, LabView } from '../../ui/lab.ts';
import { followOpened, layDesk, ownIn } from '../../ui/own/desk.ts';
import { ActivationSession } from './activation-session.ts';

function sessionIn({ keep, setQuery, whenQuiet, clock }: LabContext): ActivationSession {
  const kept = keep.get('activations');
  if (kept instanceof ActivationSession) return kept;
  const own = (): OwnData | null => ownIn(keep);
  const session = new ActivationSession({
    trainer: (onUpdate) => new ActivationClient(onUpdate, own),
    setQuery,
    whenQuiet,
    clock,
    ownSettings: () => {
      const data = own();
      return data && activationsOf(data);
    },
  });
  keep.set('activations', session);
  layDesk();
  followOpened('activations', () => session.takeOpened());
  document.addEventListener('visibilitychange', () => session.setHidden(document.hidden));
  return session;
}

/** Few examples: all of them are in every step of four nets. */
function activationsOf(data: OwnData): ActivationSettings {
  const { own, m } = ownSettings(factsOf(data));
  return { ...defaultActivations.own, own, m: Math.min(m, defaultActivations.own.m) };
}

export function render(context: LabContext): ReturnType<LabView['render']> {
  const session = sessionIn(context);
  session.follow(context.query);
  return html`<activations-lab .session=${session}></activations-lab>`;
}

export const command: LabView['command'] = (wanted, context) => {
  const session = sessionIn(context);
  if (wanted === 'toggle') session.toggle();
  if (wanted === 'step') session.stepOnce();
  if (wanted === 'reset') session.reset();
};

export const rest: LabView['rest'] = (context) => {
  const session = sessionIn(context);
  session.leave();
  return () => session.enter();
};
