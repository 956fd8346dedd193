import { EventEmitter } from 'node:events';
import { onHangup } from './on-hangup.js';

describe('onHangup', () => {
  const listenTo = (hasLostTerminal: boolean) => {
    const target = new EventEmitter();
    const done: string[] = [];
    const end = onHangup(
      { reload: () => void done.push('reload'), stop: () => void done.push('stop') },
      { target: target as unknown as NodeJS.Process, hasLostTerminal: () => hasLostTerminal }, // an emitter is all that is used
    );
    return { target, done, end };
  };

  it('reloads, every time', () => {
    const { target, done } = listenTo(false);

    target.emit('SIGHUP');
    target.emit('SIGHUP');

    expect(done).toEqual(['reload', 'reload']);
  });

  it('stops when the terminal of the process has been closed', () => {
    const { target, done } = listenTo(true);

    target.emit('SIGHUP');

    expect(done).toEqual(['stop']);
  });

  it('leaves the signal alone when it has ended', () => {
    const { target, end } = listenTo(false);

    end();

    expect(target.listenerCount('SIGHUP')).toBe(0);
  });
});
