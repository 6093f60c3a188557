/** The Compare lab as the shell knows it, and the store that it keeps there. */
import { msg } from '@lit/localize';
import { html } from 'lit';
import './compare-lab.ts';
import type { OwnFile } from '../../session/own/protocol.ts';
import type { LabContext, LabView } from '../../ui/lab.ts';
import { CompareSession } from './compare-session.ts';
import type { NamedFile } from './keep-files.ts';

function sessionIn({ keep, results, setQuery }: LabContext): CompareSession {
  const kept = keep.get('compare');
  if (kept instanceof CompareSession) return kept;
  const session = new CompareSession({ results: () => results.store(), setQuery });
  keep.set('compare', session);
  void import('../../ui/own/desk.ts').then((desk) => {
    desk.layDesk();
    desk.followResults((files) => void session.openFiles(files.map(asNamed)));
  });
  return session;
}

function asNamed({ path, blob }: OwnFile): NamedFile {
  return { name: path, size: blob.size, text: () => blob.text() };
}

export function render(context: LabContext): ReturnType<LabView['render']> {
  const session = sessionIn(context);
  session.follow(context.query);
  void session.followFragment(location.hash, msg('The link'));
  return html`<compare-lab .session=${session}></compare-lab>`;
}

/** There is nothing to run, and a race that rests is not to be started from here. */
export const command: LabView['command'] = () => undefined;
