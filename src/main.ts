/**
 * Starts the race first and the page second: the worker loads data while the elements are still on their way. Where the
 * address ends in `?terminal` there is no page: a program drives this browser.
 */
import { labs } from './labs/registry.ts';
import { RaceSession } from './ui/race-session.ts';

async function startPage(): Promise<void> {
  const session = new RaceSession(labs.map((lab) => lab.id));
  const view = labs.find((lab) => lab.id === session.lab)?.load();
  await Promise.all([import('./ui/app.ts'), view]);
  const app = document.querySelector('downhill-app');
  if (app) Object.assign(app, { labs, session });
}

await (new URLSearchParams(location.search).has('terminal') ? import('./cli/page.ts') : startPage());
