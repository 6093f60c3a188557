/** Starts the race first and the page second: the worker loads data while the elements are still on their way. */
import { labs } from './labs/registry.ts';
import { RaceSession } from './ui/race-session.ts';

const session = new RaceSession(labs.map((lab) => lab.id));
const view = labs.find((lab) => lab.id === session.lab)?.load();
await Promise.all([import('./ui/app.ts'), view]);
const app = document.querySelector('downhill-app');
if (app) Object.assign(app, { labs, session });
