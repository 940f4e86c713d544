/**
 * The checks of an inventory system: TMF645 `checkServiceQualification`. Each is answered as the first behaviour says that
 * it matches, from the stock by default. The same externalId twice makes two checks: TMF645 does not say otherwise.
 */
import { checkOf } from '../../../contracts/profile/contract.ts';
import { mergePatched } from '../../../contracts/profile/merge-patch.ts';
import { selectFields } from '../../../contracts/profile/tmf630.ts';
import { errorAnswer, errorOfFindings } from '../../../contracts/schemas/tmf-error.ts';
import type { CheckServiceQualification_Create } from '../../../contracts/schemas/tmf645-v4.0.generated.ts';
import type { Answer } from '../../../exchange/endpoint.ts';
import { jsonResponse } from '../../../exchange/message.ts';
import type { Route, RoutedRequest } from '../../../exchange/router.ts';
import { refusal, reply } from '../../answers.ts';
import { brokenAnswer, lostAnswer, scriptedResponse } from '../../response.ts';
import type { Acceptance } from '../../script/answer.ts';
import { drawnMs } from '../../script/latency.ts';
import { listed } from '../listing.ts';
import { readPatch } from '../patching.ts';
import { basePathOf } from '../telling.ts';
import { newId, type World } from '../world.ts';
import { type Behaviour, missed, usualBehaviour } from './behaviour.ts';
import { CheckLife } from './check-life.ts';
import type { Check } from './check-shown.ts';
import type { Asked, Facts } from './qualify.ts';

const path = `${basePathOf('TMF645')}/checkServiceQualification`;

const given = 'it is part of what the inventory answers';
const asked = 'what is asked stays as it was; delete the check and ask again';

/** Of a check, what cannot be patched. */
const fixed = {
  effectiveQualificationDate: given,
  estimatedResponseDate: given,
  expirationDate: given,
  instantSyncQualification: asked,
  provideAlternative: asked,
  provideUnavailabilityReason: asked,
  qualificationResult: given,
  serviceQualificationItem: asked,
  state: given,
};

/** What this inventory knows of a service, by its id. */
export type ServiceLookUp = (id: string) => { readonly site?: string; readonly specification?: string } | undefined;

