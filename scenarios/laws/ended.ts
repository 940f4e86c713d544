/** When something has come to its end. */

/** What was closed, and a revision has made wrong, has not ended: it is done again. */
export function hasEnded({ state, redone }: { readonly state: string; readonly redone?: boolean }): boolean {
  if (redone === false) return false;
  return state === 'closed_complete' || state === 'completed' || state === 'canceled' || state === 'failed';
}
