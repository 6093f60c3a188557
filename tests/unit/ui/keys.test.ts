/** Which key does what, and when it does nothing. */
import { describe, expect, it } from 'vitest';
import { keyAction } from '../../../src/ui/keys.ts';

const page = { tagName: 'body', type: '', role: '', editable: false };
const press = (key: string, target = page, extra = {}) =>
  keyAction({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...extra }, target);

describe('keys', () => {
  it.each([
    [' ', { kind: 'toggle' }],
    ['.', { kind: 'step' }],
    ['r', { kind: 'reset' }],
    ['?', { kind: 'keys' }],
    ['3', { kind: 'lab', key: '3' }],
    ['8', null],
    ['x', null],
  ])('%j', (key, action) => expect(press(key)).toEqual(action));

  it('do nothing while one types', () => {
    for (const key of [' ', '.', 'r', '?', '1']) {
      expect(press(key, { ...page, tagName: 'input', type: 'text' })).toBeNull();
      expect(press(key, { ...page, tagName: 'div', editable: true })).toBeNull();
      expect(press(key, { ...page, tagName: 'input', role: 'combobox' })).toBeNull();
    }
  });
  it('leave Space to what it presses', () => {
    expect(press(' ', { ...page, tagName: 'button' })).toBeNull();
    expect(press(' ', { ...page, tagName: 'input', type: 'checkbox' })).toBeNull();
    expect(press('.', { ...page, tagName: 'button' })).toEqual({ kind: 'step' });
  });
  it('leave shortcuts of the browser alone', () => expect(press('r', page, { ctrlKey: true })).toBeNull());
  it('toggle once while Space is held', () => expect(press(' ', page, { repeat: true })).toBeNull());
});
