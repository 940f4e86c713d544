/** What random commands have found wrong about changes in flight: each story as short as it could be made. */
import { describe, expect, it } from 'vitest';
import type { CapturedLine, CaptureOrder } from '../../../../engine/model/inputs.ts';
import { accept, approve, cancel, decline, refusedText, reported, requestIdOf } from '../../../support/canceling.ts';
import { expectLawful } from '../../../support/lawful.ts';
import { captureOf, catalogueOf, Life, policiesOf, serviceLineOf, start } from '../../../support/orders.ts';
import {
  approveRevision,
  changed,
  dropped,
  ofSpecification,
  reportedOf,
  revise,
  valued,
} from '../../../support/revising.ts';

const inflight = { changes: ['characteristic'], characteristics: 'any' };
const colours = [{ name: 'colour', valueType: 'Choice', options: ['red', 'blue'] }];

const catalogue = catalogueOf({
  catalogue: 'houses',
  plans: [
    {
      plan: 'built',
      tasks: [
        { task: 'dig', undo: { task: 'fill in' }, inflight },
        { task: 'lay', after: ['dig'] },
      ],
    },
  ],
  services: [
    {
      id: 'house',
      type: 'CFS',
      characteristics: colours,
      relationships: [
        { type: 'Requires', target: 'cellar' },
        { type: 'Requires', target: 'roof' },
      ],
    },
    { id: 'cellar', type: 'RFS', plan: 'built', characteristics: [{ name: 'colour' }, { name: 'owner' }] },
    { id: 'roof', type: 'RFS', characteristics: [{ name: 'colour' }] },
    { id: 'plain', type: 'CFS', characteristics: [{ name: 'contact' }] },
    {
      id: 'flat',
      type: 'CFS',
      characteristics: [{ name: 'contact' }],
      relationships: [{ type: 'Requires', target: 'cellar' }],
    },
  ],
  mappings: [{ mapping: 'Whose it is', from: 'flat', to: 'cellar', copy: { owner: 'contact' } }],
});

const policiesWith = (more: object = {}, row: object = {}) =>
  policiesOf({
    policies: 'p',
    approval: 'manual',
    outbound: { rows: [{ name: 'all', then: { outboundEnabled: true, targetSystem: 'som', maxRetries: 1, ...row } }] },
    ...more,
  });
const alone = policiesWith();
const inside = policiesOf({
  policies: 'p',
  approval: 'manual',
  outbound: { rows: [], default: { outboundEnabled: false } },
});
const byHand = policiesOf({ policies: 'p', approval: 'manual', outbound: { rows: [] } });

const house = serviceLineOf('house', { characteristics: [{ name: 'colour', value: 'red' }] });
const plain = serviceLineOf('plain');
const blue = valued('house', { colour: 'blue' });

function approved(policies = alone, lines: readonly CapturedLine[] = [house], more: Partial<CaptureOrder> = {}): Life {
  const life = new Life(policies, catalogue);
  life.take(captureOf({ category: 'Service', lines, ...more }));
  life.then({ type: 'ApproveOrder' });
  return life;
}

function revised(life: Life, ...lines: Parameters<typeof revise>[0]): Life {
  life.then(revise(lines));
  life.then(approveRevision);
  return life;
}

const taskOf = ({ order }: Life, name: string) => order?.tasks.findLast((task) => task.name === name);
const close = (life: Life, name: string) => life.then({ type: 'CloseTask', task: taskOf(life, name)?.id ?? 'none' });
const complete = (life: Life, specification: string) =>
  life.then({
    type: 'ForceCompleteServiceOrder',
    serviceOrder: ofSpecification(life.order, specification).id,
    note: 'seen to',
  });
const lineIn = ({ order }: Life, item: string) => order?.lines.find(({ externalId }) => externalId === item);

