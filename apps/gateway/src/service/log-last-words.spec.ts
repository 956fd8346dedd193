import { EventEmitter } from 'node:events';
import { logLastWords } from './log-last-words.js';

describe('logLastWords', () => {
  it('logs the error that ends the process, and writes the log out', () => {
    const target = new EventEmitter();
    const written: unknown[] = [];
    const log = {
      error: (message: string, fields?: unknown) => void written.push(message, fields),
      flush: () => void written.push('flush'),
    };
    logLastWords(log, target as unknown as NodeJS.Process); // an emitter is all that is used
    const error = new Error('unforeseen');

    target.emit('uncaughtExceptionMonitor', error, 'unhandledRejection');

    expect(written).toEqual([
      'an error that nobody has caught ends the process',
      { origin: 'unhandledRejection', error },
      'flush',
    ]);
  });
});
