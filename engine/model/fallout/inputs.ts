/** What is done about fallouts, as data. */
import type { Instant } from '../words.ts';

/** `roles`: those of who commands; absent where nobody is asked. */
export type FalloutCommand = FalloutCommandKind & {
  readonly at: Instant;
  readonly orderId: string;
  readonly roles?: readonly string[];
};

export type FalloutCommandKind =
  /** Somebody has noticed what no system has: it is about a task, and puts that on hold with its domain order. */
  | {
      readonly type: 'CreateFallout';
      readonly task: string;
      readonly falloutType: string;
      readonly description: string;
    }
  | { readonly type: 'AssignFallout'; readonly fallout: string; readonly assignedTo: string }
  /** Sends again what it says could not be delivered, or came back in error. */
  | { readonly type: 'RetryFallout'; readonly fallout: string }
  | {
      readonly type:
        | 'HoldFallout'
        | 'ReleaseFallout'
        | 'RequestFalloutInformation'
        | 'TakeFalloutInformation'
        /** Mended, and still to be verified: what it held goes on. */
        | 'MendFallout'
        | 'VerifyFallout'
        /** It was not mended after all: what it held is on hold again. */
        | 'ReopenFallout'
        | 'CancelFallout';
      readonly fallout: string;
      readonly note: string;
    };

const falloutCommands: { readonly [type in FalloutCommandKind['type']]: true } = {
  CreateFallout: true,
  AssignFallout: true,
  RetryFallout: true,
  HoldFallout: true,
  ReleaseFallout: true,
  RequestFalloutInformation: true,
  TakeFalloutInformation: true,
  MendFallout: true,
  VerifyFallout: true,
  ReopenFallout: true,
  CancelFallout: true,
};

export function isFalloutCommand(input: { readonly type: string }): input is FalloutCommand {
  return Object.hasOwn(falloutCommands, input.type);
}
