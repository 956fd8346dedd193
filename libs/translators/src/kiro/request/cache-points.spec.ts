import { encode } from '../__fixtures__/encode.js';
import { assistant, functionTool, system, user } from '../__fixtures__/requests.js';

const POINT = { type: 'default' };

const MEMBERS = {
  messages: [
    system('S'),
    user('a'),
    assistant('b'),
    user('c'),
    assistant({ type: 'text', text: 'd', cache: {} }),
    user('e'),
  ],
  tools: [{ ...functionTool('f'), cache: {} }],
};

describe('cache points', () => {
  it('stand behind the system prompt, the tools and the last answer', () => {
    const { history, current, warnings } = encode(MEMBERS, { dialect: { cachePoints: true } });

    expect(history.map((entry) => JSON.stringify(entry).includes('cachePoint'))).toEqual([
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(history[0]).toMatchObject({ userInputMessage: { content: 'S', cachePoint: POINT } });
    expect(history[5]).toMatchObject({ assistantResponseMessage: { content: 'd', cachePoint: POINT } });
    expect(current.userInputMessageContext?.tools?.at(-1)).toEqual({ cachePoint: POINT });
    expect(warnings).toEqual([]);
  });

  it('stand behind tools only where the client marked one', () => {
    const { body } = encode({ tools: [functionTool('f')] }, { dialect: { cachePoints: true } });

    expect(JSON.stringify(body)).not.toContain('cachePoint');
  });

  it('are not sent unless the account wants them, which is reported', () => {
    const { body, warnings } = encode(MEMBERS);

    expect(JSON.stringify(body)).not.toContain('cachePoint');
    expect(warnings).toMatchObject([{ effect: 'dropped' }]);
  });
});
