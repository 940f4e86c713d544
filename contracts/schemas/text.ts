/** Instants and durations as they are written on the wire and in files. */

/** `2026-01-05T08:00:00.000Z` */
export function textOfInstant(epochMs: number): string {
  return new Date(epochMs).toISOString();
}

/** Epoch milliseconds of an RFC 3339 text; `undefined` when it is none. */
export function instantOfText(text: string): number | undefined {
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const durationParts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** ISO 8601 durations of weeks, days, hours, minutes and seconds; years and months have no fixed length. */
export function isDuration(text: string): boolean {
  return durationParts.test(text) && /\d/.test(text) && !text.endsWith('T');
}

/** Milliseconds of an ISO 8601 duration such as `PT5M` or `P1DT12H`. Throws when `isDuration` would say no. */
export function durationMsOfText(text: string): number {
  const parts = durationParts.exec(text);
  if (parts === null || !isDuration(text)) throw new Error(`not an ISO 8601 duration: ${text}`);
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as Five;
  return Math.round(weeks * 7 * day + days * day + hours * hour + minutes * minute + seconds * second);
}

/** The pattern has five groups, so the match has five parts. */
type Five = [number, number, number, number, number];

/** The shortest such text: `PT0S`, `PT90S` is written `PT1M30S`. */
export function textOfDurationMs(durationMs: number): string {
  const days = Math.floor(durationMs / day);
  const hours = Math.floor((durationMs % day) / hour);
  const minutes = Math.floor((durationMs % hour) / minute);
  const seconds = (durationMs % minute) / second;
  const date = days > 0 ? `${days}D` : '';
  const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`;
  return date === '' && time === '' ? 'PT0S' : `P${date}${time === '' ? '' : `T${time}`}`;
}
