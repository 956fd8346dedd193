import { z } from 'zod';
import { FETCH_MEDIA_TIMEOUT_MS, FETCHED_MEDIA_SIZE } from './defaults.js';
import { byteSize, flag, milliseconds } from './number-settings.js';
import { hot } from './setting.js';
import { text } from './text-settings.js';

const BYTES = { min: 1_024, max: 104_857_600 };

/** How the gateway gets what clients name by address, for vendors that take bytes only. */
export const fetchMediaSection = z
  .strictObject({
    enabled: hot(
      flag().default(true),
      'Fetch images and documents that a request names by address, where its vendor takes bytes only; never for accounts behind a proxy.',
    ),
    maxBytes: hot(
      byteSize(BYTES).prefault(FETCHED_MEDIA_SIZE),
      'The largest of them, in bytes or with a unit; the model is told the address of a larger one in words.',
    ),
    timeoutMs: hot(milliseconds().default(FETCH_MEDIA_TIMEOUT_MS), 'How long one may take, in milliseconds.'),
    allowHttp: hot(flag().default(false), 'Fetch plain http addresses too.'),
    hosts: hot(
      z.array(text()).optional(),
      'The only hosts that are fetched from; *.example.com stands for everything below example.com.',
      { defaultText: 'every public host' },
    ),
    privateHosts: hot(
      z.array(text()).default([]),
      'Hosts that are fetched from although their addresses are not public, by their exact names.',
    ),
  })
  .prefault({});
