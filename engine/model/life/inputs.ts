/** What is decided about an order as a whole, as data. */
import type { Instant } from '../words.ts';

/** `roles`: those of who commands; absent where nobody is asked. */
export type OrderCommand = OrderCommandKind & {
  readonly at: Instant;
  readonly orderId: string;
  readonly roles?: readonly string[];
};

export type OrderCommandKind =
  | { readonly type: 'SubmitOrder' }
  | { readonly type: 'DeleteOrder' }
  | {
      readonly type:
        | 'RejectOrder'
        | 'ReopenOrder'
        | 'HoldOrder'
        | 'ReleaseOrder'
        | 'RequestInformation'
        | 'TakeInformation';
      readonly note: string;
    };

/** The day has come that an order is to start on. */
export type OrderTimer = { readonly kind: 'orderStart' };

const orderCommands: { readonly [type in OrderCommandKind['type']]: true } = {
  SubmitOrder: true,
  DeleteOrder: true,
  RejectOrder: true,
  ReopenOrder: true,
  HoldOrder: true,
  ReleaseOrder: true,
  RequestInformation: true,
  TakeInformation: true,
};

export function isOrderCommand(input: { readonly type: string }): input is OrderCommand {
  return Object.hasOwn(orderCommands, input.type);
}
