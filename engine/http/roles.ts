/** Who asks: the roles that a request carries. Where tokens are asked for, the guard has put them there. */
import type { ReceivedRequest } from '../../exchange/message.ts';

export const rolesHeader = 'x-southbound-roles';

/**
 * @param nobodyMay what a request that names no roles may do: everything where only this machine can ask, and nothing
 * where others can.
 * @returns the roles, separated by commas in the header; `undefined` when nobody is asked for any.
 */
export function rolesOf(
  { headers }: Pick<ReceivedRequest, 'headers'>,
  nobodyMay: 'everything' | 'nothing',
): readonly string[] | undefined {
  const given = headers[rolesHeader];
  if (given === undefined) return nobodyMay === 'everything' ? undefined : [];
  return given
    .split(',')
    .map((role) => role.trim())
    .filter((role) => role !== '');
}
