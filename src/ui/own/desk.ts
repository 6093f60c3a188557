/**
 * Where a user's files come in, whatever lab is open: the dialog, drops anywhere on the page, and kept files that a link
 * speaks of. It gives what was opened to the session and to the lab at hand.
 */
import { keptFor } from '../../session/own/kept.ts';
import { factsOf, ownSettings, type OwnFacts } from '../../session/own/facts.ts';
import type { OwnData, OwnFile } from '../../session/own/protocol.ts';
import type { RaceSession } from '../race-session.ts';
import { areResults } from './dropped-results.ts';
import { filesOfDrop } from './dropped.ts';
import './own-dialog.ts';
import type { OwnDialog } from './own-dialog.ts';

/** Where in a keep what is open lies. */
const ownKey = 'own';

/** Left in the keep when the page takes drops. */
const layKey = 'own-desk';

/** A file was opened while this lab was shown. */
class OwnOpenedEvent extends Event {
  static readonly type = 'own-opened';

  constructor(
    readonly lab: string,
    readonly facts: OwnFacts,
  ) {
    super(OwnOpenedEvent.type);
  }
}

interface App extends HTMLElement {
  readonly session: RaceSession | null;
  readonly keep: Map<string, unknown>;
}

function app(): App | null {
  return document.querySelector<App>('downhill-app');
}

function dialogIn(around: App): OwnDialog | null {
  const root = around.shadowRoot;
  if (!root) return null;
  const present = root.querySelector('own-dialog');
  if (present) return present;
  const dialog = document.createElement('own-dialog');
  dialog.onUse = (data) => void take(around, data);
  root.append(dialog);
  return dialog;
}

/** What the user has open, or null. */
export function ownIn(keep: ReadonlyMap<string, unknown>): OwnData | null {
  return (keep.get(ownKey) as OwnData | undefined) ?? null;
}

/** What was left out or filled in of the file that a line of settings means, as long as it is open. */
export function notesOn(line: string | undefined): readonly string[] {
  const around = app();
  const open = around && ownIn(around.keep);
  return open && open.text === line ? open.notes : [];
}

/** Labs that take what was opened, beside Train. */
const following = new Set<string>();

/** Calls back whenever a file is opened while this lab is shown. */
export function followOpened(lab: string, then: (facts: OwnFacts) => void): void {
  following.add(lab);
  addEventListener(OwnOpenedEvent.type, (event) => {
    if (event instanceof OwnOpenedEvent && event.lab === lab) then(event.facts);
  });
}

/** How the Compare lab opens results, once it is there; what was dropped before waits for it. */
let openResults: ((files: readonly OwnFile[]) => void) | null = null;
const waiting: OwnFile[] = [];

/** Calls back whenever results are dropped, whatever lab is shown. */
export function followResults(then: (files: readonly OwnFile[]) => void): void {
  openResults = then;
  if (waiting.length > 0) then(waiting.splice(0));
}

/** What the URL speaks of and is not open; in any lab it goes by the same name. */
function missingLine(around: App): string | null {
  const text = new URLSearchParams(location.search).get('own');
  return text === null || text === ownIn(around.keep)?.text ? null : text;
}

async function take(around: App, data: OwnData): Promise<void> {
  const { session } = around;
  if (!session) return;
  // a lab without data leads to the one that everything begins with
  if (!following.has(session.lab)) session.goTo('train');
  if (session.lab === 'train') await session.whenAway();
  around.keep.set(ownKey, data);
  const facts = factsOf(data);
  session.adopt(data, session.lab === 'train' ? ownSettings(facts) : null);
  dispatchEvent(new OwnOpenedEvent(session.lab, facts));
}

/** Opens the dialog. */
export async function openDesk(): Promise<void> {
  const around = app();
  const dialog = around && dialogIn(around);
  if (!dialog) return;
  dialog.line = missingLine(around);
  await dialog.open();
}

/** Takes drops from now on, and opens again what is kept and asked for. Asking again costs nothing. */
export function layDesk(): void {
  const around = app();
  if (!around || around.keep.has(layKey)) return;
  around.keep.set(layKey, true);
  document.addEventListener('dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    const { dataTransfer } = event;
    if (!dataTransfer?.types.includes('Files') || event.defaultPrevented) return;
    event.preventDefault();
    void filesOfDrop(dataTransfer).then((files) => receive(around, files));
  });
  void openKeptAgain(around);
}

/** Results are for the Compare lab, wherever they are dropped; it also says of anything else where that belongs. */
async function receive(around: App, files: readonly OwnFile[]): Promise<void> {
  const { session } = around;
  if (session && (session.lab === 'compare' || (await areResults(files)))) {
    session.goTo('compare');
    if (openResults) openResults(files);
    else waiting.push(...files);
    return;
  }
  const dialog = dialogIn(around);
  if (!dialog) return;
  dialog.line = missingLine(around);
  await dialog.open(files);
}

async function openKeptAgain(around: App): Promise<void> {
  const line = missingLine(around);
  if (line === null || (await keptFor(line)).length === 0) return;
  const dialog = dialogIn(around);
  if (!dialog) return;
  dialog.line = line;
  await dialog.opening.openKeptFor(line);
}
