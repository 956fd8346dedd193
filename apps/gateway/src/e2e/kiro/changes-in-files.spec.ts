import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject } from '@sluice/core';
import { sendRaw } from '@sluice/testing';
import { startTestGateway, type TestGateway } from '../harness/start-test-gateway.js';
import { CLIENT_KEY } from '../harness/test-configuration.js';
import { kiroAccount } from './kiro-account.js';

const ADMIN_KEY = 'admin-secret-of-the-suite-4717';
const ONE = { id: 1, refreshToken: `aorAAAAAG1${'x'.repeat(120)}`, authMethod: 'social', unknown: { kept: true } };
const TWO = { id: 2, kiroApiKey: 'ksk_two', priority: 5, disabled: true };

describe('changes of accounts that a credentials.json of kiro-rs declares', () => {
  let test: TestGateway;
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'changes-'));
    path = join(folder, 'credentials.json');
    await writeFile(path, JSON.stringify([ONE, TWO]));
    test = await startTestGateway();
    await load();
  });
  afterEach(async () => {
    await test.stop();
    await rm(folder, { recursive: true });
  });

  async function load(): Promise<void> {
    const inline = Object.entries(kiroAccount(test.vendor.url, { credentialsFile: path }));
    await test.configure({
      apiKeys: [
        { name: 'app', key: CLIENT_KEY },
        { name: 'boss', key: ADMIN_KEY, scopes: ['admin'] },
      ],
      accounts: [Object.fromEntries(inline.filter(([name]) => name !== 'apiKey'))],
    });
  }
  async function call(method: string, place: string, body?: JsonObject): Promise<JsonObject> {
    const headers = { 'x-api-key': ADMIN_KEY };
    const url = `${test.url}/api/admin/credentials${place}`;
    return JSON.parse((await sendRaw(url, { method, headers, ...(body && { body }) })).text) as JsonObject;
  }
  const inFile = async (): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
  const states = async () =>
    ((await call('GET', ''))['credentials'] as JsonObject[]).map(({ accountId, disabled, priority }) => [
      accountId,
      disabled,
      priority,
    ]);

  it('are as the file says at first', async () => {
    expect(await states()).toEqual([
      ['kiro#1', false, 0],
      ['kiro#2', true, 5],
    ]);
  });

  it('are written into it, and what it says beside stays', async () => {
    await call('POST', '/kiro%231/disabled', { disabled: true });
    await call('POST', '/kiro%231/priority', { priority: 7 });
    await call('POST', '/kiro%232/disabled', { disabled: false });

    expect(await inFile()).toEqual([
      { ...ONE, disabled: true, priority: 7 },
      { ...TWO, disabled: false },
    ]);
    expect(await states()).toEqual([
      ['kiro#2', false, 5],
      ['kiro#1', true, 7],
    ]);
  });

  it('are there after the configuration is read again', async () => {
    await call('POST', '/kiro%232/disabled', { disabled: false });
    await load();

    expect(await states()).toContainEqual(['kiro#2', false, 5]);
  });

  it('give way to what somebody writes into the file later', async () => {
    await call('POST', '/kiro%232/disabled', { disabled: false });
    await writeFile(path, JSON.stringify([ONE, { ...TWO, disabled: true, priority: 9 }]));
    await load();

    expect(await states()).toContainEqual(['kiro#2', true, 9]);
  });

  it('count also where the file cannot be changed, which is said', async () => {
    await writeFile(path, '[{"id":');

    await call('POST', '/kiro%231/disabled', { disabled: true });

    expect(await states()).toContainEqual(['kiro#1', true, 0]);
    expect(test.logged('a change of an account could not be written into its file; it is kept here')).toMatchObject([
      { accountId: 'kiro#1', reason: expect.stringContaining('is not JSON') as string },
    ]);
    expect(await readFile(path, 'utf8')).toBe('[{"id":');
  });
});
