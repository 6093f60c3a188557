/** The Kernels lab as the shell knows it, and the store that it keeps there. */
import { html } from 'lit';
import { msg } from '@lit/localize';
import './kernels-lab.ts';
import { KernelsClient } from '../../session/kernels/client.ts';
import { Adoption } from '../../ui/adoption/adoption.ts';
import type { LabContext, LabView } from '../../ui/lab.ts';
import { KernelsSession } from './kernels-session.ts';
import { unpackText } from './link-text.ts';
import { BrowserShelf } from './own-copies.ts';

function sessionIn({ keep, setQuery, whenQuiet, desk }: LabContext): KernelsSession {
  const kept = keep.get('kernels');
  if (kept instanceof KernelsSession) return kept;
  const linkedText = (): Promise<string | null> => unpackText(location.hash);
  const makeClient = (): KernelsClient => {
    const client = new KernelsClient();
    // for tests
    keep.set('kernels-client', client);
    return client;
  };
  const adoption = (desk.adopted ??= new Adoption(desk));
  const session = new KernelsSession({ makeClient, shelf: new BrowserShelf(), setQuery, linkedText, whenQuiet, adoption });
  session.unreadable = () => msg('a packed kernel of at most 100,000 characters was expected');
  keep.set('kernels', session);
  void import('../../ui/own/desk.ts').then(({ layDesk }) => layDesk());
  return session;
}

export function render(context: LabContext): ReturnType<LabView['render']> {
  const session = sessionIn(context);
  session.follow(context.query);
  return html`<kernels-lab .session=${session}></kernels-lab>`;
}

export const command: LabView['command'] = (wanted, context) => {
  const session = sessionIn(context);
  if (wanted === 'toggle') void (session.state.phase === 'idle' ? session.run() : Promise.resolve(session.stop()));
  if (wanted === 'reset') session.revert();
};

export const rest: LabView['rest'] = (context) => {
  sessionIn(context).stop();
  return () => undefined;
};
