/**
 * Starts the race first and the page second: the worker loads data while the elements are still on their way. Where the
 * address ends in `?terminal` there is no page: a program drives this browser.
 */
import { labs } from './labs/registry.ts';
import { RaceSession } from './ui/race-session.ts';

async function startPage(): Promise<void> {
  const session = new RaceSession(labs.map((lab) => lab.id));
  // Asked for at once, taken up by the shell later: both are on their way together.
  void labs.find((lab) => lab.id === session.lab)?.load();
  await import('./ui/app.ts');
  const app = document.querySelector('downhill-app');
  if (app) Object.assign(app, { labs, session });
}

await (new URLSearchParams(location.search).has('terminal') ? import('./cli/page.ts') : startPage());
