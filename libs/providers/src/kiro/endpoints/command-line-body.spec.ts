import { commandLineBody } from './command-line-body.js';

const ENVIRONMENT = { operatingSystem: 'linux', currentWorkingDirectory: '/' };
const transform = (text: string) => commandLineBody(Buffer.from(text)).toString();

describe('commandLineBody', () => {
  it('says it in the words of the command line', () => {
    const body = {
      conversationState: {
        agentContinuationId: 'x',
        conversationId: 'c',
        currentMessage: {
          userInputMessage: {
            content: '"origin":"AI_EDITOR"',
            modelId: 'm',
            origin: 'AI_EDITOR',
            userInputMessageContext: { tools: [] },
          },
        },
        history: [
          { userInputMessage: { modelId: 'm', content: 'a', origin: 'AI_EDITOR' } },
          { assistantResponseMessage: { content: 'modelId', toolUses: [{ input: { origin: 'AI_EDITOR' } }] } },
          { userInputMessage: { content: 'b', origin: 'AI_EDITOR', modelId: 'm' } },
        ],
      },
      profileArn: 'arn',
    };

    expect(JSON.parse(transform(JSON.stringify(body)))).toEqual({
      conversationState: {
        conversationId: 'c',
        currentMessage: {
          userInputMessage: {
            content: '"origin":"AI_EDITOR"',
            modelId: 'm',
            origin: 'KIRO_CLI',
            userInputMessageContext: { tools: [], envState: ENVIRONMENT },
          },
        },
        history: [
          { userInputMessage: { content: 'a', origin: 'KIRO_CLI' } },
          { assistantResponseMessage: { content: 'modelId', toolUses: [{ input: { origin: 'AI_EDITOR' } }] } },
          { userInputMessage: { content: 'b', origin: 'KIRO_CLI' } },
        ],
      },
      profileArn: 'arn',
    });
  });

  it.each([
    [
      'no context',
      '{"userInputMessage":{"content":"a"}}',
      { content: 'a', userInputMessageContext: { envState: ENVIRONMENT } },
    ],
    [
      'an empty context',
      '{"userInputMessage":{"userInputMessageContext":{ }}}',
      { userInputMessageContext: { envState: ENVIRONMENT } },
    ],
    [
      'an environment of its own',
      '{"userInputMessage":{"userInputMessageContext":{"envState":{"operatingSystem":"x"}}}}',
      { userInputMessageContext: { envState: { operatingSystem: 'x' } } },
    ],
    ['nothing', '{"userInputMessage":{}}', { userInputMessageContext: { envState: ENVIRONMENT } }],
  ])('a message with %s', (_name, message, expected) => {
    const text = transform(`{"conversationState":{"currentMessage":${message}}}`);

    expect(JSON.parse(text)).toMatchObject({ conversationState: { currentMessage: { userInputMessage: expected } } });
  });

  it('keeps every other byte', () => {
    const history = '[ {"userInputMessage" : { "modelId" : "m" , "n":12345678901234567890, "x":1.0}} ]';

    expect(transform(`{"conversationState":{ "history":${history} ,"agentContinuationId" : "x" }}`)).toBe(
      '{"conversationState":{ "history":[ {"userInputMessage" : {  "n":12345678901234567890, "x":1.0}} ]  }}',
    );
  });

  it.each(['', '[]', '{"conversationState":7}', '{"messages":[]}', '{"conversationState":{"history":[1,{}]}}'])(
    'leaves %j as it is',
    (text) => {
      expect(transform(text)).toBe(text);
    },
  );
});
