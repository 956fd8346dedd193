import { GatewayError, type CanonicalEvent, type CanonicalRequest, type CanonicalResponse } from '@sluice/core';
import type { AnswerRepair } from '@sluice/translator-kit';
import { answers, fails, hangs, refuses, streams, type Turn } from './__fixtures__/scripted-provider.js';
import { SpokenDecoder, spokenUpstream, type SpokenUpstream } from './__fixtures__/spoken-format.js';
import { translatedWorld, type TranslatedWorldOptions } from './__fixtures__/translated-world.js';

const NOTE = { role: 'user', content: [{ type: 'text', text: 'Do it better.' }] } as const;

/** Answers whose end says `flaw` are asked for once more. */
const repair: AnswerRepair = {
  flawOf: (extensions) => (extensions?.['spoken']?.['flaw'] === true ? 'cut-call' : undefined),
  askAgain: (_response, request) => ({ ...request, messages: [...request.messages, NOTE] }),
};

const said = (text: string, output: number, extensions?: CanonicalResponse['extensions']): CanonicalResponse => ({
  id: 'r',
  model: 'm',
  content: [{ type: 'text', text }],
  finishReason: { unified: extensions === undefined ? 'stop' : 'length' },
  usage: { input: 10, output, source: 'upstream' },
  ...(extensions !== undefined && { extensions }),
});
const flawed = (text: string, output: number) => answers(said(text, output, { spoken: { flaw: true } }));
const good = (text: string, output: number) => answers(said(text, output));

function upstreamWith(given: AnswerRepair = repair): SpokenUpstream {
  const upstream = spokenUpstream();
  Object.assign(upstream.upstream.translation, { repair: given });
  return upstream;
}

function worldOf(turns: readonly Turn[], options: TranslatedWorldOptions = {}) {
  return translatedWorld(turns, { stream: false, upstream: upstreamWith(), ...options });
}

