/**
 * What a page must not do, watched from its first moment on: errors on the console or uncaught, requests to other
 * origins, violations of the content-security policy. And what is worth knowing: tasks that held the main thread up.
 */
import type { Page, Request } from 'playwright-core';
import type { AnyPage } from './train-lab.ts';

export interface LongTask {
  readonly startMs: number;
  readonly durationMs: number;
}

export interface PageRecord {
  readonly errors: string[];
  readonly foreignRequests: string[];
  readonly requests: Request[];
}

interface Recorded {
  readonly violations: string[];
  readonly longTasks: LongTask[];
}

declare global {
  var recorded: Recorded | undefined;
}

/** Runs in the page before anything of its own. */
export function recordInPage(): void {
  const recorded: Recorded = { violations: [], longTasks: [] };
  globalThis.recorded = recorded;
  addEventListener('securitypolicyviolation', (event) => {
    recorded.violations.push(`${event.violatedDirective}: ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`);
  });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) recorded.longTasks.push({ startMs: startTime, durationMs: duration });
  }).observe({ type: 'longtask', buffered: true });
}

/** Begins to watch a page that has not been anywhere yet. */
export async function watchPage(page: Page, appUrl: string): Promise<PageRecord> {
  const record: PageRecord = { errors: [], foreignRequests: [], requests: [] };
  page.on('console', (message) => {
    if (message.type() === 'error') record.errors.push(message.text());
  });
  page.on('pageerror', (error) => record.errors.push(error.stack ?? error.message));
  page.on('request', (request) => {
    const url = request.url();
    record.requests.push(request);
    if (!/^(data|blob|about):/.test(url) && new URL(url).origin !== new URL(appUrl).origin) record.foreignRequests.push(url);
  });
  await page.addInitScript(recordInPage);
  return record;
}

/** Violations of the content-security policy in the page so far; those in workers show as errors on the console. */
export function policyViolations(page: AnyPage): Promise<readonly string[]> {
  return page.evaluate(() => globalThis.recorded?.violations ?? []);
}

/** Tasks of more than 50 ms on the main thread so far. */
export function longTasks(page: Page): Promise<readonly LongTask[]> {
  return page.evaluate(() => globalThis.recorded?.longTasks ?? []);
}
