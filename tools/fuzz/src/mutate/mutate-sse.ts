import type { Random } from '../random.js';
import { mutateItems } from './mutate-items.js';
import { mutateJson } from './mutate-json.js';

const EVENT_NAMES = ['error', 'ping', 'message', 'message_stop', 'content_block_delta', 'response.completed', ''];

/** A stream of server-sent events with events, their names and their JSON changed, and perhaps spelt in another way. */
export function mutateSse(stream: Buffer, others: readonly Buffer[], random: Random): Buffer {
  const events = mutateItems(
    eventsOf(stream),
    { others: others.length === 0 ? [] : eventsOf(random.pick(others)), change: (event) => changeEvent(event, random) },
    random,
  );
  return Buffer.from(respelt(`${events.join('\n\n')}\n\n`, random));
}

function eventsOf(stream: Buffer): readonly string[] {
  return stream
    .toString()
    .split('\n\n')
    .filter((event) => event !== '');
}

function changeEvent(event: string, random: Random): string {
  if (random.oneIn(12)) return event.replace(/^event: .*$/m, () => `event: ${random.pick(EVENT_NAMES)}`);
  return event.replace(/^data: (.*)$/m, (_line, json: string) => `data: ${mutateJson(json, random)}`);
}

function respelt(text: string, random: Random): string {
  switch (random.below(12)) {
    case 0:
      return text.replaceAll('\n', '\r\n');
    case 1:
      return text.replaceAll('\n', '\r');
    case 2:
      return text.replaceAll(': ', ':');
    case 3:
      return `\ufeff${text}`;
    case 4:
      return text.replaceAll('\n\n', '\n\n: alive\n\nid: 1\nretry: 5\n\n');
    case 5:
      return text.slice(0, -1 - random.below(20));
    default:
      return text;
  }
}