describe('TranslatedAnswer, in one piece', () => {
  it('is the vendor’s second word where the first has a flaw', async () => {
    const world = worldOf([flawed('half', 3), good('whole', 5)]);

    await world.finished();

    expect(world.answer.text).toContain('whole');
    expect(world.answer).toMatchObject({ status: 200, ending: 'complete', violations: [] });
    expect(world.answer.headers).toMatchObject({ 'x-sluice-attempts': '2' });
    expect(world.exchange).toMatchObject({
      ending: 'completed',
      attempts: 2,
      flaw: { flaw: 'cut-call', outcome: 'repaired' },
      finishReason: { unified: 'stop' },
      usage: { input: 20, output: 8, source: 'upstream' },
    });
  });

  it('asks the same account, with what the model must know', async () => {
    const world = worldOf([flawed('half', 3), good('whole', 5)]);

    await world.finished();

    expect(world.vendor.asked).toEqual(['a', 'a']);
    expect(world.upstream.encoded.map(({ request }: { request: CanonicalRequest }) => request.messages)).toEqual([
      [],
      [NOTE],
    ]);
  });

  it('is the first where the second has a flaw, too, and nobody is asked a third time', async () => {
    const world = worldOf([flawed('half', 3), flawed('again half', 5)]);

    await world.finished();

    expect(world.answer.text).toContain('"half"');
    expect(world.vendor.calls).toHaveLength(2);
    expect(world.exchange).toMatchObject({
      attempts: 2,
      flaw: { outcome: 'repeated' },
      finishReason: { unified: 'length' },
      usage: { input: 20, output: 8 },
    });
  });

  it.each<[what: string, turn: Turn]>([
    ['a refusal', refuses(429, 'slow down')],
    ['an answer that makes no sense', answers({ error: 'upstream_error' })],
    ['a connection that fails', fails('upstream_unreachable')],
  ])('is the first where asking again ends with %s', async (_what, turn) => {
    const world = worldOf([flawed('half', 3), turn]);

    await world.finished();

    expect(world.answer).toMatchObject({ status: 200, ending: 'complete', violations: [] });
    expect(world.answer.text).toContain('"half"');
    expect(world.exchange).toMatchObject({
      ending: 'completed',
      attempts: 2,
      flaw: { flaw: 'cut-call', outcome: 'refused' },
      usage: { input: 10, output: 3 },
    });
    expect(world.pool.outcomes).toEqual(['success']);
  });

  it('is the first where the process stops meanwhile', async () => {
    const world = worldOf([flawed('half', 3), hangs()]);

    const running = world.finished();
    await Promise.resolve();
    while (world.vendor.calls.length < 2) await Promise.resolve();
    world.exchange.interrupt(new GatewayError({ kind: 'shutting_down', message: 'restart' }));
    await running;

    expect(world.answer.text).toContain('"half"');
    expect(world.exchange.flaw).toEqual({ flaw: 'cut-call', outcome: 'refused' });
  });

  it('costs what both calls cost where the client leaves meanwhile', async () => {
    const world = worldOf([flawed('half', 3), hangs()]);

    const running = world.finished();
    while (world.vendor.calls.length < 2) await Promise.resolve();
    world.answer.abandon();
    world.exchange.interrupt(new GatewayError({ kind: 'client_closed', message: 'gone' }));
    await running;

    expect(world.answer.violations).toEqual([]);
    expect(world.exchange.usage).toMatchObject({ input: 10, output: 3 });
  });

  it('is the first at once where another call would be one too many', async () => {
    const world = worldOf([flawed('half', 3), good('whole', 5)], { settings: { maxAttempts: 1 } });

    await world.finished();

    expect(world.vendor.calls).toHaveLength(1);
    expect(world.exchange.flaw).toEqual({ flaw: 'cut-call', outcome: 'told' });
  });

  it('is the first at once where the format has nothing to ask', async () => {
    const upstream = upstreamWith({ ...repair, askAgain: () => undefined });
    const world = worldOf([flawed('half', 3)], { upstream });

    await world.finished();

    expect(world.answer.text).toContain('half');
    expect(world.exchange).toMatchObject({ attempts: 1, flaw: { outcome: 'told' } });
  });

  it('says in the log what became of it', async () => {
    const world = worldOf([flawed('half', 3), (call) => refuses(500, `for ${call.credential.secret}`)(call)]);

    await world.finished();

    expect(world.logger.infos).toContainEqual({
      requestId: 'req_1',
      account: 'a',
      flaw: 'cut-call',
      outcome: 'refused',
      reason: 'The vendor answered 500 when it was asked again.',
    });
  });

  it('can be asked for where the client streams but gets it in one piece', async () => {
    const world = worldOf([flawed('half', 3), good('whole', 5)], { stream: true });
    world.answer.isHeldBack = true;

    await world.finished();

    expect(world.answer.text).toContain('block-delta whole');
    expect(world.answer.headers['content-type']).toContain('text/event-stream');
    expect(world.exchange.flaw).toEqual({ flaw: 'cut-call', outcome: 'repaired' });
  });
});

/** A decoder that tells of what is missing when its source has ended: `half` stands where a part was cut off. */
class CuttingDecoder extends SpokenDecoder {
  #isCut = false;

  override push(frame: Parameters<SpokenDecoder['push']>[0], emit: (event: CanonicalEvent) => void): void {
    if (frame.kind === 'sse' && frame.data === 'half') this.#isCut = true;
    else super.push(frame, emit);
  }

