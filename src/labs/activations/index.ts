/** The Activations lab as the shell knows it, and the store that it keeps there. */
import { html } from 'lit';
import './activations-lab.ts';
import { ActivationClient } from '../../session/activations/client.ts';
import type { LabContext, LabView } from '../../ui/lab.ts';
import { ActivationSession } from './activation-session.ts';

function sessionIn({ keep, setQuery, whenQuiet, clock }: LabContext): ActivationSession {
  const kept = keep.get('activations');
  if (kept instanceof ActivationSession) return kept;
  const session = new ActivationSession({ trainer: (onUpdate) => new ActivationClient(onUpdate), setQuery, whenQuiet, clock });
  keep.set('activations', session);
  document.addEventListener('visibilitychange', () => session.setHidden(document.hidden));
  return session;
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
