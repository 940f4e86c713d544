/** The life of checks: what is said of each, and when; what it holds, and for how long. */
import type { CheckServiceQualification } from '../../../contracts/schemas/tmf645-v4.0.generated.ts';
import { drawnMs } from '../../script/latency.ts';
import type { Place } from '../stock/pool.ts';
import type { Happening } from '../telling.ts';
import { hrefOf, type World } from '../world.ts';
import { type CheckTelling, forcedOn, type Step, type Verdict } from './behaviour.ts';
import { type Check, checkShown, itemsCalledBack, type Surroundings } from './check-shown.ts';
import { distortedBy } from './check-wrong.ts';
import { type Asked, type Facts, type Qualified, qualify } from './qualify.ts';

export interface CheckLifeOptions {
  readonly world: World;
  readonly facts: Facts;
  /** What decides of each item. */
  readonly askedIn: (request: Check['request']) => readonly Asked[];
}

export class CheckLife {
  readonly checks = new Map<string, Check>();
  readonly #world: World;
  readonly #facts: Facts;
  readonly #askedIn: CheckLifeOptions['askedIn'];
  readonly #stepAddress: string;
  readonly #expiryAddress: string;

  constructor({ world, facts, askedIn }: CheckLifeOptions) {
    this.#world = world;
    this.#facts = facts;
    this.#askedIn = askedIn;
    this.#stepAddress = `mock.${world.name}.step`;
    this.#expiryAddress = `mock.${world.name}.expiry`;
    world.kernel.handle(this.#stepAddress, ({ data }) => {
      const { check } = data as { check: string }; // from `#planned`
      this.#takeStep(check);
    });
    world.kernel.handle(this.#expiryAddress, ({ data }) => {
      const { check } = data as { check: string }; // from `#held`
      this.#expire(check);
    });
  }

  /**
   * @param answeredAt when the answer is out, from which the first step counts.
   * @param isTold whether the subscribers are told that it is there.
   */
  begin(check: Check, answeredAt: number, isTold: boolean): Check {
    const said = this.#planned(this.#said(check, check.behaviour.verdict), 0, answeredAt);
    this.checks.set(check.id, said);
    if (isTold) this.#world.teller.announce(this.#about(said), answeredAt);
    return said;
  }

  /** Takes on what was patched. */
  amend(check: Check, fieldPath: string): Check {
    this.checks.set(check.id, check);
    this.#world.teller.tell({ ...this.#about(check), kind: 'AttributeValueChange', fieldPath });
    return check;
  }

  /** It is gone, and what it held is free. */
  end(check: Check): void {
    this.#stop(check);
    this.#world.ledger.giveUp(check.id, 'release');
    this.checks.delete(check.id);
    this.#world.teller.tell({ ...this.#about(check), kind: 'Delete' });
  }

  /** Tells that what it held has been taken into use. */
  used(checkId: string): void {
    const check = this.checks.get(checkId);
    if (check !== undefined) this.#tellChange(check, 'serviceQualificationItem.service');
  }

  /** Every check is gone, with all that was still to be said. */
  forget(): void {
    for (const check of this.checks.values()) this.#stop(check);
    this.checks.clear();
  }

  shown(check: Check): CheckServiceQualification {
    return checkShown(check, this.#around(check));
  }

  /** What the stock says, or what the verdict says in its place; what the check held before is free for it. */
  #said(check: Check, verdict: Verdict): Check {
    const { kernel, ledger } = this.#world;
    if (verdict.kind === 'pending') return check;
    ledger.giveUp(check.id, 'release');
    kernel.cancel(this.#expiryId(check));
    const { provideAlternative = false, provideUnavailabilityReason = false } = check.request;
    const asked = this.#askedIn(check.request);
    const wanted = { alternatives: provideAlternative, reasons: provideUnavailabilityReason };
    const answers = qualify(asked, this.#facts, wanted);
    if (verdict.kind === 'stock') this.#hold(check, asked, answers);
    return { ...check, answers: forcedOn(answers, asked, verdict, kernel.now()), answeredAt: kernel.now() };
  }

  /** For all items that want it, or for none. */
  #hold({ id }: Check, asked: readonly Asked[], answers: readonly Qualified[]): void {
    const { data, kernel, ledger } = this.#world;
    if (data.reserve === 'never' || answers.some(({ result }) => result !== 'qualified')) return;
    const items = answers.flatMap((answer, index): { item: string; place: Place }[] => {
      const wants = data.reserve === 'always' || asked[index]?.asksToReserve === true;
      return wants && answer.place !== undefined ? [{ item: answer.id, place: answer.place }] : [];
    });
    const expiresAt = kernel.now() + data.reservationValidForMs;
    if (items.length === 0 || !ledger.hold(id, items, kernel.now(), expiresAt)) return;
    kernel.schedule({ id: this.#expiryId({ id }), to: this.#expiryAddress, due: expiresAt, data: { check: id } });
  }

  #expire(checkId: string): void {
    const check = this.checks.get(checkId);
    const { ledger } = this.#world;
    const holds = ledger.reservationsOf(checkId).some(({ state }) => state === 'held');
    ledger.giveUp(checkId, 'expire');
    if (check !== undefined && holds) this.#tellChange(check, 'serviceQualificationItem.service.state');
  }

  #tellChange(check: Check, fieldPath: string): void {
    this.#world.teller.tell({ ...this.#about(check), kind: 'AttributeValueChange', fieldPath });
  }

  /** Puts a step of a check on the clock, if it has one there. */
  #planned(check: Check, index: number, since: number): Check {
    const { kernel, name } = this.#world;
    const { next: _, expectedAt: __, ...rest } = check;
    const step = check.behaviour.steps[index];
    if (step === undefined) return rest;
    const due = since + drawnMs(step.after, kernel, `mock.${name}.latency`);
    kernel.schedule({ id: this.#stepId(check), to: this.#stepAddress, due, data: { check: check.id } });
    return { ...rest, next: index, expectedAt: due };
  }

  #takeStep(checkId: string): void {
    const before = this.checks.get(checkId);
    const index = before?.next;
    const step = index === undefined ? undefined : before?.behaviour.steps[index];
    if (before === undefined || index === undefined || step === undefined) return;
    const verdict = this.#verdictOf(step, before);
    const said = verdict === undefined ? before : this.#said(before, verdict);
    const after = this.#planned(said, index + 1, this.#world.kernel.now());
    this.checks.set(checkId, after);
    const told = verdict === undefined ? this.#toldAgain(after, step.telling) : undefined;
    const news = told ?? this.#tell(before, after, verdict?.kind === 'pending', step.telling);
    if (news !== undefined) this.checks.set(checkId, { ...after, told: news });
  }

  /** `undefined`: what was said before. Where nothing was, it is the stock that says it. */
  #verdictOf({ verdict }: Step, { answers }: Check): Verdict | undefined {
    if (verdict.kind !== 'again') return verdict;
    return answers === undefined ? { kind: 'stock' } : undefined;
  }

  /** Word by word, when it was told in the same way. */
  #toldAgain({ told }: Check, telling: CheckTelling): Check['told'] {
    const isSame = told?.kind === (telling.report === 'processResult' ? 'callback' : telling.report);
    if (told === undefined || !isSame) return undefined;
    this.#world.teller.say(told, telling, distortedBy(telling.wrong));
    return told;
  }

  #tell(before: Check, after: Check, isPending: boolean, telling: CheckTelling): Check['told'] {
    const { teller } = this.#world;
    const distorted = distortedBy(telling.wrong);
    if (telling.report === 'none') return undefined;
    if (telling.report === 'processResult') {
      const { answers: _, ...unanswered } = after;
      const earlier = telling.wrong?.alsoEarlier === true ? this.#before(after.id) : [];
      const checks = [isPending ? unanswered : after, ...earlier];
      const serviceQualificationItem = checks.flatMap((check) => itemsCalledBack(check, this.#around(check)));
      const body = { '@type': 'CheckServiceQualification', serviceQualificationItem };
      return teller.callBack(body, telling, distorted);
    }
    const about = this.#about(after);
    if (before.answers === undefined && after.answers !== undefined) {
      return teller.tell({ ...about, kind: 'StateChange' }, telling, distorted);
    }
    const fieldPath = isPending ? 'estimatedResponseDate' : 'serviceQualificationItem.qualificationResult';
    return teller.tell({ ...about, kind: 'AttributeValueChange', fieldPath }, telling, distorted);
  }

  /** The check that came before it. */
  #before(id: string): Check[] {
    const ids = [...this.checks.keys()];
    const earlier = this.checks.get(ids[ids.indexOf(id) - 1] ?? '');
    return earlier === undefined ? [] : [earlier];
  }

  #about(check: Check): Omit<Happening, 'kind'> {
    const { id } = check;
    return { api: 'TMF645', resource: 'checkServiceQualification', id, document: this.shown(check) };
  }

  #around({ id }: Check): Surroundings {
    const { data, ledger } = this.#world;
    return {
      href: hrefOf(this.#world, 'TMF645', 'checkServiceQualification', id),
      reservations: ledger.reservationsOf(id),
      nameOf: (specification) => data.specifications.get(specification)?.name ?? specification,
      hrefOf: (service) => hrefOf(this.#world, 'TMF638', 'service', service),
    };
  }

  #stop(check: Check): void {
    this.#world.kernel.cancel(this.#stepId(check));
    this.#world.kernel.cancel(this.#expiryId(check));
  }

  #stepId({ id }: Pick<Check, 'id'>): string {
    return `${this.#stepAddress}/${id}`;
  }

  #expiryId({ id }: Pick<Check, 'id'>): string {
    return `${this.#expiryAddress}/${id}`;
  }
}
