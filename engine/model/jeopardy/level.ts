/** The levels of jeopardy, and what the policies about it look at. */

/** The least first. On time is no level at all. */
export const jeopardyLevels = ['low', 'medium', 'high', 'critical'] as const;

export type JeopardyLevel = (typeof jeopardyLevels)[number];

/** The worst of some. */
export function worstOf(levels: Iterable<JeopardyLevel | undefined>): JeopardyLevel | undefined {
  const found = new Set(levels);
  return jeopardyLevels.findLast((level) => found.has(level));
}

/** Whether it got worse. */
export function isWorse(level: JeopardyLevel | undefined, before: JeopardyLevel | undefined): boolean {
  return rankOf(level) > rankOf(before);
}

function rankOf(level: JeopardyLevel | undefined): number {
  return level === undefined ? -1 : jeopardyLevels.indexOf(level);
}

export const enablementColumns = ['specification', 'specificationCategory', 'offering', 'action', 'account'] as const;

export type EnablementColumn = (typeof enablementColumns)[number];

/** `task`: its name; absent for a domain order without a plan, which is its own only task. */
export const taskJeopardyColumns = ['task', 'requestDefinition', 'specification', 'account'] as const;

export type TaskJeopardyColumn = (typeof taskJeopardyColumns)[number];
