/** What an external system tells of one order in five callbacks: twice, late, and in the wrong order, and how it all ends. */

export interface Callback {
  readonly via: 'event' | 'outboundresponse';
  readonly state: 'pending' | 'fulfilled' | 'error';
  /** The items it speaks of. */
  readonly of: 'access' | 'line' | 'both';
}

export interface Plan {
  /** One group after another; the callbacks of a group are sent at once. */
  readonly groups: readonly (readonly Callback[])[];
  readonly ends: { readonly state: 'completed' | 'on_hold'; readonly openFallouts: number; readonly fallouts: number };
}

const callback = (via: Callback['via'], of: Callback['of'], state: Callback['state']): Callback => ({ via, of, state });
const event = (state: Callback['state']) => callback('event', 'both', state);
const respond = (of: Callback['of'], state: Callback['state']) => callback('outboundresponse', of, state);

const completed = { state: 'completed', openFallouts: 0, fallouts: 0 } as const;

/** Each has five callbacks, and every one of them is to be accepted. */
export const plans: readonly Plan[] = [
  // Item by item, a response twice, and the beginning last.
  {
    groups: [
      [event('pending')],
      [respond('line', 'fulfilled')],
      [respond('line', 'fulfilled')],
      [event('fulfilled')],
      [event('pending')],
    ],
    ends: completed,
  },
  // The end and the beginning race each other, and everything comes again.
  {
    groups: [
      [event('fulfilled'), event('pending')],
      [respond('both', 'fulfilled')],
      [event('fulfilled'), event('pending')],
    ],
    ends: completed,
  },
  // Both kinds at once, twice.
  {
    groups: [
      [respond('line', 'fulfilled'), respond('line', 'fulfilled')],
      [event('pending'), respond('access', 'fulfilled')],
      [event('fulfilled')],
    ],
    ends: completed,
  },
  // A failure that is told three times is one, and a later success resolves it.
  {
    groups: [
      [respond('line', 'error')],
      [respond('line', 'error'), respond('line', 'error')],
      [event('fulfilled')],
      [respond('both', 'fulfilled')],
    ],
    ends: { state: 'completed', openFallouts: 0, fallouts: 1 },
  },
  // A failure stays, however often it is told.
  {
    groups: [
      [respond('access', 'fulfilled')],
      [event('pending'), respond('line', 'error')],
      [respond('line', 'error'), respond('access', 'fulfilled')],
    ],
    ends: { state: 'on_hold', openFallouts: 1, fallouts: 1 },
  },
];
