/** Time that counts within working hours, held against a clock that is looked at every quarter of an hour. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { workingTimeOf } from '../../../../engine/core/jeopardy/working-time.ts';
import { renderWorkingHours, workingHoursOf } from '../../../../engine/wire/policies/working-hours.ts';

const quarterMs = 900_000;
const hourMs = 4 * quarterMs;
const at = (text: string) => Date.parse(text);

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;
const clock = (quarters: number) =>
  `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;

const someHours = fc
  .record({
    days: fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }),
    opens: fc.tuple(fc.nat(95), fc.nat(96)).filter(([from, until]) => from < until),
    offset: fc.tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 48 })),
    closed: fc.uniqueArray(fc.integer({ min: 1, max: 28 }), { maxLength: 3 }),
  })
  .map(({ days, opens: [from, until], offset: [sign, quarters], closed }) => ({
    days,
    from: clock(from),
    until: clock(until),
    utcOffset: `${sign}${clock(quarters)}`,
    closedOn: closed.map((day) => `2026-02-${String(day).padStart(2, '0')}`),
  }));

type Written = ReturnType<(typeof someHours)['generate']>['value'];

/** Written anew, from the words: local time, read as if it were UTC. */
function isOpen({ days, from, until, utcOffset, closedOn }: Written, instant: number): boolean {
  const offset = at(`1970-01-01T${utcOffset.slice(1)}:00Z`) * (utcOffset.startsWith('-') ? -1 : 1);
  const local = new Date(instant + offset);
  const time = local.toISOString().slice(11, 16);
  const day = local.toISOString().slice(0, 10);
  const name = weekdays[local.getUTCDay()];
  return name !== undefined && days.includes(name) && !closedOn.includes(day) && time >= from && time < until;
}

const instants = fc
  .integer({ min: 0, max: 4 * 24 * 27 })
  .map((quarters) => at('2026-02-01T00:00:00Z') + quarters * quarterMs);

describe('working hours', () => {
  it('count what falls into them', () => {
    fc.assert(
      fc.property(someHours, instants, fc.nat(1_000), (written, from, quarters) => {
        const time = workingTimeOf(workingHoursOf(written));
        const looks = Array.from({ length: quarters }, (_, index) => from + index * quarterMs);
        const counted = looks.filter((look) => isOpen(written, look)).length * quarterMs;
        expect(time.between(from, from + quarters * quarterMs)).toBe(counted);
        expect(time.between(from + quarters * quarterMs, from)).toBe(0 - counted);
      }),
    );
  });

  it('end a duration at the first instant until which it has counted', () => {
    fc.assert(
      fc.property(someHours, instants, fc.integer({ min: 1, max: 40 * hourMs }), (written, from, durationMs) => {
        const time = workingTimeOf(workingHoursOf(written));
        const end = time.after(from, durationMs);
        expect(time.between(from, end)).toBe(durationMs);
        expect(time.between(from, end - 1)).toBe(durationMs - 1);
        expect(time.after(from, 0)).toBe(from);
      }),
    );
  });

  it('open where time begins to count', () => {
    fc.assert(
      fc.property(someHours, instants, (written, from) => {
        const opens = workingTimeOf(workingHoursOf(written)).opening(from);
        expect(isOpen(written, opens)).toBe(true);
        expect(opens === from || !isOpen(written, from)).toBe(true);
      }),
    );
  });

  it('are written as they were read', () => {
    fc.assert(
      fc.property(someHours, (written) => {
        const hours = workingHoursOf(written);
        expect(workingHoursOf(renderWorkingHours(hours))).toEqual(hours);
      }),
    );
  });

  it('are from Monday to Friday and in UTC, where nothing else is said', () => {
    const time = workingTimeOf(workingHoursOf({ from: '09:00', until: '17:00' }));
    expect(time.after(at('2026-01-09T16:00:00Z'), 2 * hourMs)).toBe(at('2026-01-12T10:00:00Z'));
  });
});