describe('random commands have found that a revision', () => {
  it('could not be requested any more once a line was canceled that another had been below, or had waited for', () => {
    const below = { ...plain, parent: 'house' };
    const last = { ...plain, externalId: 'last', after: ['house'] };
    const life = approved(byHand, [house, below, last]);
    const child = life.order?.domainOrders.find(({ line }) => line === lineIn(life, 'plain')?.id);
    life.then({ type: 'ForceCompleteServiceOrder', serviceOrder: child?.id ?? '', note: 'seen to' });
    life.then({ type: 'CancelOrder', line: lineIn(life, 'house')?.id ?? '', note: 'moved' });
    life.then(approve);
    expect(life.order?.lines.map(({ state }) => state)).toEqual(['canceled', 'completed', 'in_progress']);
    life.then(revise([valued('last', { contact: 'ann' })]));
    expect(life.order?.state).toBe('revision_in_progress');
    life.then(approveRevision);
    expectLawful(life.evidence);
  });

  it('could add nothing below a line whose day had not come', () => {
    const life = approved(alone, [house], { requestedStartAt: start + 86_400_000 });
    life.then(revise([{ kind: 'add', line: { ...plain, parent: 'house' } }]));
    life.then(approveRevision);
    expect(lineIn(life, 'plain')).toMatchObject({ state: 'scheduled', parent: lineIn(life, 'house')?.id });
  });

  it('let what had become due be sent when a cancellation was declined, and nobody had decided about the revision', () => {
    const life = approved();
    const requestId = requestIdOf(life);
    const outcome = { kind: 'refused', httpStatus: 503, retryable: true, reason: 'busy' } as const;
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    life.then(revise([blue]));
    life.then(cancel);
    life.then({ type: 'TimerFired', timer: { kind: 'retryDispatch', requestId }, effectId: 'e' });
    life.then(decline);
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
    life.then(approveRevision);
    expect(life.effect('SendOutboundRequest').requestId).toBe(requestId);
    expectLawful(life.evidence);
  });

  it('kept on hold for good what undoes something that an earlier one had taken back', () => {
    const life = approved(alone, [{ ...house, quantity: 2 }]);
    for (const { id, name, state } of life.order?.tasks ?? [])
      if (name === 'dig' && state === 'open') life.then({ type: 'CloseTask', task: id });
    revised(life, changed('house', { quantity: 1 }));
    life.then(revise([blue]));
    expect(taskOf(life, 'fill in')?.state).toBe('open');
    life.then(approveRevision);
    close(life, 'fill in');
    expectLawful(life.evidence);
  });

  it('kept on hold for good the tasks of the order itself, and of its lines', () => {
    const life = approved(byHand);
    life.then({ type: 'CreateHeaderTask', name: 'call' });
    life.then({ type: 'CreateHeaderTask', name: 'confirm', line: lineIn(life, 'house')?.id ?? '' });
    revised(life, blue);
    expect([taskOf(life, 'call')?.state, taskOf(life, 'confirm')?.state]).toEqual(['open', 'open']);
    expectLawful(life.evidence);
  });

  it('was approved without a word where a value was invalid, and also where the policies refuse that', () => {
    const life = revised(approved(), valued('house', { colour: 'green' }));
    const { number } = lineIn(life, 'house') ?? {};
    expect(life.order?.workNotes.map(({ text }) => text)).toContain(
      `Approved, though characteristics of ${number} are invalid`,
    );
    const strict = approved(policiesWith({ invalidCharacteristics: 'refuse' }));
    strict.then(revise([valued('house', { colour: 'green' })]));
    expect(refusedText(strict, approveRevision)).toContain('do not know');
    expect(strict.order?.state).toBe('revision_in_progress');
  });

  it('that could not be approved by itself stopped the engine; it waits for somebody instead', () => {
    const life = approved(policiesWith({ invalidCharacteristics: 'refuse', revision: { approval: 'automatic' } }));
    life.then(revise([valued('house', { colour: 'green' })]));
    life.then({ ...approveRevision, effectId: life.effect('SubmitInput').id } as typeof approveRevision); // as the shell gives it
    expect(life.order?.state).toBe('revision_in_progress');
    expect(life.order?.workNotes.at(-1)?.text).toContain('Not approved by itself');
  });

  it('was approved by the approval that was meant for the order', () => {
    const life = approved();
    life.then(revise([blue]));
    life.then({ type: 'ApproveOrder', effectId: 'late' });
    expect(life.order?.revisions?.at(-1)?.state).toBe('pending');
  });

  it('had to be done again by what it did not want any more, where the order as a whole changed as well', () => {
    const life = approved(alone, [house, plain]);
    accept(life);
    reportedOf(life, {});
    const { requestId = '' } =
      life.order?.outboundRequests.find(
        ({ serviceOrder }) => serviceOrder === ofSpecification(life.order, 'house').id,
      ) ?? {};
    reported(life, 'fulfilled', requestId);
    life.then(revise([dropped('house')], { description: 'smaller' }));
    life.then(approveRevision);
    expect(ofSpecification(life.order, 'house').redone).toBeUndefined();
  });

  it('left a task as it was for which a value had come from elsewhere', () => {
    const life = approved(inside, [serviceLineOf('flat', { characteristics: [{ name: 'contact', value: 'ann' }] })]);
    close(life, 'dig');
    revised(life, valued('flat', { contact: 'bob' }));
    expect(taskOf(life, 'dig')?.state).toBe('in_progress');
    expectLawful(life.evidence);
  });
});

