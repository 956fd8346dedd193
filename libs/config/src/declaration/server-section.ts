import { z } from 'zod';
import { BODY_TIMEOUT_MS, DRAIN_TIMEOUT_MS, KEEP_ALIVE_TIMEOUT_MS, STREAM_KEEP_ALIVE_MS } from './defaults.js';
import { byteSize, flag, milliseconds, wholeNumber } from './number-settings.js';
import { hot, restart } from './setting.js';
import { addressBlock, corsOrigin, text } from './text-settings.js';

const BODY_BYTES = { min: 1_024, max: 1_073_741_824 };

/** Where and how clients are served. */
export const serverSection = z
  .strictObject({
    host: restart(text().default('127.0.0.1'), 'The address to listen on; 0.0.0.0 or :: = every interface.', {
      environment: 'SLUICE_HOST',
      flag: 'host',
    }),
    port: restart(wholeNumber({ min: 0, max: 65_535 }).default(8_000), 'The port to listen on; 0 = any free one.', {
      environment: 'SLUICE_PORT',
      flag: 'port',
    }),
    allowUnauthenticated: hot(
      flag().default(false),
      'Serve anyone, without a client key. Only for a machine that nobody else reaches.',
      { flag: 'allowUnauthenticated' },
    ),
    maxBodyBytes: hot(
      byteSize(BODY_BYTES).prefault('32MiB'),
      'The largest request body, in bytes or with a unit; a larger one is answered with 413.',
    ),
    bodyTimeoutMs: hot(
      milliseconds().default(BODY_TIMEOUT_MS),
      'How long a request body may take to arrive, in milliseconds.',
    ),
    trustedProxies: hot(
      z.array(addressBlock()).default([]),
      'Addresses or CIDR blocks of reverse proxies whose X-Forwarded-For is believed.',
    ),
    forwardAdminPaths: hot(
      flag().default(false),
      'Pass on paths that administer an account at its vendor (/v1/organization, /v1/admin …), to anyone with a client key.',
    ),
    cors: z
      .strictObject({
        origins: hot(
          z.union([z.literal('*'), z.array(corsOrigin())]).default('*'),
          'Which web origins may call the inference routes: * = every one, never with credentials.',
        ),
      })
      .prefault({}),
    tls: z
      .strictObject({
        certFile: hot(
          text(),
          'The certificate of the listener, PEM; a relative path counts from the folder of this file.',
        ),
        keyFile: hot(text(), 'Its private key, PEM, without a passphrase.'),
        caFile: hot(text().optional(), 'Certificates between it and one that clients know, PEM; sent after it.', {
          defaultText: 'none, or they stand in certFile',
        }),
      })
      .optional(),
    drainTimeoutMs: hot(
      milliseconds(0).default(DRAIN_TIMEOUT_MS),
      'How long open answers may take to finish after a stop, in milliseconds.',
      { flag: 'shutdownTimeout' },
    ),
    keepAlive: z
      .strictObject({
        streamMs: hot(
          milliseconds(0).default(STREAM_KEEP_ALIVE_MS),
          'After so much silence a client that streams is sent a comment or a ping, in milliseconds; 0 = never. ' +
            'From the first one on the status is 200, and a failure is an event.',
        ),
        wholeMs: hot(
          milliseconds(0).default(0),
          'After so much silence a client that waits for a whole answer is sent a blank line, in milliseconds; 0 = never. ' +
            'From the first one on the status is 200, also in front of an error.',
        ),
      })
      .prefault({}),
    keepAliveTimeoutMs: hot(
      milliseconds().default(KEEP_ALIVE_TIMEOUT_MS),
      "How long an idle client connection stays open, in milliseconds; longer than a load balancer's own.",
    ),
  })
  .prefault({});
