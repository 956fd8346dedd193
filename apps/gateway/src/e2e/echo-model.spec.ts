import { byteCuts, sendRaw } from '@sluice/testing';
import { FORMAT_CLIENTS } from './harness/format-client.js';
import { startTestGateway, type TestGateway } from './harness/start-test-gateway.js';
import { ownAnswers, replaying } from './harness/vendor-answers.js';

/** A name that JSON has to escape. */
const ALIAS = 'das-"schnelle"';

describe.each(FORMAT_CLIENTS)('the model that an answer names ($format)', (client) => {
  let test: TestGateway;
  beforeAll(async () => {
    test = await startTestGateway();
  });
  afterEach(() => test.checkAfterTest());
  afterAll(() => test.stop());

  const answers = ownAnswers(client.format).filter(({ mode }) => mode !== 'error');
  const account = client.format === 'openai-chat' ? 'chat' : 'claude';
  const configure = (echoModel: boolean | 'auto'): Promise<void> =>
    test.configure({ echoModel, models: [{ alias: ALIAS, targets: [`${account}/${client.model}`] }] });

  it.each(client.format === 'anthropic-messages' ? ([false] as const) : ([false, 'auto'] as const))(
    'is the vendor’s with echoModel %s',
    async (echoModel) => {
      await configure(echoModel);
      for (const answer of answers) {
        test.vendor.next(replaying(answer, [answer.body]));
        const reply = await sendRaw(test.url + client.path, {
          headers: client.headers,
          body: client.body({
            model: ALIAS,
            stream: answer.mode === 'stream',
            stream_options: { include_usage: true },
          }),
        });
        expect({ id: answer.id, text: reply.text }).toEqual({ id: answer.id, text: answer.body.toString() });
      }
    },
  );

  // by itself only for clients that rely on it
  const wanted = client.format === 'anthropic-messages' ? (['auto', true] as const) : ([true] as const);
  const cuts = [
    ['whole', byteCuts.whole],
    ['in pieces', byteCuts.random(5)],
  ] as const;
  it.each(wanted.flatMap((echoModel) => cuts.map(([name, cut]) => ({ name, cut, echoModel }))))(
    'is the client’s with echoModel $echoModel, and nothing else differs ($name)',
    async ({ cut, echoModel }) => {
      await configure(echoModel);
      for (const answer of answers) {
        test.vendor.next(replaying(answer, cut(answer.body)));
        const reply = await sendRaw(test.url + client.path, {
          headers: client.headers,
          body: client.body({
            model: ALIAS,
            stream: answer.mode === 'stream',
            stream_options: { include_usage: true },
          }),
        });
        const expected = answer.body.toString().replaceAll(`"${client.model}"`, JSON.stringify(ALIAS));
        expect({ id: answer.id, text: reply.text }).toEqual({ id: answer.id, text: expected });
      }
    },
  );
});
