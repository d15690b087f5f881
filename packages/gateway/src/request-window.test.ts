import { describe, expect, test } from 'vitest';
import type { Request } from './request.ts';
import { RequestWindow } from './request-window.ts';

const say: Request = { type: 'say', kind: 'message', text: 'hi' };
const rename: Request = { type: 'rename', nick: 'ann' };

describe('requests of one client', () => {
  test('that only talk go on beside each other', () => {
    const window = new RequestWindow();
    expect([window.enter(say), window.enter(say)]).toEqual([say, say]);
    expect(window.isOpen).toBe(true);
    window.leave();
    expect(window.isEmpty).toBe(false);
    window.leave();
    expect(window.isEmpty).toBe(true);
  });

  test('that change who or where one is wait for those before them, and hold back those after', () => {
    const window = new RequestWindow();
    window.enter(say);
    window.enter(say);
    expect(window.enter(rename)).toBeUndefined();
    expect(window.isOpen).toBe(false);
    expect(window.leave()).toBeUndefined();
    expect(window.leave()).toBe(rename);
    expect(window.isOpen).toBe(false);
    expect(window.leave()).toBeUndefined();
    expect(window).toMatchObject({ isOpen: true, isEmpty: true });
  });

  test('are held back when too many are under way', () => {
    const window = new RequestWindow();
    let entered = 0;
    for (; window.isOpen; entered += 1) window.enter(say);
    expect(entered).toBe(128);
    window.leave();
    expect(window.isOpen).toBe(true);
  });
});
