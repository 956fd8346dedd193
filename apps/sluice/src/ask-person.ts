import { createInterface } from 'node:readline';

/** Nobody answers: the input has ended. */
export class InputEndedError extends Error {
  override readonly name = 'InputEndedError';

  constructor() {
    super('The input has ended.');
  }
}

/**
 * Asks for one line. The line editor stays out of it, so that Ctrl-C still ends the command.
 * @throws InputEndedError; the signal's reason
 */
export function askPerson(
  question: string,
  signal: AbortSignal,
  { input, output }: { readonly input: NodeJS.ReadableStream; readonly output: NodeJS.WritableStream } = {
    input: process.stdin,
    output: process.stdout,
  },
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const lines = createInterface({ input, terminal: false });
    const giveUp = (): void => {
      reject(signal.reason);
      lines.close();
    };
    signal.addEventListener('abort', giveUp, { once: true });
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('close', () => {
      signal.removeEventListener('abort', giveUp);
      reject(new InputEndedError()); // says nothing where a line has come
    });
    output.write(question);
  });
}