describe('random commands have found, of what is to be done again,', () => {
  it('that completing it by hand told nobody, or stopped the engine where a task was to be done again', () => {
    const life = approved(byHand, [house, plain]);
    close(life, 'dig');
    close(life, 'lay');
    revised(life, blue);
    expect(ofSpecification(life.order, 'cellar')).toMatchObject({ state: 'closed_complete', redone: false });
    complete(life, 'cellar');
    expect(ofSpecification(life.order, 'cellar')).toMatchObject({ state: 'closed_complete', redone: true });
    expect(life.moves).toContainEqual(expect.objectContaining({ thing: 'domainOrder', event: 'redone' }));
  });

  it('that it was canceled by hand, and went on', () => {
    const life = approved(byHand, [house, plain]);
    close(life, 'dig');
    close(life, 'lay');
    revised(life, blue);
    const serviceOrder = ofSpecification(life.order, 'cellar').id;
    expect(refusedText(life, { type: 'CancelServiceOrder', serviceOrder, note: 'no' })).toContain('done again');
  });
});

describe('random commands have found, of what is canceled,', () => {
  it('that nobody saw to what had failed before, and went on after it, where nobody could be asked to stop it', () => {
    const life = approved(alone, [house, plain]);
    const requestId = requestIdOf(life);
    const outcome = { kind: 'accepted', httpStatus: 200, reports: [] } as const; // no id, so that nobody can cancel it
    life.then({ type: 'ReportDispatch', requestId, revision: 1, attempt: 1, effectId: 'e', outcome });
    reported(life, 'error', requestId);
    life.then(cancel);
    life.then(approve);
    expect(ofSpecification(life.order, 'house').state).toBe('cancellation_in_progress');
    reported(life, 'pending', requestId);
    const open = life.order?.fallouts.filter(({ state }) => state === 'open');
    expect(open).toMatchObject([{ requestId, domainOrder: ofSpecification(life.order, 'house').id }]);
    expectLawful(life.evidence);
  });
});

describe('random commands have found, of what goes out as a whole,', () => {
  const together = policiesWith({ jeopardy: {}, revision: { send: 'automatic' } }, { hierarchical: true });

  it('that a part which a fallout held before its day stopped the engine when that came', () => {
    const life = approved(together, [house], { requestedStartAt: start + 3_600_000 });
    life.then(revise([blue]));
    life.then({ type: 'CreateFallout', task: taskOf(life, 'dig')?.id ?? '', falloutType: 'Other', description: 'wet' });
    const at = start + 7_200_000;
    const { id: orderId = '' } = life.order ?? {};
    life.take({ type: 'DecideRevision', decision: 'approve', at, orderId });
    const cellar = () => ofSpecification(life.order, 'cellar');
    expect(cellar()).toMatchObject({ state: 'on_hold', work: { by: 'external' } });
    const fallout = life.order?.fallouts[0]?.id ?? '';
    life.take({ type: 'ResolveFallout', fallout, note: 'dry', at, orderId });
    expect(cellar().state).toBe('in_progress');
    expectLawful(life.evidence);
  });

  it('that what was fulfilled before its cancellation was ordered once more by the deletion of the rest', () => {
    const life = approved(together);
    life.then(cancel);
    life.then(approve);
    reportedOf(life, { roof: 'fulfilled' });
    accept(life);
    expect(life.effectTypes()).toContain('SendCancellation');
    expectLawful(life.evidence);
  });

  it('that a change which sends itself took along what had failed, and waited for somebody', () => {
    const life = approved(together);
    accept(life);
    reportedOf(life, { cellar: 'error' });
    life.then({ type: 'CreateOutboundRequest', serviceOrder: ofSpecification(life.order, 'cellar').id });
    const [, second] = life.order?.dispatches ?? [];
    const outcome = { kind: 'refused', httpStatus: 422, retryable: false, reason: 'no' } as const;
    const failed = { requestId: second?.requestId ?? '', revision: 1, attempt: 1, effectId: 'e', outcome } as const;
    life.then({ type: 'ReportDispatch', ...failed });
    const serviceOrder = ofSpecification(life.order, 'house').id;
    life.then({ type: 'UpdateServiceOrder', serviceOrder, characteristics: [{ name: 'colour', value: 'blue' }] });
    expect(life.effectTypes()).not.toContain('SendOutboundRequest');
    expectLawful(life.evidence);
  });
});
