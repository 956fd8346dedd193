import { exchangeOf } from './__fixtures__/exchange-of.js';
import { scriptFormat } from './__fixtures__/script-format.js';
import { ModelEcho } from './model-echo.js';

const echo = () => new ModelEcho('mein "Modell"', scriptFormat.observe.modelSpans!);
const inStream = (...chunks: readonly string[]) => {
  const echoing = echo();
  return chunks.map((chunk) => echoing.inStream(Buffer.from(chunk)).toString()).join('');
};

describe('ModelEcho', () => {
  describe('of', () => {
    it('is there only when the settings ask for it and the format can', () => {
      const { exchange } = exchangeOf({ settings: { echoModel: true } });
      const without = { ...scriptFormat.observe };
      delete without.modelSpans;

      expect(ModelEcho.of(exchange, scriptFormat.observe)).toBeInstanceOf(ModelEcho);
      expect(ModelEcho.of(exchange, without)).toBeUndefined();
      expect(ModelEcho.of(exchangeOf().exchange, scriptFormat.observe)).toBeUndefined();
    });

    it.each([
      ['looks for it and asked for another name', true, 'vendor-model', true],
      ['looks for it and asked for the vendor’s name', true, 'client-model', false],
      ['does not look for it', false, 'vendor-model', false],
    ])('is there by itself where the client %s', (_what, looksForItsModel, upstreamModel, isThere) => {
      const format = { ...scriptFormat, client: { ...scriptFormat.client, looksForItsModel } };
      const { exchange } = exchangeOf({ settings: { echoModel: 'auto' }, format });
      exchange.attempt = { provider: 'p', accountId: 'a', upstreamModel, upstreamFormat: format.id };

      expect(ModelEcho.of(exchange, scriptFormat.observe) !== undefined).toBe(isThere);
    });
  });

  describe('inBody', () => {
    it('changes the model and no other byte', () => {
      const body = Buffer.from('{ "n" : 12345678901234567890, "model":"gpt-4o-2024", "x":{"model":"inner"}}\n');

      expect(echo().inBody(body).toString()).toBe(
        '{ "n" : 12345678901234567890, "model":"mein \\"Modell\\"", "x":{"model":"inner"}}\n',
      );
    });

    it('reads past a byte order mark', () => {
      expect(echo().inBody(Buffer.from('\uFEFF{"model":"m"}')).toString()).toBe('\uFEFF{"model":"mein \\"Modell\\""}');
    });

    it.each([
      '{"model":"mein \\"Modell\\""}',
      '{"model":null}',
      '{"model":""}',
      '{"id":1}',
      '{"model":"cut',
      'html',
      '',
    ])('leaves %j as the very same bytes', (text) => {
      const body = Buffer.from(text);

      expect(echo().inBody(body)).toBe(body);
    });
  });

  describe('inStream', () => {
    const NAMED = '{"model":"mein \\"Modell\\""}';

    it('changes the model of each event and no other byte', () => {
      const events =
        'event: a\ndata: {"model":"m"}\n\n: comment {"model":"m"}\r\ndata:{"model":"n"}\r\n\r\ndata: [DONE]\n\n';

      expect(inStream(events)).toBe(
        `event: a\ndata: ${NAMED}\n\n: comment {"model":"m"}\r\ndata:${NAMED}\r\n\r\ndata: [DONE]\n\n`,
      );
    });

    it('hands on chunks without a model as they are', () => {
      const chunk = Buffer.from('data: {"delta":"data: x"}\n\n');

      expect(echo().inStream(chunk)).toBe(chunk);
    });

    it('does not take content for an event', () => {
      const events = 'data: {"text":"data: {\\"model\\":\\"m\\"}"}\n\n';

      expect(inStream(events)).toBe(events);
    });

    it('leaves the rest of an event alone that began in an earlier chunk', () => {
      const rest = 'data: {"model":"m"}"}\n\n';

      expect(inStream('data: {"text":"', rest, 'data: {"model":"m"}\n\n')).toBe(
        `data: {"text":"${rest}data: ${NAMED}\n\n`,
      );
    });

    it('changes nothing but whole lines, wherever the bytes are cut', () => {
      const events = 'data: {"model":"m","text":"é"}\n\ndata: {"id":1}\n\n';

      for (const chunks of [events, ...events].map((_, at) => [events.slice(0, at), events.slice(at)])) {
        expect([events, events.replace('"m"', '"mein \\"Modell\\""')]).toContain(inStream(...chunks));
      }
    });
  });
});
