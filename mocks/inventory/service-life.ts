/** The life of a service in an inventory (TMF638 v4, lifecycle diagram), and in which of its states it holds capacity. */
import { isLegalMove } from '../../contracts/profile/profile.ts';
import { tmf638Overlay } from '../../contracts/profile/tmf638-v4.0.ts';
import type { ServiceStateType } from '../../contracts/schemas/tmf638-v4.0.generated.ts';

export type ServiceState = ServiceStateType;

/** What is only planned holds nothing yet, and what is terminated holds nothing any more. */
const holding: { readonly [state in ServiceState]: boolean } = {
  feasibilityChecked: false,
  designed: false,
  reserved: true,
  inactive: true,
  active: true,
  terminated: false,
};

export function holdsCapacity(state: ServiceState | undefined): boolean {
  return state !== undefined && holding[state];
}

/** Why a service cannot go from one state to another by a patch; `undefined` when it can. */
export function obstacleTo(from: ServiceState, to: ServiceState): string | undefined {
  if (from === to) return undefined;
  const table = tmf638Overlay.transitions.Service;
  if (table === undefined) throw new Error('the overlay of TMF638 has no lifecycle for services');
  if (to === 'terminated') return 'A service is terminated by DELETE, once it is active';
  if (isLegalMove(table, from, to)) return undefined;
  const possible = table.moves[from]?.filter((state) => state !== 'terminated') ?? [];
  return `A service that is ${from} cannot become ${to}; possible: ${possible.join(', ')}`;
}

/** By state: what a DELETE makes of a service. There is no way from inactive: neither an end nor a deletion is drawn. */
export const deletionOf: { readonly [state in ServiceState]: 'terminated' | 'gone' | 'refused' } = {
  feasibilityChecked: 'gone',
  designed: 'gone',
  reserved: 'gone',
  inactive: 'refused',
  active: 'terminated',
  terminated: 'gone',
};