  override finish(emit: (event: CanonicalEvent) => void): void {
    if (!this.#isCut) return super.finish(emit);
    emit({ type: 'block-delta', index: 0, delta: 'half' });
    emit({ type: 'block-end', index: 0 });
    emit({ type: 'response-end', finishReason: { unified: 'length' }, extensions: { spoken: { flaw: true } } });
  }
}

function streamOf(turns: readonly Turn[], options: TranslatedWorldOptions = {}) {
  const upstream = upstreamWith();
  Object.assign(upstream.upstream.translation, { createStreamDecoder: () => new CuttingDecoder() });
  return translatedWorld(turns, { upstream, ...options });
}

describe('TranslatedAnswer, as a stream', () => {
  const cut = streams('start', 'open', 'usage 3', 'half');
  const whole = streams('start', 'open', 'text whole', 'close', 'usage 5', 'end');
  const HALF = ['response-start', 'block-start', 'block-delta half', 'block-end', 'usage', 'response-end'];
  const WHOLE = ['response-start', 'block-start', 'block-delta whole', 'block-end', 'usage', 'response-end'];
  const linesOf = (text: string) => [...text.matchAll(/^data: (.*)$/gm)].map(([, line]) => line);

  it('is the vendor’s second word where nothing of the first has left', async () => {
    const world = streamOf([cut, whole]);

    await world.finished();

    expect(linesOf(world.answer.text)).toEqual(WHOLE);
    expect(world.answer).toMatchObject({ status: 200, ending: 'complete', violations: [] });
    expect(world.answer.headers).toMatchObject({ 'x-sluice-attempts': '2' });
    expect(world.exchange).toMatchObject({
      ending: 'completed',
      attempts: 2,
      flaw: { flaw: 'cut-call', outcome: 'repaired' },
      finishReason: { unified: 'stop' },
      usage: { output: 8 },
    });
    expect(world.upstream.encoded.map(({ request }) => request.messages)).toEqual([[], [NOTE]]);
  });

  it('stays as it is where a part of it has left', async () => {
    const world = streamOf([streams('start', 'open', 'text a', 'half'), whole]);

    await world.finished();

    expect(linesOf(world.answer.text)).toContain('block-delta half');
    expect(world.vendor.calls).toHaveLength(1);
    expect(world.exchange).toMatchObject({ attempts: 1, flaw: { outcome: 'told' } });
  });

  it.each<[what: string, second: Turn, outcome: string]>([
    ['is cut as well', cut, 'repeated'],
    ['is refused', refuses(429, 'slow down'), 'refused'],
    ['fails before its content', streams('start', 'error upstream_overloaded'), 'refused'],
    ['stops before its content', streams('start'), 'refused'],
  ])('is the first where the second %s', async (_what, second, outcome) => {
    const world = streamOf([cut, second]);

    await world.finished();

    expect(linesOf(world.answer.text).filter((line) => line !== 'usage')).toEqual(
      HALF.filter((line) => line !== 'usage'),
    );
    expect(world.answer).toMatchObject({ status: 200, ending: 'complete', violations: [] });
    expect(world.vendor.calls).toHaveLength(2);
    expect(world.exchange).toMatchObject({
      ending: 'completed',
      flaw: { flaw: 'cut-call', outcome },
      finishReason: { unified: 'length' },
    });
  });

  it('is the second as far as it came where that breaks behind its content', async () => {
    const world = streamOf([cut, streams('start', 'open', 'text b', 'error upstream_overloaded')]);

    await world.finished();

    expect(linesOf(world.answer.text).at(-1)).toContain('response-error upstream_overloaded');
    expect(world.exchange).toMatchObject({ ending: 'broken', attempts: 2, flaw: { outcome: 'refused' } });
  });

  it('is the second, which tells of its own flaw, where that has left in part', async () => {
    const world = streamOf([cut, streams('start', 'open', 'text b', 'half')]);

    await world.finished();

    expect(linesOf(world.answer.text)).toEqual(expect.arrayContaining(['block-delta b', 'block-delta half']));
    expect(world.exchange).toMatchObject({ ending: 'completed', attempts: 2, flaw: { outcome: 'told' } });
  });

  it('is the first at once where another call would be one too many', async () => {
    const world = streamOf([cut, whole], { settings: { maxAttempts: 1 } });

    await world.finished();

    expect(linesOf(world.answer.text)).toContain('block-delta half');
    expect(world.vendor.calls).toHaveLength(1);
    expect(world.exchange.flaw).toEqual({ flaw: 'cut-call', outcome: 'told' });
  });
});
