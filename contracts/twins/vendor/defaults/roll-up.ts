/** What the states of items add up to: TMF641 has no full table, so this is the one fold that agrees with all it says. */
import type { State } from '../words.ts';
import { hasEnded } from './states.ts';

/** Completed and cancelled items together make a cancelled order (IG1228, use case 11); failed and cancelled a failed one. */
export function rollUp(states: readonly State[]): State {
  const every = (...wanted: State[]) => states.every((state) => wanted.includes(state));
  const some = (...wanted: State[]) => states.some((state) => wanted.includes(state));
  if (every('rejected')) return 'rejected';
  if (every('completed')) return 'completed';
  if (every('failed', 'rejected')) return 'failed';
  if (every('cancelled')) return 'cancelled';
  if (states.every(hasEnded)) {
    if (!some('failed', 'rejected')) return 'cancelled';
    return some('completed') ? 'partial' : 'failed';
  }
  const open = states.filter((state) => !hasEnded(state));
  if (open.every((state) => state === 'pending')) return 'pending';
  if (open.every((state) => state === 'held')) return 'held';
  if (every('acknowledged')) return 'acknowledged';
  return 'inProgress';
}
