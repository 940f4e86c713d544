/** The vendor that does everything as TMF641 v4.1 says: a verifier must find nothing wrong with it. */
import { twinOf } from './twin-of.ts';

export const conformant = twinOf({
  name: 'conformant',
  kind: 'conformant',
  deviation: 'Does nothing otherwise than the specification says.',
  clause: 'TMF641 v4.1, TMF630',
  habits: {},
});
