/** What an experiment is: requests that are planned before anything is sent, and the one way of sending them. */
import type { CapabilityStatement, OrderableSpecification } from '../../records/capabilities.ts';
import type { Aim } from '../../records/trace.ts';
import type { JsonObject } from '../../rules/view/json.ts';
import { usualSpecificationOf } from '../orders.ts';
import type { Asked, Heard } from '../sender.ts';
import type { Session } from '../session.ts';
import { together } from '../together.ts';

export interface Experiment {
  /** Rules find its exchanges by this name. */
  readonly name: string;
  /** What it shows, in one sentence. */
  readonly about: string;
  /** What would be sent; nothing when the experiment does not apply. */
  plan(draft: Draft): readonly PlannedStep[];
  /** Sends it. Steps that need what an earlier one did not give are left out. */
  run(bench: Bench): Promise<void>;
}

/** All that a plan depends on. */
export interface Draft {
  readonly statement: CapabilityStatement;
  readonly namespace: string;
  /** Absent: the vendor could not reach the listener. */
  readonly callbackUrl: string | undefined;
  /** Where a listener shows a certificate that nobody should trust; absent: there is none that the vendor could reach. */
  readonly untrustedUrl: string | undefined;
  readonly hasCredentials: boolean;
  readonly mayDelete: boolean;
  readonly canRestart: boolean;
  /** When the verification began: orders wish for dates after it. */
  readonly startedAt: number;
}

export interface PlannedStep {
  readonly step: string;
  readonly method: string;
  /** Below the base path, with `{order}` and the like for what an earlier step gives. */
  readonly path: string;
  readonly body?: unknown;
  /** Sent as it is, in place of JSON. */
  readonly text?: string;
  readonly contentType?: string;
  readonly wrong?: string;
  readonly credentials?: Aim['credentials'];
  /** How often, or until when, where it is not once. */
  readonly repeated?: string;
}

export function externalIdOf({ namespace }: Draft, name: string): string {
  return `${namespace}${name}`;
}

export function specificationOf({ statement }: Draft): OrderableSpecification {
  return usualSpecificationOf(statement);
}

export function creation(step: string, body: unknown, more: Partial<PlannedStep> = {}): PlannedStep {
  return { step, method: 'POST', path: '/serviceOrder', body, ...more };
}

/** Looks at an order until it has ended. */
export const lookUntilEnd: PlannedStep = {
  step: 'look',
  method: 'GET',
  path: '/serviceOrder/{order}',
  repeated: 'until it has ended',
};

/** By name, what earlier steps have given. */
export type Known = { readonly [name: string]: string };

/** One experiment under way: its plan, and the session it is sent through. */
export class Bench {
  readonly session: Session;
  readonly #experiment: string;
  readonly #plan: readonly PlannedStep[];

  constructor(experiment: Experiment, plan: readonly PlannedStep[], session: Session) {
    this.#experiment = experiment.name;
    this.#plan = plan;
    this.session = session;
  }

  get plan(): readonly PlannedStep[] {
    return this.#plan;
  }

  /** Throws for a step that was not planned: a bug. */
  planned(step: string): PlannedStep {
    const found = this.#plan.find((each) => each.step === step);
    if (found === undefined) throw new Error(`${this.#experiment} has not planned a step "${step}"`);
    return found;
  }

  aimOf({ step, wrong, credentials }: Pick<PlannedStep, 'step' | 'wrong' | 'credentials'>): Aim {
    const experiment = this.#experiment;
    return { experiment, step, ...(wrong && { wrong }), ...(credentials && { credentials }) };
  }

  /** @param known what goes into the `{name}` of paths. */
  ask(step: string, known: Known = {}, how: Pick<Asked, 'isGathered' | 'isReference' | 'isOwed'> = {}): Promise<Heard> {
    const planned = this.planned(step);
    const { method, body, text, contentType } = planned;
    const path = planned.path.replaceAll(/\{(\w+)\}/g, (whole, name) => {
      const value = known[name];
      if (value === undefined) return whole;
      return how.isReference === true ? value : encodeURIComponent(value.toWellFormed());
    });
    return this.session.send({
      method,
      path,
      ...how,
      ...(body !== undefined && { body: filled(body, known) }),
      ...(text !== undefined && { text }),
      ...(contentType !== undefined && { contentType }),
      aim: this.aimOf(planned),
    });
  }

  /** Places the order of that step, and gives its id. */
  async place(step: string, known: Known = {}, isGathered = false): Promise<string | undefined> {
    const { id } = await this.placed(step, known, isGathered);
    return id;
  }

  placed(step: string, known: Known = {}, isGathered = false): ReturnType<Session['place']> {
    const planned = this.planned(step);
    return this.session.place(filled(planned.body, known) as JsonObject, this.aimOf(planned), isGathered); // as planned
  }

  /** Several requests at the same moment; gives what each gave, in the order of the list. */
  async atOnce<Given>(requests: readonly (() => Promise<Given>)[]): Promise<Given[]> {
    await this.session.gather(requests.length);
    const given: Given[] = [];
    const tasks = requests.map((request, place) => ({
      label: `verify.${this.#experiment}.${place}`,
      run: async () => {
        given[place] = await request();
      },
    }));
    await together(this.session.kernel, tasks);
    return given;
  }

  follow(order: string, until?: (order: JsonObject) => boolean): Promise<JsonObject | undefined> {
    return this.session.follow(order, this.aimOf({ step: 'look' }), until);
  }
}

/** Texts that are `{name}` as a whole are what is known under that name. */
function filled(body: unknown, known: Known): unknown {
  return JSON.parse(JSON.stringify(body), (_key, value) => {
    const name = typeof value === 'string' ? /^\{(\w+)\}$/.exec(value)?.[1] : undefined;
    return name === undefined ? value : (known[name] ?? value);
  });
}
