import { encode, specsOf } from '../__fixtures__/encode.js';
import { functionTool } from '../__fixtures__/requests.js';

const PARAMETERS = {
  type: 'object',
  properties: {
    description: { type: 'string', description: 'd'.repeat(400), default: 'x' },
    list: { type: 'array', items: { type: 'string', enum: ['a'], description: 'e' } },
  },
  required: ['description'],
};
const BARE = {
  type: 'object',
  properties: {
    description: { type: 'string' },
    list: { type: 'array', items: { type: 'string', enum: ['a'] } },
  },
  required: ['description'],
};

function compress(toolCompressionBytes: number, description = 'Does it.') {
  const tools = [functionTool('f', PARAMETERS, description)];
  const { current, warnings } = encode({ tools }, { dialect: { toolCompressionBytes } });
  const [spec] = specsOf(current);
  return { description: spec?.description ?? '', schema: spec?.inputSchema.json, warnings };
}

describe('tools that are large together', () => {
  it.each([0, 20_480])('stay as they are at %d bytes', (bytes) => {
    expect(compress(bytes)).toEqual({ description: 'Does it.', schema: PARAMETERS, warnings: [] });
  });

  it('lose first what explains their arguments', () => {
    const { description, schema, warnings } = compress(400);

    expect(schema).toEqual(BARE);
    expect(description).toBe('Does it.');
    expect(warnings).toMatchObject([{ path: '/tools', effect: 'changed' }]);
  });

  it('lose then the ends of their descriptions', () => {
    const { description, schema } = compress(400, '🙂'.repeat(1000));
    const characters = [...description];

    expect(schema).toEqual(BARE);
    expect(description).toMatch(/^(?:🙂)+\.\.\.$/u);
    expect(characters.length).toBeGreaterThan(50);
    expect(characters.length).toBeLessThan(200);
  });

  it('keep 50 characters', () => {
    expect(compress(1, 'y'.repeat(1000)).description).toBe(`${'y'.repeat(47)}...`);
  });
});

describe('tools that write files', () => {
  const writing = (splitWrites: boolean) =>
    encode(
      { tools: [functionTool('Write'), functionTool('Edit'), functionTool('Read')] },
      { dialect: { splitWrites } },
    );

  it('are described as taking a few lines at a time', () => {
    const { current, system, warnings } = writing(true);

    expect(specsOf(current).map(({ description }) => description)).toEqual([
      expect.stringMatching(/^Does it\.\n\nLimit: .*150 lines.*50 lines/),
      expect.stringMatching(/^Does it\.\n\nLimit: .*50 lines/),
      'Does it.',
    ]);
    expect(system).toMatch(/limit of lines/);
    expect(warnings.map(({ path }) => path)).toEqual(['/tools/0', '/tools/1']);
  });

  it('are described as the client does where the account wants that', () => {
    const { current, system, warnings } = writing(false);

    expect(specsOf(current).map(({ description }) => description)).toEqual(['Does it.', 'Does it.', 'Does it.']);
    expect(system).toBe('');
    expect(warnings).toEqual([]);
  });
});

describe('tools that the service is known to refuse', () => {
  it.each([
    ['many', Array.from({ length: 121 }, (_, index) => functionTool(`f${index}`)), /more than 120 tools/],
    ['large', [functionTool('f', { type: 'object', title: 'x'.repeat(1_000_000) })], /more than 1000000 bytes/],
  ])('are reported: %s', (_name, tools, message) => {
    const { warnings } = encode({ tools }, { dialect: { maxRequestBodyBytes: 0 } });

    expect(warnings).toMatchObject([{ path: '/tools', message: expect.stringMatching(message) }]);
  });
});
