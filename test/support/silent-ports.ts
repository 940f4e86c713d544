/** A world that answers nothing. */
import type { Ports } from '../../engine/shell/effects.ts';

export const silentPorts: Ports = {
  sendOutboundRequest: () => new Promise(() => {}),
  pollOutboundRequest: async () => [],
  sendQualificationRequest: () => new Promise(() => {}),
  pollQualificationRequest: async () => undefined,
  withdrawQualificationRequest: async () => {},
  notifyListeners: async () => {},
  sendCancellation: () => new Promise(() => {}),
  notifyCancellation: async () => {},
  notifyOfOrder: async () => {},
  notifyQualification: async () => {},
};
