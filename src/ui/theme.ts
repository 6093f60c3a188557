/** Light, dark or as the system says: the choice is kept on this machine and told to everything that paints by hand. */

export type ThemeChoice = 'system' | 'light' | 'dark';

const storageKey = 'downhill.theme';
const order: readonly ThemeChoice[] = ['system', 'light', 'dark'];

/** Fired on `document` when the colours may have changed. */
export const themeEvent = 'downhill-theme';

function isChoice(value: string | null): value is ThemeChoice {
  return value === 'system' || value === 'light' || value === 'dark';
}

export function nextTheme(choice: ThemeChoice): ThemeChoice {
  return order[(order.indexOf(choice) + 1) % order.length] ?? 'system';
}

/** localStorage may be forbidden; then the choice lasts as long as the page. */
export function remembered(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Under this what the machine's owner calls it is remembered. */
export const machineNameKey = 'downhill.machine';

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Nothing to do: the page works without a memory.
  }
}

export class Theme {
  #choice: ThemeChoice;
  readonly #system = matchMedia('(prefers-color-scheme: dark)');
  readonly #announce = (): void => void document.dispatchEvent(new Event(themeEvent));

  constructor() {
    const stored = remembered(storageKey);
    this.#choice = isChoice(stored) ? stored : 'system';
    this.#apply();
    this.#system.addEventListener('change', this.#announce);
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice;
    remember(storageKey, choice);
    this.#apply();
    this.#announce();
  }

  #apply(): void {
    if (this.#choice === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = this.#choice;
  }

  dispose(): void {
    this.#system.removeEventListener('change', this.#announce);
  }
}
