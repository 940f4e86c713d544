/** Instants and durations as they are written on the wire and in files. */

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** The last instant and the last day that were written: time stands while much is written, and mostly within a day. */
let latest = { epochMs: Number.NaN, text: '' };
let latestDay = { number: Number.NaN, text: '' };

/** `2026-01-05T08:00:00.000Z` */
export function textOfInstant(epochMs: number): string {
  if (latest.epochMs !== epochMs) latest = { epochMs, text: writtenInstant(epochMs) };
  return latest.text;
}

/** As `toISOString` writes it, which takes five times as long. */
function writtenInstant(epochMs: number): string {
  const number = Math.floor(epochMs / dayMs);
  if (latestDay.number !== number) latestDay = { number, text: new Date(epochMs).toISOString().slice(0, -13) };
  const ofDay = epochMs - number * dayMs;
  const seconds = Math.floor(ofDay / secondMs);
  const minutes = Math.floor(seconds / 60);
  const ms = ofDay % secondMs;
  return inOnePiece(
    latestDay.text,
    twoDigits[Math.floor(minutes / 60)] ?? '',
    ':',
    twoDigits[minutes % 60] ?? '',
    ':',
    twoDigits[seconds % 60] ?? '',
    ms === 0 ? '.000Z' : `.${String(ms).padStart(3, '0')}Z`,
  );
}

const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** Epoch milliseconds of an RFC 3339 text; `undefined` when it is none. */
export function instantOfText(text: string): number | undefined {
  const epochMs = Date.parse(text);
  return Number.isNaN(epochMs) ? undefined : epochMs;
}

const durationParts = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d{1,3})?)S)?)?$/;

/** ISO 8601 durations of weeks, days, hours, minutes and seconds; years and months have no fixed length. */
export function isDuration(text: string): boolean {
  return durationParts.test(text) && /\d/.test(text) && !text.endsWith('T');
}

/** Milliseconds of an ISO 8601 duration such as `PT5M` or `P1DT12H`. Throws when `isDuration` would say no. */
export function durationMsOfText(text: string): number {
  const parts = durationParts.exec(text);
  if (parts === null || !isDuration(text)) throw new Error(`not an ISO 8601 duration: ${text}`);
  const [weeks, days, hours, minutes, seconds] = parts.slice(1).map((part) => Number(part ?? 0)) as Five; // one for each group
  return Math.round(weeks * 7 * dayMs + days * dayMs + hours * hourMs + minutes * minuteMs + seconds * secondMs);
}

type Five = [number, number, number, number, number];

/** The shortest such text: `PT0S`, `PT90S` is written `PT1M30S`. */
export function textOfDurationMs(durationMs: number): string {
  const days = Math.floor(durationMs / dayMs);
  const hours = Math.floor((durationMs % dayMs) / hourMs);
  const minutes = Math.floor((durationMs % hourMs) / minuteMs);
  const seconds = (durationMs % minuteMs) / secondMs;
  const date = days > 0 ? `${days}D` : '';
  const time = `${hours > 0 ? `${hours}H` : ''}${minutes > 0 ? `${minutes}M` : ''}${seconds > 0 ? `${seconds}S` : ''}`;
  return date === '' && time === '' ? 'PT0S' : `P${date}${time === '' ? '' : `T${time}`}`;
}

/**
 * A text in one piece. The runtime keeps `a + b` as two pieces, and one such text anywhere in a message makes writing the
 * whole message as JSON take more than twice as long.
 */
export function inOnePiece(...parts: readonly string[]): string {
  return parts.join('');
}
