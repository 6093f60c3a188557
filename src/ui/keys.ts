/** Which key does what. Keys do nothing while one types, and Space leaves alone whatever it already presses. Pure. */

export type KeyAction = { readonly kind: 'toggle' | 'step' | 'reset' | 'keys' } | { readonly kind: 'lab'; readonly key: string };

interface KeyTarget {
  readonly tagName: string;
  readonly type: string;
  readonly role: string;
  readonly editable: boolean;
}

/** What a key was pressed on, through all shadows. */
export function keyTarget(event: KeyboardEvent): KeyTarget {
  const [target] = event.composedPath();
  if (!(target instanceof HTMLElement)) return { tagName: '', type: '', role: '', editable: false };
  const type = target instanceof HTMLInputElement ? target.type : '';
  return { tagName: target.tagName.toLowerCase(), type, role: target.getAttribute('role') ?? '', editable: target.isContentEditable };
}

function isTyping({ tagName, type, role, editable }: KeyTarget): boolean {
  if (editable || tagName === 'textarea' || tagName === 'select') return true;
  if (['combobox', 'listbox', 'option', 'textbox'].includes(role)) return true;
  return tagName === 'input' && !['radio', 'checkbox', 'range', 'button'].includes(type);
}

function takesSpace({ tagName, role }: KeyTarget): boolean {
  return ['button', 'a', 'input', 'summary'].includes(tagName) || ['button', 'slider', 'link'].includes(role);
}

/** @returns what the key asks for, or null when it is not for the page */
export function keyAction(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>,
  target: KeyTarget,
): KeyAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(target)) return null;
  switch (event.key) {
    case ' ':
      return takesSpace(target) || event.repeat ? null : { kind: 'toggle' };
    case '.':
      return { kind: 'step' };
    case 'r':
      return event.repeat ? null : { kind: 'reset' };
    case '?':
      return { kind: 'keys' };
    default:
      return /^[1-7]$/.test(event.key) ? { kind: 'lab', key: event.key } : null;
  }
}
