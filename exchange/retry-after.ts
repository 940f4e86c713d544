/** How long whoever answers wants to be left alone. */
import type { Instant } from '../kernel/kernel.ts';
import type { Headers } from './message.ts';

/** The header Retry-After, in seconds or as a date (RFC 9110, 10.2.3); `undefined` when it is absent, or neither. */
export function retryAfterMs(headers: Headers, now: Instant): number | undefined {
  const value = headers['retry-after'];
  if (value === undefined) return undefined;
  if (/^\d{1,9}$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
