import { showable } from './terminal.js';

describe('showable', () => {
  it.each([
    ['text, tabs and line ends', 'Grüße,\twelt\n  日本 👋', 'Grüße,\twelt\n  日本 👋'],
    ['a colour', 'plan \u001b[31mfree', 'plan ?[31mfree'],
    ['a title of the window', '\u001b]0;owned\u0007', '?]0;owned?'],
    ['a line that is written over', 'refused\rgranted', 'refused?granted'],
    ['a command of eight bits', '\u009b2J', '?2J'],
    ['a backspace', 'ab\b\u007f', 'ab??'],
  ])('shows %s', (_what, line, shown) => {
    expect(showable(line)).toBe(shown);
  });
});
