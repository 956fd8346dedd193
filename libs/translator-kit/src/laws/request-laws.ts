import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CanonicalRequest } from '@sluice/core';
import type { WireCall } from '../wire-call.js';
import type { ClientTranslation, UpstreamTranslation } from '../wire-format.js';
import { deepFreeze } from './deep-freeze.js';
import { parseObject, type FormatUnderLaw } from './format-under-law.js';
import { demandingRequests } from './generators/demanding-requests.js';
import { requests } from './generators/requests.js';
import type { LawRunner } from './law-subject.js';
import { countProbes, hasPointer, objectPointers, withProbe } from './probe-members.js';

/** What holds for requests: of samples in both directions, of generated ones from the canonical side. */
export function describeRequestLaws(law: FormatUnderLaw, runner: LawRunner): void {
  const { client, upstream, subject } = law;
  for (const [name, call] of Object.entries(subject.requests ?? {})) {
    if (client === undefined) continue;
    runner.describe(`request ${name}`, () => {
      describeDecoding(client, call, runner);
      if (upstream !== undefined) describeRoundTrip({ law, client, upstream, call }, runner);
    });
  }
  if (upstream !== undefined) describeGenerated(law, upstream, runner);
}

function describeDecoding(client: ClientTranslation, call: WireCall, { it }: LawRunner): void {
  it('is pure and deterministic: decoding leaves the bytes and repeats itself', () => {
    const before = Buffer.from(call.body);

    const first = client.decodeRequest(Object.freeze({ ...call }));

    assert.ok(call.body.equals(before), 'the body was written to');
    assert.deepEqual(client.decodeRequest(call), first);
  });
}

interface RoundTrip {
  readonly law: FormatUnderLaw;
  readonly client: ClientTranslation;
  readonly upstream: UpstreamTranslation;
  readonly call: WireCall;
}

function describeRoundTrip({ law, client, upstream, call }: RoundTrip, { it }: LawRunner): void {
  const again = (body: Buffer): WireCall => law.encodeRequest(upstream, client.decodeRequest({ ...call, body })).call;

  it('is lossless: what was decoded is encoded as it was, without warnings', () => {
    const { call: encoded, warnings } = law.encodeRequest(upstream, client.decodeRequest(call));

    assert.deepEqual(law.comparableRequest(encoded.body), law.comparableRequest(call.body));
    assert.deepEqual(warnings, []);
    assert.deepEqual(client.decodeRequest({ ...call, body: encoded.body }), client.decodeRequest(call));
  });

  it('is lossless: unknown members survive wherever they stand', () => {
    const document = parseObject(call.body);
    const lost = objectPointers(document)
      .filter((pointer) => law.subject.isClosed?.(pointer) !== true)
      .filter((pointer) => {
        const body = Buffer.from(JSON.stringify(withProbe(document, pointer)));
        return countProbes(parseObject(again(body).body)) !== 1;
      });

    assert.deepEqual(lost, []);
  });
}

function describeGenerated(law: FormatUnderLaw, upstream: UpstreamTranslation, runner: LawRunner): void {
  const check = (property: (request: CanonicalRequest, body: Buffer) => void): void => {
    fc.assert(
      fc.property(requests, (request) => {
        const encoded = law.tryEncodeRequest(upstream, deepFreeze(request));
        fc.pre(encoded !== undefined);
        property(request, encoded.call.body);
      }),
      { numRuns: law.numRuns },
    );
  };

  runner.describe('any request', () => {
    runner.it('is encoded purely and deterministically: frozen, and twice to the same bytes', () => {
      check((request, body) => {
        assert.equal(law.encodeRequest(upstream, structuredClone(request)).call.body.toString(), body.toString());
      });
    });

    const { client } = law;
    if (client === undefined) return;
    runner.it('is stable: decoded and encoded again it is the same bytes', () => {
      check((request, body) => {
        const { call } = law.encodeRequest(upstream, request);
        const decoded = client.decodeRequest({ ...call, body });

        assert.equal(law.encodeRequest(upstream, decoded).call.body.toString(), body.toString());
      });
    });
  });

  runner.describe('any request that asks for too much', () => {
    runner.it('is reported on where it can be found: warnings point into the canonical request', () => {
      fc.assert(
        fc.property(demandingRequests, (request) => {
          const { warnings } = law.tryEncodeRequest(upstream, deepFreeze(request)) ?? { warnings: [] };
          const astray = warnings.map(({ path }) => path).filter((path) => !hasPointer(request, path));

          assert.deepEqual(astray, []);
        }),
        { numRuns: law.numRuns },
      );
    });
  });
}
