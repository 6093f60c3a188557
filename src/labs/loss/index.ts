/** The Loss lab as the shell knows it, and the store that it keeps there. */
import { html } from 'lit';
import './loss-lab.ts';
import { LossClient } from '../../session/loss/client.ts';
import type { LabContext, LabView } from '../../ui/lab.ts';
import { LossSession } from './loss-session.ts';

function sessionIn(context: LabContext): LossSession {
  const kept = context.keep.get('loss');
  if (kept instanceof LossSession) return kept;
  const stillness = matchMedia('(prefers-reduced-motion: reduce)');
  const session = new LossSession({
    drawer: (onShown, onSpent, onFailed) => new LossClient(onShown, onSpent, onFailed),
    setQuery: (query, replace) => context.setQuery(query, replace),
    requestFrame: (then) => requestAnimationFrame(then),
    cancelFrame: (id) => cancelAnimationFrame(id),
    isStill: () => stillness.matches,
    clock: context.clock,
  });
  context.keep.set('loss', session);
  void import('../../ui/own/desk.ts').then(({ layDesk }) => layDesk());
  return session;
}

export function render(context: LabContext): ReturnType<LabView['render']> {
  const session = sessionIn(context);
  session.follow(context.query);
  return html`<loss-lab .session=${session}></loss-lab>`;
}

export const command: LabView['command'] = (wanted, context) => {
  const session = sessionIn(context);
  switch (wanted) {
    case 'toggle':
      return session.toggle();
    case 'step':
      return session.step();
    case 'reset':
      return session.reset();
  }
};

export const rest: LabView['rest'] = (context) => {
  const session = sessionIn(context);
  const wasRunning = session.isRunning;
  session.rest();
  return () => {
    if (wasRunning) session.toggle();
  };
};
