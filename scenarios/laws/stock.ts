/** The law of inventory systems: nothing is promised twice, and in the end nothing is kept for nobody. */
import type { Check, Evidence } from './evidence.ts';

export const stockLaws: { readonly [law: string]: Check } = {
  'an inventory system never has more in use and reserved than there is': oversold,
  'what an inventory system has reserved is what its reservations hold': countedOtherwise,
  'what was reserved is used, released or expired in the end': keptForNobody,
};

function oversold({ stocks }: Evidence): string[] {
  return stocks.flatMap(({ name, pools }) =>
    pools
      .filter(({ capacity, used, reserved }) => used < 0 || reserved < 0 || used + reserved > capacity)
      .map(
        ({ site, specification, capacity, used, reserved }) =>
          `${name} has ${capacity} of ${specification} at ${site}, ${used} in use and ${reserved} reserved`,
      ),
  );
}

function countedOtherwise({ stocks }: Evidence): string[] {
  return stocks.flatMap(({ name, pools, reservations }) =>
    pools.flatMap(({ site, specification, reserved }) => {
      const held = reservations.filter(
        ({ state, place }) => state === 'held' && place.site === site && place.specification === specification,
      );
      if (held.length === reserved) return [];
      return [`${name} has ${reserved} of ${specification} reserved at ${site}, and holds ${held.length}`];
    }),
  );
}

function keptForNobody({ stocks, atRest }: Evidence): string[] {
  if (!atRest) return [];
  return stocks.flatMap(({ name, reservations }) =>
    reservations
      .filter(({ state }) => state === 'held')
      .map(({ check, item }) => `${name} holds item ${item} of check ${check} for ever`),
  );
}
