import { PassThrough } from 'node:stream';
import { askPerson } from './ask-person.js';

describe('askPerson', () => {
  const streams = () => ({ input: new PassThrough(), output: new PassThrough() });
  const never = new AbortController().signal;

  it('shows the question and takes one line', async () => {
    const around = streams();
    const answer = askPerson('Code? ', never, around);
    around.input.write('abc#def\n');

    expect(await answer).toBe('abc#def');
    expect(String(around.output.read())).toBe('Code? ');
  });

  it('fails when the input ends', async () => {
    const around = streams();
    const answer = askPerson('Code? ', never, around);
    around.input.end();

    await expect(answer).rejects.toThrow('The input has ended.');
  });

  it.each(['before', 'after'])('ends with the reason of whoever gives up %s it is asked', async (moment) => {
    const giveUp = new AbortController();
    if (moment === 'before') giveUp.abort(new Error('given up'));
    const answer = askPerson('Code? ', giveUp.signal, streams());
    if (moment === 'after') giveUp.abort(new Error('given up'));

    await expect(answer).rejects.toThrow('given up');
  });
});
