import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WorkItem } from '../../kernel/kernel.ts';
import { WorkQueue } from '../../kernel/queue.ts';

type Action = { readonly add: string; readonly due: number } | { readonly remove: string } | { readonly take: true };

const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ add: id, due: fc.integer({ min: 0, max: 5 }) }),
  fc.record({ remove: id }),
  fc.constant({ take: true } as const),
);

describe('work queue', () => {
  it('behaves like a list that is sorted by instant and then by arrival', () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 200 }), (actions) => {
        const queue = new WorkQueue();
        let model: WorkItem[] = [];
        for (const next of actions) {
          if ('add' in next) {
            const item = { id: next.add, to: 'test', due: next.due, data: {} };
            queue.add(item);
            model = [...model.filter((other) => other.id !== item.id), item];
          } else if ('remove' in next) {
            expect(queue.remove(next.remove)).toBe(model.some((item) => item.id === next.remove));
            model = model.filter((item) => item.id !== next.remove);
          } else {
            const [first] = model.toSorted((one, other) => one.due - other.due);
            expect(queue.take()).toEqual(first);
            model = model.filter((item) => item !== first);
          }
          expect(queue.size).toBe(model.length);
          expect(queue.first()).toEqual(model.toSorted((one, other) => one.due - other.due)[0]);
        }
      }),
    );
  });

  it('does not keep what was cancelled', () => {
    const queue = new WorkQueue();
    for (let count = 0; count < 10_000; count += 1) {
      queue.add({ id: `x${count}`, to: 'test', due: count, data: {} });
      if (count % 100 !== 0) queue.remove(`x${count}`);
    }
    const taken: string[] = [];
    for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item.id);
    expect(taken).toHaveLength(100);
    expect(taken.slice(0, 3)).toEqual(['x0', 'x100', 'x200']);
  });
});
