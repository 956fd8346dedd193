import { encode } from '../__fixtures__/encode.js';
import { assistant, user } from '../__fixtures__/requests.js';

const image = (name: string) =>
  ({ type: 'image', mediaType: 'image/png', source: { kind: 'base64', value: `${name}AA` } }) as const;
const images = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => image(`${prefix}${String.fromCharCode(65 + index)}`));

describe('images beyond ten', () => {
  it('leave a marker, the first ones first', () => {
    const { current, history, warnings } = encode({
      messages: [user('old', ...images('x', 3)), assistant('ok'), user('new', ...images('y', 9))],
    });

    expect(current.images).toHaveLength(9);
    expect(history[0]).toMatchObject({
      userInputMessage: {
        content: 'old\n[image omitted: only 10 images are sent]\n[image omitted: only 10 images are sent]',
        images: [{ source: { bytes: 'xCAA' } }],
      },
    });
    expect(warnings).toMatchObject([{ path: '/messages', effect: 'dropped' }]);
  });

  it('leave a marker in a single turn', () => {
    const { current } = encode({ messages: [user(...images('z', 11))] });

    expect(current.images?.map(({ source }) => source.bytes)).toEqual(
      images('z', 11)
        .slice(1)
        .map(({ source }) => source.value),
    );
    expect(current.content).toBe('[image omitted: only 10 images are sent]');
  });
});

describe('an image of more than ten megabytes', () => {
  it('leaves a marker', () => {
    const value = Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64');
    const large = { type: 'image', mediaType: 'image/png', source: { kind: 'base64', value } } as const;

    const { current } = encode({ messages: [user('a', large)] });

    expect(current.content).toBe('a\n[image omitted: larger than 10485760 bytes]');
    expect(current.images).toBeUndefined();
  });
});
