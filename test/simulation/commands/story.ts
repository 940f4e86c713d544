/** A story of random commands: told to one order after another, held against the reference model and the invariants at each. */
import fc from 'fast-check';
import type { Input } from '../../../engine/model/inputs.ts';
import type { CustomerOrder } from '../../../engine/model/order.ts';
import type { Effect, Outcome } from '../../../engine/model/outcome.ts';
import { checkLaws } from '../../../scenarios/laws/laws.ts';
import { LifeWithInventory } from '../../support/inventory.ts';
import { brokenInvariants } from '../../support/lawful.ts';
import { orderId, start } from '../../support/orders.ts';
import { afterDue } from './cancellations.ts';
import { catalogue } from './catalogue.ts';
import { missingIn, otherwiseIn } from './follows.ts';
import { answerTo, commandOf, commands, type Happening, happening, reportOf, wishesOf } from './happenings.ts';
import { illegalMoves } from './legal-moves.ts';
import { type Commanded, verdictOn } from './reference.ts';
import { captureIn, type World, worlds } from './worlds.ts';

export interface Told {
  /** How often each command was taken, and how often refused for which reason. */
  readonly counts: ReadonlyMap<string, number>;
  readonly commands: number;
}

/** What is wrong is thrown, with all that happened to that order. */
class StoryBroken extends Error {}

/** What happens, and the world that it begins in. */
export const stories = fc.tuple(
  fc.array(happening, { minLength: 1, maxLength: 100, size: 'max' }),
  fc.nat(2 * worlds.length - 1),
);

export function tell(happenings: readonly Happening[], firstWorld: number): Told {
  const counts = new Map<string, number>();
  let given = 0;
  let next = firstWorld;
  let chapter = chapterAt(next);
  for (const each of happenings) {
    if (chapter.isOver) {
      chapter.end();
      next += 1;
      chapter = chapterAt(next);
    }
    const said = chapter.happen(each);
    if (said === undefined) continue;
    given += 1;
    counts.set(said, (counts.get(said) ?? 0) + 1);
  }
  chapter.end();
  return { counts, commands: given };
}

/** Each world twice: with an order that nobody has looked at, and with one that is approved where that is possible. */
function chapterAt(place: number): Chapter {
  const world = worlds[place % worlds.length];
  if (world === undefined) throw new Error('there are worlds');
  return new Chapter(world, Math.floor(place / worlds.length) % 2 === 0);
}

/** Commands to an order that has ended; after so many another order begins. */
const epilogue = 4;

/** The life of one order. */
class Chapter {
  readonly #world: World;
  readonly #life: LifeWithInventory;
  readonly #waiting = new Map<string, Effect>();
  #at = start;
  #isDeleted = false;
  #afterEnd = 0;

