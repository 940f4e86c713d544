/** What random commands have found wrong about changes in flight of what is outside: each story as short as it could be made. */
import { describe, expect, it } from 'vitest';
import type { CapturedLine, DispatchOutcome } from '../../../../engine/model/inputs.ts';
import { accept, approve, cancel, decline, refusedText, reported, requestIdOf } from '../../../support/canceling.ts';
import { expectLawful } from '../../../support/lawful.ts';
import { captureOf, catalogueOf, Life, policiesOf, serviceLineOf } from '../../../support/orders.ts';
import {
  approveRevision,
  dropped,
  ofSpecification,
  reportedOf,
  revise,
  revisionAccepted,
  valued,
} from '../../../support/revising.ts';

const colour = { name: 'colour', valueType: 'Choice', options: ['red', 'blue'] };

const catalogue = catalogueOf({
  catalogue: 'houses',
  plans: [{ plan: 'built', tasks: [{ task: 'dig' }] }],
  services: [
    {
      id: 'house',
      type: 'CFS',
      characteristics: [colour],
      relationships: [
        { type: 'Requires', target: 'cellar' },
        { type: 'Requires', target: 'shed' },
      ],
    },
    { id: 'cellar', type: 'RFS', plan: 'built', characteristics: [colour] },
    { id: 'shed', type: 'RFS' },
  ],
});

const house = serviceLineOf('house', { characteristics: [{ name: 'colour', value: 'red' }] });

/** Sent, all of it together, and changed there as soon as it is changed here. */
function sent(lines: readonly CapturedLine[] = [house]): Life {
  const row = { outboundEnabled: true, targetSystem: 'som', hierarchical: true };
  const policies = policiesOf({
    policies: 'p',
    approval: 'manual',
    revision: { send: 'automatic' },
    jeopardy: {},
    outbound: { rows: [{ name: 'all', then: row }] },
  });
  const life = new Life(policies, catalogue);
  life.take(captureOf({ category: 'Service', lines }));
  life.then({ type: 'ApproveOrder' });
  return life;
}

function revised(life: Life, ...lines: Parameters<typeof revise>[0]): void {
  life.then(revise(lines));
  life.then(approveRevision);
}

function answeredTo(life: Life, outcome: DispatchOutcome): void {
  const { requestId = '', underWay } = life.order?.dispatches.find((each) => each.underWay !== undefined) ?? {};
  const { revision = 0, attempt = 0 } = underWay ?? {};
  life.then({ type: 'ReportDispatch', requestId, revision, attempt, effectId: 'e', outcome });
}

const cellarOf = ({ order }: Life) => ofSpecification(order, 'cellar').id;

