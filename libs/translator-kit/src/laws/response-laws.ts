import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JsonObject } from '@sluice/core';
import type { ClientTranslation, UpstreamTranslation } from '../wire-format.js';
import { parseObject, type FormatUnderLaw } from './format-under-law.js';
import { responses } from './generators/responses.js';
import type { LawRunner } from './law-subject.js';
import { countProbes, objectPointers, withProbe } from './probe-members.js';

/** What holds for whole answers: of samples from the vendor's side, of generated ones from the canonical side. */
export function describeResponseLaws(law: FormatUnderLaw, runner: LawRunner): void {
  const { client, upstream, subject } = law;
  for (const [name, body] of Object.entries(subject.responses ?? {})) {
    if (upstream === undefined) continue;
    runner.describe(`response ${name}`, () => {
      describeDecoding({ law, upstream, body }, runner);
      if (client !== undefined) describeRoundTrip({ law, client, upstream, body }, runner);
    });
  }
  if (client !== undefined) describeGenerated(law, client, runner);
}

interface Decoding {
  readonly law: FormatUnderLaw;
  readonly upstream: UpstreamTranslation;
  readonly body: Buffer;
}

function describeDecoding({ law, upstream, body }: Decoding, { it }: LawRunner): void {
  it('is pure and deterministic: decoding leaves the bytes and repeats itself', () => {
    const before = Buffer.from(body);

    const first = law.decodeResponse(upstream, body);

    assert.ok(body.equals(before), 'the body was written to');
    assert.deepEqual(law.decodeResponse(upstream, body), first);
  });
}

function describeRoundTrip(
  { law, client, upstream, body }: Decoding & { readonly client: ClientTranslation },
  { it }: LawRunner,
): void {
  const again = (bytes: Buffer): JsonObject => law.encodeResponse(client, law.decodeResponse(upstream, bytes));

  it('is lossless: what was decoded is encoded as it was', () => {
    const encoded = again(body);

    assert.deepEqual(law.comparableResponse(encoded), law.comparableResponse(parseObject(body)));
    assert.deepEqual(law.decodeResponse(upstream, bytesOf(encoded)), law.decodeResponse(upstream, body));
  });

  it('is lossless: unknown members survive wherever they stand', () => {
    const document = parseObject(body);
    const lost = objectPointers(document)
      .filter((pointer) => law.subject.isClosed?.(pointer) !== true)
      .filter((pointer) => countProbes(again(bytesOf(withProbe(document, pointer)))) !== 1);

    assert.deepEqual(lost, []);
  });
}

function describeGenerated(law: FormatUnderLaw, client: ClientTranslation, runner: LawRunner): void {
  runner.describe('any response', () => {
    runner.it('is encoded purely and deterministically: frozen, and twice to the same bytes', () => {
      fc.assert(
        fc.property(responses, (response) => {
          const first = JSON.stringify(law.encodeResponse(client, response));

          assert.equal(JSON.stringify(law.encodeResponse(client, structuredClone(response))), first);
        }),
        { numRuns: law.numRuns },
      );
    });

    const { upstream } = law;
    if (upstream === undefined) return;
    runner.it('is stable: decoded and encoded again it is the same bytes', () => {
      fc.assert(
        fc.property(responses, (response) => {
          const encoded = bytesOf(law.encodeResponse(client, response));
          const again = law.encodeResponse(client, law.decodeResponse(upstream, encoded));

          assert.equal(JSON.stringify(again), encoded.toString());
        }),
        { numRuns: law.numRuns },
      );
    });
  });
}

function bytesOf(body: JsonObject): Buffer {
  return Buffer.from(JSON.stringify(body));
}
