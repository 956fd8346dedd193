import { corsHeaders, preflightHeaders } from './cors.js';

const ORIGIN = 'https://app.example';

describe('corsHeaders', () => {
  it('says nothing to a caller that is no browser', () => {
    expect(corsHeaders(undefined, '*')).toEqual({});
  });

  it('lets every origin read, without credentials', () => {
    expect(corsHeaders(ORIGIN, '*')).toEqual({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': '*',
    });
  });

  it('names the origin where only some may read, so that caches tell them apart', () => {
    expect(corsHeaders(ORIGIN, ['https://other.example', ORIGIN])).toEqual({
      'access-control-allow-origin': ORIGIN,
      'access-control-expose-headers': '*',
      vary: 'origin',
    });
  });

  it.each(['https://app.example.evil', 'http://app.example', 'null'])('does not let %s read', (origin) => {
    expect(corsHeaders(origin, [ORIGIN])).toEqual({ vary: 'origin' });
  });
});

describe('preflightHeaders', () => {
  it('repeats the headers that the browser asks for, because * would not cover authorization', () => {
    expect(preflightHeaders(ORIGIN, 'authorization, x-api-key', '*')).toEqual({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': '*',
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
      'access-control-allow-headers': 'authorization, x-api-key',
      'access-control-max-age': '86400',
    });
  });

  it('allows a stranger nothing', () => {
    expect(preflightHeaders('https://evil.example', undefined, [ORIGIN])).not.toHaveProperty(
      'access-control-allow-origin',
    );
  });
});
