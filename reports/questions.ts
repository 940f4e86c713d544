/** Questions and their answers, in sentences: who was asked, what came of it, and what a message says has been found. */
import type { MoveRecord } from '../contracts/records/run.ts';

interface Sentence {
  readonly tone: 'plain' | 'good' | 'bad';
  readonly text: string;
}

const requestWords: { readonly [state: string]: readonly [Sentence['tone'], string] } = {
  sent: ['plain', 'an inventory system is asked'],
  waiting: ['plain', 'the inventory system will answer later'],
  failed: ['bad', 'an inventory system was asked in vain'],
  expired: ['bad', 'the answer of the inventory system has expired'],
  withdrawn: ['plain', 'what was asked before is withdrawn'],
};

/** What has become of each question in the end of the step; an answer is told by its result. */
export function asked(moves: readonly MoveRecord[]): Sentence[] {
  const last = new Map(
    moves.filter(({ thing }) => thing === 'qualificationRequest').map(({ id, to }) => [id, to] as const),
  );
  const states = Map.groupBy(last.values(), (state) => state);
  return [...states].flatMap(([state, all]) => {
    const words = requestWords[state];
    if (words === undefined) return [];
    const times = all.length === 1 ? '' : ` (${all.length} questions)`;
    return [{ tone: words[0], text: `Qualification: ${words[1]}${times}` }];
  });
}

const resultWords: { readonly [result: string]: string } = {
  none: 'not qualified so far: nothing is known',
  qualified: 'qualified: it can be had as asked',
  alternate: 'alternate: it cannot be had as asked, but otherwise',
  unqualified: 'unqualified: it cannot be had',
};

/** Of the order and its lines; what is pending is told by the question. */
export function results(moves: readonly MoveRecord[]): Sentence[] {
  return moves
    .filter(({ thing, to }) => thing === 'qualification' && to !== 'pending')
    .map(({ number, to }) => ({
      tone: to === 'qualified' ? 'good' : 'bad',
      text: `${number} ${resultWords[to] ?? to}`,
    }));
}

type Fields = { readonly [name: string]: unknown };

/** `2 qualified, 1 alternate; proposed: wireless-line`, of a message about a question; nothing where nothing is found yet. */
export function foundIn({ serviceQualificationItem: items }: Fields): string {
  const found = objectsIn(items);
  const counts = Map.groupBy(
    found.flatMap(({ qualificationResult: result }) =>
      typeof result === 'string' && result !== 'none' ? [result] : [],
    ),
    (result) => result,
  );
  const proposed = new Set(
    found.flatMap(({ alternateServiceProposal }) => objectsIn(alternateServiceProposal).flatMap(specificationIn)),
  );
  const results = [...counts].map(([result, all]) => `${all.length} ${result}`).join(', ');
  return proposed.size === 0 ? results : `${results}; proposed: ${[...proposed].join(', ')}`;
}

function specificationIn({ alternateService: service }: Fields): string[] {
  const specification = isObject(service) ? service.serviceSpecification : undefined;
  return isObject(specification) && typeof specification.id === 'string' ? [specification.id] : [];
}

function objectsIn(list: unknown): Fields[] {
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
