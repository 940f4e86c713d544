/** What happens to an order after its answer, and how it is told: as a script says it, and as the interpreter reads it. */
import type { Finding } from '../../contracts/schemas/finding.ts';
import { type Latency, type LatencyInFile, latencyOf } from './latency.ts';
import type { State } from './lifecycle.ts';
import { type ItemSelector, type SelectorInFile, selectorOf } from './selecting.ts';

export type Tell = 'event' | 'outboundresponse' | 'nothing';

/** Something that happens to an order of its own accord. */
export interface Step {
  readonly after: Latency;
  /** What `after` counts from: the step before (for the first: the answer), or the moment the order arrived. */
  readonly since: 'step' | 'request';
  readonly deed: Deed;
  readonly telling: Telling;
}

export type Deed =
  /** Items take on a state. */
  | (Said & { readonly kind: 'change'; readonly regardless: boolean })
  /** Items are told to have a state that they do not have. */
  | (Said & { readonly kind: 'say' })
  | { readonly kind: 'attributes'; readonly attributes: { readonly [name: string]: unknown } }
  | { readonly kind: 'milestone'; readonly milestone: Noticed }
  | { readonly kind: 'jeopardy'; readonly jeopardy: Noticed }
  | { readonly kind: 'informationRequired'; readonly field: string }
  /** FlowOne only: told as inProgress, with words that announce it. */
  | { readonly kind: 'fallout'; readonly message: string }
  /** Nothing more happens until the order is released. */
  | { readonly kind: 'hold' };

export interface Said {
  readonly state: State;
  readonly items: ItemSelector;
  readonly message?: string;
}

/** Attributes of a TMF641 milestone or jeopardy alert; id and date are given when it comes. */
export interface Noticed {
  readonly name: string;
  readonly [attribute: string]: string;
}

/** How a change is told. */
export interface Telling {
  readonly tell: Tell;
  /** How often each message is sent. */
  readonly times: number;
  /** How long after the change; absent: at once. */
  readonly delay?: Latency;
  /** Other items are left out. */
  readonly only?: ItemSelector;
  readonly wrong?: Wrong;
}

/** What is put into a message in place of the truth. */
export interface Wrong {
  readonly externalId?: string;
  readonly orderId?: string;
  readonly item?: string;
  readonly state?: string;
  /** The whole body. */
  readonly text?: string;
}

export interface TellingInFile {
  readonly tell?: Tell;
  readonly times?: number;
  readonly delay?: LatencyInFile;
  readonly only?: SelectorInFile;
  readonly wrong?: Wrong;
}

export interface DeedInFile {
  readonly state?: State;
  readonly say?: State;
  readonly items?: SelectorInFile;
  readonly message?: string;
  readonly regardless?: boolean;
  readonly attributes?: { readonly [name: string]: unknown };
  readonly milestone?: Noticed;
  readonly jeopardy?: Noticed;
  readonly informationRequired?: string;
  readonly fallout?: string;
  readonly hold?: true;
}

export interface StepInFile extends DeedInFile, TellingInFile {
  readonly after?: LatencyInFile;
  readonly since?: Step['since'];
}

const kindsOfDeed = [
  'state',
  'say',
  'attributes',
  'milestone',
  'jeopardy',
  'informationRequired',
  'fallout',
  'hold',
] as const;

/** A step does one thing: what of it says more than that. */
export function ambiguities(written: DeedInFile, at: string): Finding[] {
  const said = kindsOfDeed.filter((kind) => written[kind] !== undefined);
  if (said.length <= 1) return [];
  const expected = 'one thing that happens; write two steps, the second with after: PT0S';
  return [{ pointer: at, rule: 'one-deed', expected, got: said.join(', ') }];
}

/** @param usual how changes are told unless the step says otherwise. */
export function stepOf(written: StepInFile, usual: Pick<TellingInFile, 'tell' | 'delay'>): Step {
  return {
    after: latencyOf(written.after ?? 'PT0S'),
    since: written.since ?? 'step',
    deed: deedOf(written),
    telling: tellingOf({ ...usual, ...written }),
  };
}

export function tellingOf({ tell, times, delay, only, wrong }: TellingInFile): Telling {
  return {
    tell: tell ?? 'event',
    times: times ?? 1,
    ...(delay === undefined ? {} : { delay: latencyOf(delay) }),
    ...(only === undefined ? {} : { only: selectorOf(only) }),
    ...(wrong === undefined ? {} : { wrong }),
  };
}

export function deedOf(written: DeedInFile): Deed {
  const { state, say, attributes, milestone, jeopardy, informationRequired, fallout } = written;
  const message = written.message === undefined ? {} : { message: written.message };
  const items = selectorOf(written.items ?? {});
  if (state !== undefined) return { kind: 'change', state, items, ...message, regardless: written.regardless ?? false };
  if (say !== undefined) return { kind: 'say', state: say, items, ...message };
  if (attributes !== undefined) return { kind: 'attributes', attributes };
  if (milestone !== undefined) return { kind: 'milestone', milestone };
  if (jeopardy !== undefined) return { kind: 'jeopardy', jeopardy };
  if (informationRequired !== undefined) return { kind: 'informationRequired', field: informationRequired };
  if (fallout !== undefined) return { kind: 'fallout', message: fallout };
  return { kind: 'hold' };
}
