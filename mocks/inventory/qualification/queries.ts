/**
 * What can be had at a place: TMF645 `queryServiceQualification`. Answered at once from the stock; nothing is held by it,
 * and it is kept as it was answered.
 */
import { checkOf } from '../../../contracts/profile/contract.ts';
import { mergePatched } from '../../../contracts/profile/merge-patch.ts';
import { selectFields } from '../../../contracts/profile/tmf630.ts';
import { textOfInstant } from '../../../contracts/schemas/text.ts';
import { errorAnswer, errorOfFindings } from '../../../contracts/schemas/tmf-error.ts';
import type {
  QueryServiceQualification,
  QueryServiceQualification_Create,
  ServiceQualificationItem,
  ServiceRefOrValue,
} from '../../../contracts/schemas/tmf645-v4.0.generated.ts';
import type { Answer } from '../../../exchange/endpoint.ts';
import { jsonResponse } from '../../../exchange/message.ts';
import type { Route, RoutedRequest } from '../../../exchange/router.ts';
import { refusal, reply } from '../../answers.ts';
import { listed } from '../listing.ts';
import { readPatch } from '../patching.ts';
import { freeIn } from '../stock/pool.ts';
import { basePathOf } from '../telling.ts';
import { hrefOf, newId, type World } from '../world.ts';

const path = `${basePathOf('TMF645')}/queryServiceQualification`;

const given = 'it is part of what the inventory answers';
const asked = 'what is asked stays as it was; ask again';

/** Of a query, what cannot be patched. */
const fixed = {
  effectiveQualificationDate: given,
  estimatedResponseDate: given,
  expirationDate: given,
  instantSyncQualification: asked,
  searchCriteria: asked,
  serviceQualificationItem: given,
  state: given,
};

type Query = QueryServiceQualification & { readonly id: string };

export class Queries {
  readonly routes: readonly Route<Answer>[] = [
    { method: 'POST', path, handle: (request) => this.#create(request) },
    {
      method: 'GET',
      path,
      handle: ({ query }) =>
        listed(
          [...this.#queries.values()].map((each) => () => each),
          query,
        ),
    },
    {
      method: 'GET',
      path: `${path}/{id}`,
      handle: (request) =>
        this.#with(request, (query) => reply(jsonResponse(200, selectFields(query, request.query.fields)))),
    },
    {
      method: 'PATCH',
      path: `${path}/{id}`,
      handle: (request) => this.#with(request, (query) => this.#patch(query, request)),
    },
    {
      method: 'DELETE',
      path: `${path}/{id}`,
      handle: (request) => this.#with(request, (query) => this.#delete(query)),
    },
  ];
  readonly #world: World;
  readonly #queries = new Map<string, Query>();

  constructor(world: World) {
    this.#world = world;
  }

  forget(): void {
    this.#queries.clear();
  }

  #create({ body }: RoutedRequest): Answer {
    if (body === undefined) return refusal(errorAnswer(400, '21', 'Missing body', 'Send a QueryServiceQualification'));
    const findings = checkOf('TMF645', 'conformance', 'QueryServiceQualification_Create')(body.json);
    if (findings.length > 0) return refusal(errorOfFindings(findings));
    const request = body.json as QueryServiceQualification_Create; // valid, as just checked
    const { service = {} } = request.searchCriteria;
    const site = service.place?.[0]?.id;
    if (site === undefined) {
      const pointer = '/searchCriteria/service/place/0/id';
      return refusal(errorOfFindings([{ pointer, rule: 'required', expected: 'the id of a site', got: 'nothing' }]));
    }
    const { kernel, teller } = this.#world;
    const now = textOfInstant(kernel.now());
    const id = newId(this.#world);
    const query: Query = {
      ...request,
      id,
      href: hrefOf(this.#world, 'TMF645', 'queryServiceQualification', id),
      queryServiceQualificationDate: now,
      effectiveQualificationDate: now,
      state: 'done',
      serviceQualificationItem: this.#availableAt(site, service),
    };
    this.#queries.set(id, query);
    teller.announce({ api: 'TMF645', resource: 'queryServiceQualification', id, document: query }, kernel.now());
    if (request.instantSyncQualification === true) return reply(jsonResponse(200, query));
    return reply(jsonResponse(201, query, { location: String(query.href) }));
  }

  /** What is free there, or has no end; of one specification when it is named. */
  #availableAt(site: string, asked: ServiceRefOrValue): ServiceQualificationItem[] {
    const { data, ledger, kernel } = this.#world;
    if (!data.sites.has(site)) return [];
    const wanted = asked.serviceSpecification?.id;
    return [...data.specifications.values()]
      .filter(({ id }) => wanted === undefined || id === wanted)
      .filter(({ id, limited }) => !limited || freeIn(ledger.poolAt({ site, specification: id })) > 0)
      .map(({ id, name }, index) => ({
        id: String(index + 1),
        expectedServiceAvailabilityDate: textOfInstant(kernel.now()),
        service: {
          state: 'feasibilityChecked',
          serviceSpecification: { id, name },
          ...(asked.place === undefined ? {} : { place: asked.place }),
        },
      }));
  }

  /** No event of a query tells of attributes. */
  #patch(query: Query, request: RoutedRequest): Answer {
    const read = readPatch(request, 'TMF645', 'QueryServiceQualification_Update', fixed);
    if (!read.ok) return read.refusal;
    const patched = mergePatched(query, read.patch) as Query; // its id cannot be patched
    this.#queries.set(query.id, patched);
    return reply(jsonResponse(200, patched));
  }

  #delete(query: Query): Answer {
    const { id } = query;
    this.#queries.delete(id);
    const about = { api: 'TMF645', resource: 'queryServiceQualification', id, document: query } as const;
    this.#world.teller.tell({ ...about, kind: 'Delete' });
    return reply({ status: 204, headers: {} });
  }

  #with({ params }: RoutedRequest, does: (query: Query) => Answer): Answer {
    const query = this.#queries.get(params.id ?? '');
    if (query !== undefined) return does(query);
    return refusal(errorAnswer(404, '60', 'Resource not found', `No query ${params.id}`));
  }
}
