/** Which inventory items an input names: the shell looks them up, and hands them over with the facts. */
import type { Input } from '../../model/inputs.ts';

/** Ids, each once. What the inventory does not have is no matter: it may be known elsewhere. */
export function inventoryIn(input: Input): readonly string[] {
  if (input.type !== 'CaptureOrder') return none;
  const named = input.lines.flatMap(({ inventory, referenceInventory }) =>
    [inventory, referenceInventory].filter((id) => id !== undefined),
  );
  return named.length === 0 ? none : [...new Set(named)];
}

const none: readonly string[] = [];
