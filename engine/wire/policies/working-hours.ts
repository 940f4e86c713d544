/** How the policies file says when people work. */
import type { Finding } from '../../../contracts/schemas/finding.ts';
import type { WorkingHours } from '../../model/jeopardy/policy.ts';

export interface WorkingHoursInFile {
  readonly days?: readonly Weekday[];
  /** Hours and minutes, local. */
  readonly from: string;
  readonly until: string;
  readonly utcOffset?: string;
  /** Days, local. */
  readonly closedOn?: readonly string[];
}

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
type Weekday = (typeof weekdays)[number];

const usualDays = weekdays.slice(0, 5);

const minuteMs = 60_000;
const dayMs = 86_400_000;

export function workingHoursOf(written: WorkingHoursInFile): WorkingHours {
  const { days = usualDays, from, until, utcOffset = '+00:00', closedOn = [] } = written;
  const aheadMs = clockMs(utcOffset.slice(1));
  return {
    days: weekdays.flatMap((day, index) => (days.includes(day) ? [index] : [])),
    fromMs: clockMs(from),
    untilMs: clockMs(until),
    utcOffsetMs: utcOffset.startsWith('-') ? 0 - aheadMs : aheadMs,
    closedOn: closedOn.map((day) => Date.parse(day) / dayMs),
  };
}

/** @param pointer where they stand in the file. */
export function workingHoursFindings(written: WorkingHoursInFile | undefined, pointer: string): Finding[] {
  if (written === undefined || clockMs(written.until) > clockMs(written.from)) return [];
  return [{ pointer: `${pointer}/until`, rule: 'hours', expected: `later than ${written.from}`, got: written.until }];
}

export function renderWorkingHours(hours: WorkingHours): WorkingHoursInFile {
  const { days, fromMs, untilMs, utcOffsetMs, closedOn } = hours;
  return {
    days: weekdays.filter((_, index) => days.includes(index)),
    from: clockText(fromMs),
    until: clockText(untilMs),
    utcOffset: `${utcOffsetMs < 0 ? '-' : '+'}${clockText(Math.abs(utcOffsetMs))}`,
    closedOn: closedOn.map((day) => new Date(day * dayMs).toISOString().slice(0, 10)),
  };
}

/** @param text such as `08:30`. */
function clockMs(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return (hours * 60 + minutes) * minuteMs;
}

function clockText(ms: number): string {
  const minutes = Math.round(ms / minuteMs);
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
