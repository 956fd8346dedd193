import assert from 'node:assert/strict';
import { Cancellation } from '@sluice/streaming';
import type { Account, Credential, Transport } from '../account.js';
import type { Provider, UpstreamCall } from '../provider.js';
import { UpstreamHttp } from '../http/upstream-http.js';
import type { ConformanceCase } from './conformance-case.js';
import { ScriptedVendor, type VendorScript } from './scripted-vendor.js';

/** Long enough for a busy machine; no test waits for one of them. */
const TRANSPORT: Transport = { timeouts: { connectMs: 30_000, firstByteMs: 30_000, idleMs: 30_000 } };

/** Not canonical on purpose: parsing and re-serialising would change every part of it. */
const BODY = Buffer.from('{ "model" : "m", "seed": 12345678901234567890,\n "top_p":1.0, "text": "\\u00e4 é 🙂" }');

/** A provider, an account and the vendor it talks to. */
export interface ConformanceBench {
  readonly vendor: ScriptedVendor;
  readonly provider: Provider;
  readonly account: Account;
  readonly credential: Credential;
  call(changes?: Partial<UpstreamCall>): UpstreamCall;
}

/** Sets the bench up, runs the test and takes everything down. */
export async function withBench(
  subject: ConformanceCase,
  script: VendorScript,
  test: (bench: ConformanceBench) => Promise<void>,
): Promise<void> {
  const http = new UpstreamHttp();
  const vendor = await ScriptedVendor.open(script);
  try {
    await test(createBench(subject, http, vendor));
  } finally {
    await http.destroy();
    await vendor.close();
  }
}

function createBench(subject: ConformanceCase, http: UpstreamHttp, vendor: ScriptedVendor): ConformanceBench {
  const provider = subject.create(http);
  const { descriptor } = provider;
  const settings = descriptor.settings.parse(subject.settings(vendor.origin));
  const credential = subject.credential ?? descriptor.readCredential?.(settings);
  assert.ok(credential, 'the case gives no credential and the descriptor reads none from the settings');
  const account: Account = { id: 'conformance', provider: descriptor.id, settings, headers: {}, transport: TRANSPORT };
  const format = subject.format ?? provider.formats(subject.model, account)[0];
  assert.ok(format, 'the provider names no format for the model');
  return {
    vendor,
    provider,
    account,
    credential,
    call: (changes) => ({
      account,
      credential,
      format,
      model: subject.model,
      stream: false,
      query: '',
      body: BODY,
      headers: {},
      cancellation: new Cancellation(),
      ...changes,
    }),
  };
}
