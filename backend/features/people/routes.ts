import type { BackendDependencies } from '../../dependencies.ts';
import type { App } from '../../http/app-type.ts';
import { invitationRoutes } from './invitations.ts';
import { meRoutes } from './me.ts';
import { memberRoutes } from './members.ts';

/** People: the one who is signed in, the members of an organisation, and whom it invites. */
export function peopleRoutes(app: App, deps: BackendDependencies): void {
  meRoutes(app, deps);
  memberRoutes(app, deps);
  invitationRoutes(app, deps);
}
