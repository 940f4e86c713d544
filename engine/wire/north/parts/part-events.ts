/** What listeners of TMF652 and TMF697 are told of resource orders and work orders. */
import { inOnePiece, textOfInstant } from '../../../../contracts/schemas/text.ts';
import type { Catalogue } from '../../../model/catalogue.ts';
import type { Json } from '../../../model/json.ts';
import type { CustomerOrder } from '../../../model/order.ts';
import type { PartNews } from '../../../model/parts/news.ts';
import { type Envelope, envelopeOf, type RenderedEvent } from '../../events.ts';
import { type PartApi, partApiOf } from './part-api.ts';

const kinds = {
  created: 'Create',
  stateChanged: 'StateChange',
  attributesChanged: 'AttributeValueChange',
  deleted: 'Delete',
} as const satisfies { readonly [kind in PartNews['kind']]: string };

/** With the whole resource in it. Nothing where it is of another API, or where that part has gone since. */
export function renderPartEvent(
  api: PartApi,
  { order, catalogue }: { readonly order: CustomerOrder; readonly catalogue: Catalogue },
  news: PartNews,
  { eventId, at, publicUrl }: Envelope,
): RenderedEvent | undefined {
  const domainOrder = news.kind === 'deleted' ? news.was : order.domainOrders.find(({ id }) => id === news.part);
  if (domainOrder === undefined || partApiOf(domainOrder) !== api) return undefined;
  const state = 'state' in news ? news.state : undefined;
  const resource = api.render({ order, domainOrder, catalogue, publicUrl }, state);
  const eventType = inOnePiece(api.resource, kinds[news.kind], 'Event');
  const body = {
    ...envelopeOf({}, eventType, { eventId, time: textOfInstant(at) }),
    ...(news.kind === 'attributesChanged' ? { fieldPath: news.attributes.join(',') } : {}),
    event: { [api.name]: resource as unknown as Json }, // rendered from a plain JSON order
  };
  return { eventType, listenerPath: inOnePiece('/listener/', api.name, kinds[news.kind], 'Event'), body };
}
