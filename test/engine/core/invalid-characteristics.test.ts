/** An order with values that its specification does not know: approved with a note, or not at all, as the policies say. */
import { describe, expect, it } from 'vitest';
import { refusedText } from '../../support/canceling.ts';
import { captureOf, Life, lineOf, policiesOf } from '../../support/orders.ts';

function captured(invalidCharacteristics?: 'warn' | 'refuse'): Life {
  const life = new Life(
    policiesOf({
      policies: 'p',
      approval: 'manual',
      ...(invalidCharacteristics === undefined ? {} : { invalidCharacteristics }),
      outbound: { rows: [], default: { outboundEnabled: false } },
    }),
  );
  const odd = lineOf({ externalId: '2', characteristics: [{ name: 'colour', value: 'blue' }] });
  life.take(captureOf({ lines: [lineOf(), odd] }));
  return life;
}

describe('an order with a characteristic that nobody knows', () => {
  it.each([undefined, 'warn'] as const)('is approved with a note at its line: %s', (policy) => {
    const life = captured(policy);
    const order = life.then({ type: 'ApproveOrder' });
    const [, odd] = order.lines;
    const notes = order.workNotes.filter(({ text }) => text.startsWith('Approved, though'));
    expect(notes.map(({ about }) => about)).toEqual([odd?.id]);
  });

  it('is not approved where the policies refuse it, and stays as it was', () => {
    const life = captured('refuse');
    expect(refusedText(life, { type: 'ApproveOrder' })).toContain('ORDL0000002');
    expect(life.order?.state).toBe('new');
  });
});
