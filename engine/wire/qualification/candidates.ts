/** Which services of the catalogue a question can be about: those that face the customer. */
import type { Catalogue, Specification } from '../../model/catalogue.ts';

/** In the order of the catalogue. What rests on resources is asked about with what rests on it. */
export function candidatesIn(
  { specifications }: Catalogue,
  wanted: { readonly specification?: string | undefined; readonly category?: string | undefined },
): Specification[] {
  const facing = Object.values(specifications).filter(({ kind, type }) => kind === 'service' && type !== 'RFS');
  if (wanted.specification !== undefined) return facing.filter(({ id }) => id === wanted.specification);
  if (wanted.category !== undefined) return facing.filter(({ category }) => category === wanted.category);
  return facing;
}
