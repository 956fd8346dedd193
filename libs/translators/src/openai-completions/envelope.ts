import { jsonEnvelope, ScannedBodies, type Envelope, type WireCall } from '@sluice/translator-kit';

const ASKING_OPTIONS = JSON.stringify({ include_usage: true });

const bodies = new ScannedBodies(['model', 'stream', 'stream_options']);

/** Model and stream flag are members of the body; usage inside a stream comes only when it is asked for. */
export const envelope: Envelope = { ...jsonEnvelope(bodies), withUsage };

/**
 * Asks for usage where the client has no options of its own for its stream; a client that has some has thought of it.
 * @see https://platform.openai.com/docs/api-reference/completions/create
 */
function withUsage(call: WireCall): WireCall | undefined {
  const scan = bodies.scan(call.body);
  const members = bodies.read(call.body);
  if (scan === undefined || members === undefined || members['stream'] !== true) return undefined;
  if ((members['stream_options'] ?? null) !== null) return undefined;
  return { ...call, body: bodies.write(call.body, scan, 'stream_options', ASKING_OPTIONS) };
}