  /** @param isApproved false: somebody has to see to that. */
  constructor(world: World, isApproved: boolean) {
    this.#world = world;
    this.#life = new LifeWithInventory(world.policies, catalogue);
    this.#take(captureIn(world));
    if (isApproved) this.#life.try({ type: 'ApproveOrder', at: start, orderId });
    for (const effect of this.#life.effects) this.#note(effect);
  }

  get isOver(): boolean {
    return this.#afterEnd > epilogue;
  }

  /** Gives what was commanded, and what came of it; nothing when it was no command. */
  happen(happening: Happening): string | undefined {
    this.#at += happening.afterMs;
    const order = this.#order;
    const hasEnded = order === undefined || order.state === 'completed' || order.state === 'canceled';
    if (hasEnded) this.#afterEnd += 1;
    if (happening.kind === 'command') return this.#command(happening);
    const input = this.#inputOf(happening);
    if (input !== undefined && order !== undefined) this.#take(input);
    return undefined;
  }

  /** All of it once more as a whole, and what laws there are besides. */
  end(): void {
    const broken = checkLaws(this.#life.evidence).map(({ message }) => message);
    if (broken.length > 0) throw this.#broken(broken.join('\n'));
  }

  get #order(): CustomerOrder | undefined {
    return this.#isDeleted ? undefined : this.#life.order;
  }

  #inputOf(happening: Happening): Input | undefined {
    const common = { at: this.#at, orderId };
    if (happening.kind === 'report') return reportOf(this.#order, happening, common);
    const isTimer = ({ type }: Effect) => (type === 'SetTimer') === (happening.kind === 'timer');
    const suitable = [...this.#waiting.values()].filter(isTimer);
    const effect = suitable[happening.pick % Math.max(1, suitable.length)];
    if (effect === undefined) return undefined;
    this.#waiting.delete(effect.id);
    if (effect.type !== 'SetTimer') return answerTo(effect, happening, common);
    this.#at = Math.max(this.#at, effect.due);
    return { type: 'TimerFired', at: this.#at, orderId, timer: effect.timer, effectId: effect.id };
  }

  #command(happening: Happening): string {
    const command = this.#choose(happening);
    if (command === undefined) return `${happening.command} about nothing`;
    const expected = this.#verdictOn(command);
    if (this.#isDeleted) return `${command.type} orderUnknown`;
    const before = this.#life.order;
    const outcome = this.#take(command);
    const got = outcome.ok ? undefined : outcome.refusal.code;
    if (got !== expected) {
      throw this.#broken(`${told(command)} is ${got ?? 'taken'}; the model says ${expected ?? 'taken'}`);
    }
    const missing = outcome.ok ? missingIn(command, outcome.story.moves) : [];
    if (outcome.ok && before !== undefined) missing.push(...otherwiseIn(before, command, outcome.order));
    if (missing.length > 0) throw this.#broken(`${missing.join('; ')}: ${told(command)}`);
    return `${command.type} ${got ?? 'taken'}`;
  }

  /** A command that is possible, as far as whoever gives it looks. */
  #choose({ command: first, looks, pick, variant }: Happening): Commanded | undefined {
    const common = { at: this.#at, orderId };
    const from = commands.indexOf(first);
    const tried = looks === 2 ? [...commands.slice(from), ...commands.slice(0, from)] : [first];
    const allOf = (type: Commanded['type']) =>
      wishesOf(this.#order, type, variant).map((wish) => commandOf(type, variant, wish, common));
    for (const type of looks === 0 ? [] : tried) {
      const possible = allOf(type).filter((each) => this.#verdictOn(each) === undefined);
      if (possible.length > 0) return possible[pick % possible.length];
    }
    const all = allOf(first);
    return all[pick % Math.max(1, all.length)];
  }

  #verdictOn(command: Commanded): string | undefined {
    return verdictOn(this.#order, command, this.#world);
  }

  #take(input: Input): Outcome {
    const before = this.#life.order;
    const outcome = this.#tried(input);
    if (!outcome.ok) {
      if (this.#life.order !== before) throw this.#broken(`${told(input)} is refused, and has changed the order`);
      return outcome;
    }
    const illegal = illegalMoves(before, outcome);
    if (before !== undefined) illegal.push(...afterDue(before, input, outcome.order, this.#world));
    if (illegal.length > 0) throw this.#broken(`${told(input)}: ${illegal.join('; ')}`);
    const { order } = outcome;
    const history = this.#life.history.slice(-1);
    const broken = brokenInvariants({ ...this.#life.evidence, orders: [{ order, history }] });
    if (broken.length > 0) throw this.#broken(`${told(input)}: ${broken.join('\n')}`);
    for (const effect of outcome.effects) this.#note(effect);
    return outcome;
  }

  /** The core throws for no reason of the domain. */
  #tried(input: Input): Outcome {
    try {
      return this.#life.try(input);
    } catch (failure) {
      throw this.#broken(`${told(input)}: ${failure instanceof Error ? failure.message : String(failure)}`);
    }
  }

  #broken(what: string): StoryBroken {
    return new StoryBroken(`${what}\nafter\n${this.#life.inputs.map(told).join('\n')}`);
  }

  #note(effect: Effect): void {
    if (effect.type === 'RemoveOrder') this.#isDeleted = true;
    if (effect.type === 'CancelTimer') this.#waiting.delete(`${orderId}/timer/${effect.name}`);
    const isWaiting = [
      'SetTimer',
      'SendOutboundRequest',
      'SendCancellation',
      'SendQualificationRequest',
      'SubmitInput',
    ];
    if (isWaiting.includes(effect.type)) this.#waiting.set(effect.id, effect);
  }
}

function told(input: Input): string {
  return JSON.stringify(input);
}
