/** The levels of urgency, and what the policies look at. */

/** The most urgent first. */
export const priorityLevels = ['critical', 'high', 'moderate', 'low'] as const;

export type PriorityLevel = (typeof priorityLevels)[number];

export const priorityColumns = [
  'account',
  'orderType',
  'action',
  'specification',
  'specificationCategory',
  'offering',
  'urgency',
] as const;

export type PriorityColumn = (typeof priorityColumns)[number];
