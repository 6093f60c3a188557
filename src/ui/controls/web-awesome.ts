/**
 * The one door through which Web Awesome comes in: each part is fetched when it is first wanted, and its icons are
 * files of our own. Nothing of it is needed for the first paint.
 */
import blankUrl from '../icons/blank.svg?url&no-inline';
import checkUrl from '../icons/check.svg?url&no-inline';
import chevronDownUrl from '../icons/chevron-down.svg?url&no-inline';
import xmarkUrl from '../icons/xmark.svg?url&no-inline';

const icons: Readonly<Record<string, string>> = { check: checkUrl, 'chevron-down': chevronDownUrl, xmark: xmarkUrl };

async function registerIcons(): Promise<void> {
  const { registerIconLibrary } = await import('@awesome.me/webawesome/dist/components/icon/library.js');
  const resolver = (name: string): string => icons[name] ?? blankUrl;
  registerIconLibrary('default', { resolver });
  registerIconLibrary('system', { resolver });
}

/** Defines `wa-slider`. */
async function defineSlider(): Promise<void> {
  await registerIcons();
  await import('@awesome.me/webawesome/dist/components/slider/slider.js');
}

/** Defines `wa-select` and `wa-option`. */
async function defineSelect(): Promise<void> {
  await registerIcons();
  await Promise.all([
    import('@awesome.me/webawesome/dist/components/select/select.js'),
    import('@awesome.me/webawesome/dist/components/option/option.js'),
  ]);
}

/** Defines `wa-dialog`. */
export async function defineDialog(): Promise<void> {
  await registerIcons();
  await import('@awesome.me/webawesome/dist/components/dialog/dialog.js');
}

/** A moment when nothing else waits, at the latest after half a second. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 500 });
    else setTimeout(resolve, 50);
  });
}

/**
 * Calls back when an element is defined: at once if it is, else after whoever asked for it, each caller in an idle moment
 * of its own, because many controls changing over together would hold up a frame.
 */
export function whenDefined(name: string, then: () => void): void {
  if (customElements.get(name)) then();
  else void customElements.whenDefined(name).then(idle).then(then);
}

/** Defines sliders and selects, one after the other so that no moment is long. Asking again costs nothing. */
export async function defineControls(): Promise<void> {
  await idle();
  await defineSlider();
  await idle();
  await defineSelect();
}