export class Checks {
  readonly routes: readonly Route<Answer>[] = [
    { method: 'POST', path, handle: (request) => this.#create(request) },
    { method: 'GET', path, handle: (request) => this.#list(request) },
    {
      method: 'GET',
      path: `${path}/{id}`,
      handle: (request) => this.#with(request, (check) => this.#show(check, request)),
    },
    {
      method: 'PATCH',
      path: `${path}/{id}`,
      handle: (request) => this.#with(request, (check) => this.#patch(check, request)),
    },
    {
      method: 'DELETE',
      path: `${path}/{id}`,
      handle: (request) => this.#with(request, (check) => this.#delete(check)),
    },
  ];
  readonly life: CheckLife;
  readonly #world: World;
  readonly #findService: ServiceLookUp;
  /** By externalId: how often it came. */
  readonly #attempts = new Map<string, number>();
  /** By behaviour: how many checks it was for. */
  readonly #uses = new Map<Behaviour, number>();
  #count = 0;

  constructor(world: World, facts: Facts, findService: ServiceLookUp) {
    this.#world = world;
    this.#findService = findService;
    this.life = new CheckLife({ world, facts, askedIn: (request) => this.#askedIn(request) });
  }

  forget(): void {
    this.life.forget();
    this.#attempts.clear();
    this.#uses.clear();
    this.#count = 0;
  }

  #create({ body }: RoutedRequest): Answer {
    if (body === undefined) return refusal(errorAnswer(400, '21', 'Missing body', 'Send a CheckServiceQualification'));
    const findings = checkOf('TMF645', 'conformance', 'CheckServiceQualification_Create')(body.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const request = body.json as CheckServiceQualification_Create; // valid, as just checked
    const behaviour = this.#behaviourFor(request);
    const { kernel, name } = this.#world;
    const afterMs = drawnMs(behaviour.latency, kernel, `mock.${name}.latency`);
    if (behaviour.answer.kind !== 'accept') return scriptedResponse(behaviour.answer, afterMs, path);
    return this.#accept(request, behaviour, behaviour.answer, afterMs);
  }

  #behaviourFor(request: CheckServiceQualification_Create): Behaviour {
    this.#count += 1;
    const { externalId } = request;
    const attempt = externalId === undefined ? 1 : (this.#attempts.get(externalId) ?? 0) + 1;
    if (externalId !== undefined) this.#attempts.set(externalId, attempt);
    const check = { items: this.#askedIn(request), attempt, check: this.#count };
    const behaviour = this.#world.data.behaviours.find(
      (each) => (this.#uses.get(each) ?? 0) < each.times && missed(each.when, check).length === 0,
    );
    if (behaviour === undefined) return usualBehaviour;
    this.#uses.set(behaviour, (this.#uses.get(behaviour) ?? 0) + 1);
    return behaviour;
  }

  #accept(
    request: CheckServiceQualification_Create,
    behaviour: Behaviour,
    { broken, lose }: Acceptance,
    afterMs: number,
  ): Answer {
    const now = this.#world.kernel.now();
    // Whoever loses the answer is not to know that there is a check.
    const isTold = lose === undefined;
    const id = newId(this.#world);
    const check = this.life.begin({ id, request, behaviour, askedAt: now }, now + afterMs, isTold);
    const shown = this.life.shown(check);
    const isAnswered = request.instantSyncQualification === true && check.answers !== undefined;
    const whole = isAnswered ? jsonResponse(200, shown) : jsonResponse(201, shown, { location: String(shown.href) });
    // 201 is what a broken answer has where nothing is said.
    const status = broken?.status === 201 ? whole.status : broken?.status;
    const response =
      broken === undefined ? whole : brokenAnswer(whole, { ...broken, status: status ?? whole.status }, path);
    return lose === undefined ? reply(response, afterMs) : lostAnswer(response, lose, afterMs);
  }

  /** Of an item on a service that is there already, what it leaves out is what that service has. */
  #askedIn({ serviceQualificationItem }: Check['request']): Asked[] {
    return serviceQualificationItem.map(({ id, service }, index) => {
      const known = service?.id === undefined ? undefined : this.#findService(service.id);
      return {
        id: id ?? String(index + 1),
        site: service?.place?.[0]?.id ?? known?.site,
        specification: service?.serviceSpecification?.id ?? known?.specification,
        service: service?.id,
        asksToReserve: service?.state === 'reserved',
      };
    });
  }

  #list({ query }: RoutedRequest): Answer {
    const checks = [...this.life.checks.values()];
    return listed(
      checks.map((check) => () => this.life.shown(check)),
      query,
    );
  }

  #show(check: Check, { query }: RoutedRequest): Answer {
    return reply(jsonResponse(200, selectFields(this.life.shown(check), query.fields)));
  }

  #patch(check: Check, request: RoutedRequest): Answer {
    const read = readPatch(request, 'TMF645', 'CheckServiceQualification_Update', fixed);
    if (!read.ok) return read.refusal;
    const merged = mergePatched(check.request, read.patch) as CheckServiceQualification_Create; // what is fixed stays
    const amended = this.life.amend({ ...check, request: merged }, Object.keys(read.patch).join(','));
    return reply(jsonResponse(200, this.life.shown(amended)));
  }

  #delete(check: Check): Answer {
    this.life.end(check);
    return reply({ status: 204, headers: {} });
  }

  #with({ params }: RoutedRequest, does: (check: Check) => Answer): Answer {
    const check = this.life.checks.get(params.id ?? '');
    if (check !== undefined) return does(check);
    return refusal(errorAnswer(404, '60', 'Resource not found', `No check ${params.id}`));
  }
}
