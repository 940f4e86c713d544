import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../../exchange/retry-after.ts';

const now = Date.parse('2026-01-05T08:00:00Z');

describe('Retry-After', () => {
  it.each([
    [undefined, undefined],
    ['120', 120_000],
    ['0', 0],
    ['Mon, 05 Jan 2026 08:01:00 GMT', 60_000],
    ['Mon, 05 Jan 2026 07:59:00 GMT', 0],
    ['soon', undefined],
    ['12345678901', undefined],
  ])('%s is %s ms', (value, expected) => {
    expect(retryAfterMs(value === undefined ? {} : { 'retry-after': value }, now)).toBe(expected);
  });
});
