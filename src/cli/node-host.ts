/** What Node says of itself in a result. */
import type { HostReport } from '../session/environment.ts';

const platform = `${process.platform} ${process.arch}`;

export const nodeHost: HostReport = { host: 'node', browser: `Node ${process.version}, ${platform}`, platform };
