/** Faulty vendors whose events do not say what happened, or do not come. */
import type { Twin } from '../twin.ts';
import { conformantHabits } from '../vendor/defaults/conformant.ts';
import { twinOf } from '../vendor/twin-of.ts';

const everyThirdLost = twinOf({
  name: 'every-third-event-lost',
  kind: 'faulty',
  deviation: 'Does not send every third event.',
  clause: 'TMF641 v4.1 notifications',
  breaks: 'change-announced',
  habits: () => {
    let count = 0;
    return {
      announcements: (change, vendor) =>
        conformantHabits.announcements(change, vendor).filter(() => {
          count += 1;
          return count % 3 !== 0;
        }),
    };
  },
});

export const eventTwins: readonly Twin[] = [everyThirdLost];
