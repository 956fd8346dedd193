import { findThinkingEnd, findThinkingStart } from './find-thinking-tag.js';

describe('findThinkingStart', () => {
  it('58: finds no tag that is quoted', () => {
    expect(findThinkingStart('use `<thinking>` tag')).toBeUndefined();
  });

  it('59: finds the tag behind a quoted one', () => {
    expect(findThinkingStart('about `<thinking>` tag<thinking>content')).toEqual({ at: 22, isCertain: true });
  });

  it('waits for the character behind the tag', () => {
    expect(findThinkingStart('\n<thinking>')).toEqual({ at: 1, isCertain: false });
  });

  it('judges by the character before the text', () => {
    expect(findThinkingStart('<thinking>a', { previous: '"' })).toBeUndefined();
  });

  it('takes the tag at the beginning of an answer for meant, whatever follows', () => {
    expect(findThinkingStart(' <thinking>- a', { isFresh: true })).toEqual({ at: 1, isCertain: true });
  });
});

describe('findThinkingEnd', () => {
  it('60: finds an end before an empty line', () => {
    expect(findThinkingEnd('content</thinking>\n\n')).toEqual({ at: 7, isCertain: true });
  });

  it.each(['</thinking>', '</thinking>\n', '</thinking> more'])('61: waits after %j', (text) => {
    expect(findThinkingEnd(text)).toEqual({ at: 0, isCertain: false });
  });

  it('62: finds the end behind a quoted one', () => {
    expect(findThinkingEnd('discussing `</thinking>` tag</thinking>\n\n')).toEqual({ at: 28, isCertain: true });
  });

  it('takes an end for certain before one line break and text', () => {
    expect(findThinkingEnd('a.</thinking>\nb')).toEqual({ at: 2, isCertain: true });
  });

  it('takes an end for certain after 64 characters without another one', () => {
    expect(findThinkingEnd(`a</thinking>${'b'.repeat(63)}`)).toEqual({ at: 1, isCertain: false });
    expect(findThinkingEnd(`a</thinking>${'b'.repeat(64)}`)).toEqual({ at: 1, isCertain: true });
  });

  it('passes over a tag that another one follows', () => {
    expect(findThinkingEnd('a</thinking> b</thinking>\n\n')).toEqual({ at: 14, isCertain: true });
  });

  it('takes the end of the text for an end', () => {
    expect(findThinkingEnd('a</thinking> b', { isLast: true })).toEqual({ at: 1, isCertain: true });
  });
});