/** The cellar has failed, and failed again alone; it is to join the others by a revision that is on its way. */
function joining(): Life {
  const life = sent();
  accept(life);
  reportedOf(life, { cellar: 'error' });
  life.then({ type: 'CreateOutboundRequest', serviceOrder: cellarOf(life) });
  answeredTo(life, { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no' });
  const characteristics = [{ name: 'colour', value: 'blue' }];
  life.then({ type: 'UpdateServiceOrder', serviceOrder: cellarOf(life), characteristics });
  life.then({ type: 'ReviseOutboundRequest', serviceOrder: ofSpecification(life.order, 'house').id });
  return life;
}

const recordOf = ({ order }: Life, specification: string) =>
  order?.outboundRequests.findLast(({ serviceOrder }) => serviceOrder === ofSpecification(order, specification).id);

describe('random commands have found, of what is outside and changed,', () => {
  it('that the law counted the tasks of a plan which nobody follows as still to be done again', () => {
    const life = sent();
    accept(life);
    life.then(revise([valued('house', { colour: 'blue' })]));
    reported(life, 'fulfilled');
    life.then(approveRevision);
    expect(ofSpecification(life.order, 'cellar').redone).toBe(false);
    revisionAccepted(life);
    reportedOf(life, { cellar: 'fulfilled' });
    expect(ofSpecification(life.order, 'cellar')).toMatchObject({ state: 'closed_complete', redone: true });
    expect(life.order?.tasks).toMatchObject([{ name: 'dig', state: 'draft' }]);
    expectLawful(life.evidence);
  });

  it('that the law would have closed what was to be done again fulfilled outside while it was taken back', () => {
    const life = sent();
    const requestId = requestIdOf(life);
    answeredTo(life, { kind: 'accepted', httpStatus: 200, reports: [] }); // no id, so that nobody can cancel it
    reportedOf(life, { cellar: 'fulfilled' });
    expect(ofSpecification(life.order, 'cellar').state).toBe('closed_complete');
    revised(life, valued('house', { colour: 'blue' }));
    answeredTo(life, { kind: 'accepted', httpStatus: 200, reports: [] });
    life.then(cancel);
    life.then(approve);
    expect(ofSpecification(life.order, 'cellar')).toMatchObject({ state: 'closed_complete', undone: false });
    expect(recordOf(life, 'cellar')).toMatchObject({ requestId, state: 'pending' });
    expectLawful(life.evidence);
  });

  it('that what was to join was taken as accepted when something else was reported on, and lost when it was refused', () => {
    const life = joining();
    reportedOf(life, { shed: 'fulfilled' }, life.order?.dispatches[0]);
    expect(recordOf(life, 'cellar')?.state).toBe('not_applicable');
    answeredTo(life, { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no room' });
    expect(recordOf(life, 'cellar')?.state).toBe('failed');
    expect(life.order?.fallouts.at(-1)).toMatchObject({ state: 'open', holds: [cellarOf(life)] });
    expectLawful(life.evidence);
  });

  it('that the law missed what had yet to be told when what was to join was reported on before the answer', () => {
    const life = joining();
    reportedOf(life, { cellar: 'pending' }, life.order?.dispatches[0]);
    expect(recordOf(life, 'cellar')?.state).toBe('pending');
    expect(ofSpecification(life.order, 'house').updatesAvailable).toBe(true);
    expectLawful(life.evidence);
    answeredTo(life, { kind: 'accepted', httpStatus: 200, reports: [] });
    expect(ofSpecification(life.order, 'house').updatesAvailable).toBeUndefined();
    expectLawful(life.evidence);
  });

  it('that what took the place of a line, and went out by the deletion of that, was built by its plan as well', () => {
    const life = sent([house, { ...serviceLineOf('cellar'), parent: 'house' }]);
    accept(life);
    life.then(revise([dropped('cellar')]));
    life.then(approveRevision);
    const cellar = ofSpecification(life.order, 'cellar');
    expect(recordOf(life, 'cellar')).toMatchObject({
      state: 'not_applicable',
      root: ofSpecification(life.order, 'house').id,
    });
    expect(cellar).toMatchObject({ state: 'in_progress', work: { by: 'external' } });
    expect(cellar.updatesAvailable).toBeUndefined();
    expectLawful(life.evidence);
  });

  it('that what is in one request with a line was told anew while nobody had decided about canceling that', () => {
    const life = sent([house, { ...serviceLineOf('cellar'), parent: 'house' }]);
    accept(life);
    const line = life.order?.lines.find(({ externalId }) => externalId === 'cellar')?.id ?? '';
    life.then({ type: 'CancelOrder', line, note: 'flooded' });
    const serviceOrder = ofSpecification(life.order, 'house').id;
    const characteristics = [{ name: 'colour', value: 'blue' }];
    life.then({ type: 'UpdateServiceOrder', serviceOrder, characteristics });
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
    expect(refusedText(life, { type: 'ReviseOutboundRequest', serviceOrder })).toContain('same request');
    life.then(decline);
    expect(life.effectTypes()).toContain('SendOutboundRequest');
    expectLawful(life.evidence);
  });

  it('that the law took the deletion of one line for news of another that was about to be canceled', () => {
    const life = sent([house, { ...serviceLineOf('cellar'), parent: 'house' }]);
    const line = life.order?.lines.find(({ externalId }) => externalId === 'cellar')?.id ?? '';
    life.then({ type: 'CancelOrder', line, note: 'flooded' });
    life.then(approve);
    life.then(cancel);
    answeredTo(life, { kind: 'accepted', httpStatus: 201, externalOrderId: 'som-1', reports: [] });
    expect(life.effect('SendOutboundRequest').operation).toBe('revise');
    expectLawful(life.evidence);
  });

  it('that what was canceled, and had been fulfilled, had to be done again, so that its line never ended', () => {
    const life = sent([house, { ...house, externalId: 'other' }]);
    const { id: line = '' } = life.order?.lines.find(({ externalId }) => externalId === 'other') ?? {};
    life.then({ type: 'CancelOrder', line, note: 'one is enough' });
    life.then(approve);
    life.then(revise([], { description: 'the small one' }));
    reported(life, 'fulfilled', requestIdOf(life, 1));
    life.then(approveRevision);
    const others = life.order?.domainOrders.filter((each) => each.line === line);
    expect(others?.map(({ state, redone }) => [state, redone])).toEqual(others?.map(() => ['canceled', undefined]));
    expect(life.order?.lines.map(({ state }) => state)).toEqual(['in_progress', 'canceled']);
    expectLawful(life.evidence);
  });

  it('that nobody was asked to stop where the deletion of one line had been refused, and all was canceled then', () => {
    const life = sent([house, { ...serviceLineOf('cellar'), parent: 'house' }]);
    answeredTo(life, { kind: 'accepted', httpStatus: 201, externalOrderId: 'som-1', reports: [] });
    const line = life.order?.lines.find(({ externalId }) => externalId === 'cellar')?.id ?? '';
    life.then({ type: 'CancelOrder', line, note: 'flooded' });
    life.then(approve);
    answeredTo(life, { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no' });
    life.then(cancel);
    life.then(approve);
    expect(life.effect('SendCancellation').externalOrderId).toBe('som-1');
    expectLawful(life.evidence);
  });
});
