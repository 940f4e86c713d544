/** Making things happen to an order by hand: a step as a script would say it, taken now. */
import somScriptSchema from '../../contracts/records/som-script.schema.json' with { type: 'json' };
import { type Finding, shown } from '../../contracts/schemas/finding.ts';
import { isDuration } from '../../contracts/schemas/text.ts';
import { validatorOf } from '../../contracts/schemas/validator.ts';
import { matchesItem } from '../script/selecting.ts';
import { ambiguities, type DeedInFile, deedOf, type TellingInFile, tellingOf } from '../script/step.ts';
import type { Som } from '../som.ts';
import { advance, type SomOrder } from '../som-order.ts';
import { foreignDeed } from '../som-script.ts';

/** A step without `after`. */
export type Firing = DeedInFile & TellingInFile;

const check = validatorOf(somScriptSchema, { duration: isDuration }).checkOf('firing');

/** What is wrong with it; then nothing has happened. */
export function fire(som: Som, order: SomOrder, written: unknown): readonly Finding[] {
  const broken = check(written);
  if (broken.length > 0) return broken;
  const firing = written as Firing; // by its schema, one line above
  const unclear = ambiguities(firing, '');
  if (unclear.length > 0) return unclear;
  const deed = deedOf(firing);
  const foreign = foreignDeed(deed, som.script.personality, '');
  if (foreign.length > 0) return foreign;
  const idle = 'items' in deed ? idleItems(order, firing) : [];
  if (idle.length > 0) return idle;
  som.life.perform(order.id, deed, tellingOf({ tell: order.course.telling.tell, ...firing }));
  return [];
}

/** No item would be changed: none is meant, or none can get there. */
function idleItems(order: SomOrder, written: Firing): Finding[] {
  const deed = deedOf(written);
  if (!('items' in deed)) return [];
  if (!order.items.some((item) => matchesItem(deed.items, item))) {
    const expected = `some of ${order.items.map(({ id }) => id).join(', ')}`;
    return [{ pointer: '/items', rule: 'known-item', expected, got: shown(written.items) }];
  }
  if (deed.kind !== 'change' || order.extras?.phaseNote !== undefined) return [];
  if (advance(order, deed, order.orderedAt, deed.regardless).length > 0) return [];
  const expected = `a state that can follow ${order.states.join(', ')}; or regardless: true; or say, to tell it only`;
  return [{ pointer: '/state', rule: 'legal-move', expected, got: shown(deed.state) }];
}
