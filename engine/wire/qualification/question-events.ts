/** What listeners of TMF645 v4.0 are told of questions. */
import { inOnePiece, textOfInstant } from '../../../contracts/schemas/text.ts';
import type { Json } from '../../model/json.ts';
import type { RenderedEvent } from '../events.ts';

export type QuestionKind = 'CheckServiceQualification' | 'QueryServiceQualification';

export type QuestionEvent =
  | { readonly kind: 'Create' | 'StateChange' | 'Delete' }
  | { readonly kind: 'AttributeValueChange'; readonly attributes: readonly string[] };

/** The event with the whole question in it. @param question as the API shows it. */
export function renderQuestionEvent(
  resource: QuestionKind,
  question: object,
  event: QuestionEvent,
  envelope: { readonly eventId: string; readonly at: number },
): RenderedEvent {
  const eventType = inOnePiece(resource, event.kind, 'Event');
  const time = textOfInstant(envelope.at);
  const body = {
    eventId: envelope.eventId,
    eventTime: time,
    eventType,
    timeOcurred: time,
    ...(event.kind === 'AttributeValueChange' ? { fieldPath: event.attributes.join(',') } : {}),
    event: { [lowerFirst(resource)]: question as unknown as Json }, // rendered from a plain JSON order
  };
  return { eventType, listenerPath: `/listener/${lowerFirst(eventType)}`, body };
}

function lowerFirst(name: string): string {
  return `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
}
