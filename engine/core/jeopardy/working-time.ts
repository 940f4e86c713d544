/** How time counts in plans: round the clock, or within the hours in which people work. */
import type { WorkingHours } from '../../model/jeopardy/policy.ts';
import type { Instant } from '../../model/order.ts';

export interface WorkingTime {
  /** How much of the time between two instants counts, in milliseconds; below 0 when the second comes first. */
  between(from: Instant, to: Instant): number;
  /** The first instant until which so much has counted since `from`. */
  after(from: Instant, durationMs: number): Instant;
  /** That instant, or the next one from which on time counts. */
  opening(at: Instant): Instant;
}

const roundTheClock: WorkingTime = {
  between: (from, to) => to - from,
  after: (from, durationMs) => from + durationMs,
  opening: (at) => at,
};

export function workingTimeOf(hours: WorkingHours | undefined): WorkingTime {
  return hours === undefined ? roundTheClock : new Hours(hours);
}

const dayMs = 86_400_000;

/** Days are counted from 1970-01-01, which was a Thursday, in local time. */
class Hours implements WorkingTime {
  readonly #hours: WorkingHours;
  readonly #lengthMs: number;
  readonly #closed: readonly number[];

  constructor(hours: WorkingHours) {
    this.#hours = hours;
    this.#lengthMs = hours.untilMs - hours.fromMs;
    this.#closed = hours.closedOn.filter((day) => hours.days.includes(weekdayOf(day)));
  }

  between(from: Instant, to: Instant): number {
    return this.#countedUntil(to) - this.#countedUntil(from);
  }

  after(from: Instant, durationMs: number): Instant {
    if (durationMs <= 0) return from;
    const counted = this.#countedUntil(from) + durationMs;
    const daysNeeded = counted / this.#lengthMs;
    let day = Math.floor((daysNeeded / this.#hours.days.length) * 7);
    while (this.#daysBefore(day) >= daysNeeded) day -= 1;
    while (this.#daysBefore(day + 1) < daysNeeded) day += 1;
    return this.#startOf(day) + counted - this.#daysBefore(day) * this.#lengthMs;
  }

  opening(at: Instant): Instant {
    return this.after(at, 1) - 1;
  }

  #startOf(day: number): Instant {
    return day * dayMs + this.#hours.fromMs - this.#hours.utcOffsetMs;
  }

  /** Since the first day. */
  #countedUntil(at: Instant): number {
    const day = Math.floor((at + this.#hours.utcOffsetMs) / dayMs);
    const today = Math.min(Math.max(0, at - this.#startOf(day)), this.#lengthMs);
    return this.#daysBefore(day) * this.#lengthMs + (this.#isOpen(day) ? today : 0);
  }

  #daysBefore(day: number): number {
    const { days } = this.#hours;
    const weeks = Math.floor(day / 7);
    const rest = Array.from({ length: day - weeks * 7 }, (_, index) => weekdayOf(weeks * 7 + index));
    const open = weeks * days.length + rest.filter((weekday) => days.includes(weekday)).length;
    return open - this.#closed.filter((closed) => closed < day).length;
  }

  #isOpen(day: number): boolean {
    return this.#hours.days.includes(weekdayOf(day)) && !this.#closed.includes(day);
  }
}

/** 0 is Monday. */
function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}
