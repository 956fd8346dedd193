/** Text in every unstreamed answer; a translated answer is recognised by it. */
export const JSON_ANSWER_TEXT = 'the answer of the mock vendor '.repeat(8).trim();
