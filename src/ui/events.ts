/** What elements tell the shell: a wish to change settings, or a command to the race. They bubble out of every shadow. */
import type { Settings } from '../session/settings.ts';

export class SettingsChangeEvent extends Event {
  static readonly type = 'settings-change';

  /** @param dragging true while a slider moves: the URL is replaced, not added to, and starts are throttled */
  constructor(
    readonly patch: Partial<Settings>,
    readonly dragging = false,
  ) {
    super(SettingsChangeEvent.type, { bubbles: true, composed: true });
  }
}

export type RaceCommand = 'toggle' | 'step' | 'reset';

export class RaceCommandEvent extends Event {
  static readonly type = 'race-command';

  constructor(readonly command: RaceCommand) {
    super(RaceCommandEvent.type, { bubbles: true, composed: true });
  }
}

/** The measured times of the race are wanted as a file. */
export class SaveResultEvent extends Event {
  static readonly type = 'save-result';

  constructor() {
    super(SaveResultEvent.type, { bubbles: true, composed: true });
  }
}

/** A control's new value; `dragging` while it is still moving. */
export class ValueEvent<T> extends Event {
  static readonly type = 'value-change';

  constructor(
    readonly value: T,
    readonly dragging = false,
  ) {
    super(ValueEvent.type, { bubbles: false });
  }
}
