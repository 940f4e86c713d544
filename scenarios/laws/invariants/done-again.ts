/** What has to be done again of one domain order, when a revision that was approved has changed it: by its plan, and by what it is. */
import type { Catalogue, CustomerOrder, ReplayedStep } from '../../../engine/index.ts';

type DomainOrder = CustomerOrder['domainOrders'][number];
type Task = CustomerOrder['tasks'][number];
type Revision = NonNullable<CustomerOrder['revisions']>[number];
type ChangeType = Revision['changes'][number]['types'][number];

/** A domain order that stays, before and after the revision of its order was approved. */
export interface Change {
  readonly step: ReplayedStep;
  readonly revision: Revision;
  readonly catalogue: Catalogue;
  readonly was: DomainOrder;
  readonly is: DomainOrder;
}

/** What stands as if nothing had changed. */
export function againOf(change: Change): string[] {
  const own = ownTypes(change);
  const types = new Set([...own, ...typesOfLine(change)]);
  if (types.size === 0 && !isOutdatedNow(change)) return [];
  const { step, was } = change;
  const tasks = new Map(step.order.tasks.map((task) => [task.id, task]));
  const ofIt = (step.before?.tasks ?? []).filter(
    ({ about }) => about.kind === 'domainOrder' && about.domainOrder === was.id,
  );
  return [
    ...ofIt.flatMap((task) => (answersTo(task, types, change) ? keptTask(task, tasks.get(task.id), step) : [])),
    ...keptWork(change, own.size > 0),
  ];
}

/** By what stands in it now, and stood in it before. */
function ownTypes(change: Change): ReadonlySet<ChangeType> {
  const { was, is } = change;
  const types = new Set<ChangeType>();
  if (changedNames(change).size > 0) types.add('characteristic');
  if (JSON.stringify(was.place) !== JSON.stringify(is.place)) types.add('place');
  if (was.action !== is.action) types.add('product');
  return types;
}

function changedNames({ was, is }: Pick<Change, 'was' | 'is'>): ReadonlySet<string> {
  const before = new Map(was.characteristics.map(({ name, value }) => [name, JSON.stringify(value)]));
  const after = new Map(is.characteristics.map(({ name, value }) => [name, JSON.stringify(value)]));
  return new Set([...before.keys(), ...after.keys()].filter((name) => before.get(name) !== after.get(name)));
}

const ofLines: readonly ChangeType[] = ['quantity', 'contact', 'price', 'relatedItem'];

function typesOfLine({ step, revision, was }: Change): ChangeType[] {
  const line = step.order.lines.find(({ id }) => id === was.line);
  const said = revision.changes.find(({ item }) => item === line?.externalId)?.types ?? [];
  const ofOrder: ChangeType[] = revision.headerChanges.includes('parties') ? ['contact'] : [];
  return [...said.filter((type) => ofLines.includes(type)), ...ofOrder];
}

function answersTo(
  { inflight, requestDefinition = '' }: Task,
  types: ReadonlySet<ChangeType>,
  change: Change,
): boolean {
  if (inflight === undefined) return false;
  const asked = new Set(
    change.catalogue.requestDefinitions[requestDefinition]?.characteristics.map(({ name }) => name),
  );
  const isAsked = [...changedNames(change)].some((name) => inflight.characteristics === 'any' || asked.has(name));
  return inflight.types.some((type) => types.has(type) && (type !== 'characteristic' || isAsked));
}

function keptTask(was: Task, is: Task | undefined, { story, effects }: ReplayedStep): string[] {
  if (was.state === 'closed_complete') {
    const isRedone = story.moves.some(({ thing, event, id }) => thing === 'task' && event === 'redo' && id === was.id);
    return isRedone || is?.redoDue === true
      ? []
      : [`${was.number} was done for what has changed, and is not done again`];
  }
  const isRunning = was.by === 'automatic' && was.startedAt !== undefined && is?.state === 'in_progress';
  const isAnew = effects.some((effect) => effect.type === 'SetTimer' && effect.name === `task/${was.id}`);
  return isRunning && !isAnew ? [`${was.number} goes on as if nothing had changed`] : [];
}

/** What has no plan, or is fulfilled outside. */
function keptWork(change: Change, isOther: boolean): string[] {
  const { step, was, is, catalogue } = change;
  const takes = catalogue.specifications[was.specification]?.automaticMs ?? 0;
  const isTimed = isOther && was.work?.by === 'automatic' && takes > 0;
  const isAnew = step.effects.some((effect) => effect.type === 'SetTimer' && effect.name === `automatic/${was.id}`);
  const isHit = isTimed || (isOther && was.work?.by === 'manual') || isOutdatedNow(change);
  if (was.state !== 'closed_complete')
    return isTimed && !isAnew ? [`the work on ${was.number} goes on as if nothing had changed`] : [];
  const isRedone = step.story.moves.some(({ event, id }) => event === 'redone' && id === was.id);
  return isHit && is.redone !== false && !isRedone
    ? [`${was.number} was closed for what has changed, and is not done again`]
    : [];
}

/** Fulfilled outside, and no longer as it is wanted. */
function isOutdatedNow({ step: { order }, was, is }: Change): boolean {
  if (was.updatesAvailable === true || is.updatesAvailable !== true) return false;
  const latest = order.outboundRequests.findLast(
    ({ serviceOrder, state }) => serviceOrder === is.id && state !== 'failed',
  );
  return latest?.state === 'fulfilled';
}
