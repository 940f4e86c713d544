/** Every rule, in the order in which causes come before consequences. */
import type { Rule, Theme } from './rule.ts';
import { attributes } from './themes/attributes.ts';
import { cancels } from './themes/cancels.ts';
import { creates } from './themes/creates.ts';
import { eventShapes, events } from './themes/events.ts';
import { hub } from './themes/hub.ts';
import { life } from './themes/life.ts';
import { lists } from './themes/lists.ts';
import { messages } from './themes/messages.ts';
import { patches } from './themes/patches.ts';
import { protocol } from './themes/protocol.ts';
import { access, running } from './themes/running.ts';

export const themes: readonly Theme[] = [
  messages,
  access,
  creates,
  protocol,
  patches,
  cancels,
  life,
  attributes,
  lists,
  eventShapes,
  hub,
  events,
  running,
];

export const rules: readonly Rule[] = themes.flatMap((theme) => theme.rules);
