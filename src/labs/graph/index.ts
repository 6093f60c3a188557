/** The Graph lab as the shell knows it, and the store that it keeps there. */
import { html } from 'lit';
import './graph-lab.ts';
import { timeLoop } from '../../session/graph/client.ts';
import { loadParser } from '../../session/graph/study.ts';
import type { LabContext, LabView } from '../../ui/lab.ts';
import { GraphSession } from './graph-session.ts';

function sessionIn({ keep, setQuery, whenQuiet, clock }: LabContext): GraphSession {
  const kept = keep.get('graph');
  if (kept instanceof GraphSession) return kept;
  const still = (): boolean => document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches;
  const session = new GraphSession({ loadParser, setQuery, still, timeLoop, whenQuiet, clock });
  keep.set('graph', session);
  void import('../../ui/own/desk.ts').then(({ layDesk }) => layDesk());
  return session;
}

export function render(context: LabContext): ReturnType<LabView['render']> {
  const session = sessionIn(context);
  session.follow(context.query);
  return html`<graph-lab .session=${session} .machine=${context.machine}></graph-lab>`;
}

export const command: LabView['command'] = (wanted, context) => {
  const session = sessionIn(context);
  if (wanted === 'toggle') session.toggle();
  if (wanted === 'step') session.step();
  if (wanted === 'reset') session.reset();
};

export const rest: LabView['rest'] = (context) => {
  const session = sessionIn(context);
  session.leave();
  return () => session.enter();
};
