/** The twins that are verified over sockets too: quick ones, of different themes, whose fault does not depend on what comes first. */
export const tcpSample = [
  'conformant',
  'errors-as-problem-json',
  'orders-only-in-memory',
  'one-more-than-limit',
  'event-id-of-the-order',
  'task-created-done',
  'begun-before-the-answer',
  'completed-at-once',
  'fast',
  'single-listener',
] as const;
