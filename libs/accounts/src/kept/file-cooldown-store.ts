import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { GATEWAY_ERRORS, type GatewayErrorKind } from '@sluice/core';
import { replaceFile, systemErrorCode, z } from '@sluice/provider-kit';
import { CooldownStore } from './cooldown-store.js';
import type { KeptCooldown } from './kept-cooldown.js';
import { MAX_KEPT_COOLDOWNS } from './within-bounds.js';

/** A larger file is none of ours. */
export const MAX_COOLDOWN_FILE_BYTES = 1024 * 1024;
const FILE = 'cooldowns.json';
const VERSION = 1;

const keptFor = { account: z.string(), model: z.string().exactOptional(), untilMs: z.number() };
const keptRest = z.object({
  type: z.literal('rest'),
  ...keptFor,
  isTold: z.boolean(),
  throttlings: z.int().nonnegative(),
  notedAtMs: z.number(),
  kind: z.custom<GatewayErrorKind>((value) => typeof value === 'string' && Object.hasOwn(GATEWAY_ERRORS, value)),
  message: z.string(),
  status: z.int().exactOptional(),
});
const keptLowLimit = z.object({ type: z.literal('low'), ...keptFor });
const cooldownFile = z.object({
  version: z.literal(VERSION),
  cooldowns: z.array(z.discriminatedUnion('type', [keptRest, keptLowLimit])).max(MAX_KEPT_COOLDOWNS),
});

/** Cooldowns as `cooldowns.json` in the data directory, for its owner alone; replaced as a whole. */
export class FileCooldownStore extends CooldownStore {
  readonly #file: string;

  /** @param directory made when something is kept */
  constructor(private readonly directory: string) {
    super();
    this.#file = join(directory, FILE);
  }

  /** @throws Error naming the file, when it cannot be read as what it should be */
  async load(): Promise<readonly KeptCooldown[]> {
    try {
      if ((await stat(this.#file)).size > MAX_COOLDOWN_FILE_BYTES) throw new Error('it is too large');
      return cooldownFile.parse(JSON.parse(await readFile(this.#file, 'utf8'))).cooldowns;
    } catch (cause) {
      if (systemErrorCode(cause) === 'ENOENT') return [];
      throw new Error(`${this.#file} cannot be read.`, { cause });
    }
  }

  async save(cooldowns: readonly KeptCooldown[]): Promise<void> {
    await mkdir(this.directory, { recursive: true, mode: 0o700 });
    await replaceFile(this.#file, `${JSON.stringify({ version: VERSION, cooldowns })}\n`);
  }
}
