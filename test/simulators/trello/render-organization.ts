import type { JsonObject } from '../json.ts';
import { limitStatus, limitsAnswer } from './object-limits.ts';
import { collaborators, openBoards } from './plan-gates.ts';
import type { Organization } from './records.ts';
import { premiumFeaturesOf } from './settings.ts';
import type { World } from './world.ts';

export function renderOrganization(world: World, organization: Organization): JsonObject {
  const { id, name, displayName } = organization;
  const boards = world.boards().filter(({ idOrganization }) => idOrganization === id);
  return {
    id,
    name,
    displayName,
    desc: '',
    url: `https://trello.com/w/${name}`,
    limits: organizationLimits(world, id),
    premiumFeatures: premiumFeaturesOf(world.settings),
    idBoards: boards.map((board) => board.id),
    products: [],
  };
}

const FREE_BOARDS_WARN_AT = 3;

/** Only a Free workspace has these; unlike others they always tell how many there are. */
function organizationLimits(world: World, id: string): JsonObject {
  const { plan, freeBoards, freeCollaborators } = world.settings;
  if (plan !== 'free') return {};
  const boards = openBoards(world, id);
  const status = boards >= freeBoards ? 'disabled' : boards >= FREE_BOARDS_WARN_AT ? 'warn' : 'ok';
  const users = collaborators(world, id);
  return limitsAnswer([
    ['orgs.freeBoardsPerOrg', { status, disableAt: freeBoards, warnAt: FREE_BOARDS_WARN_AT, count: boards }],
    ['orgs.usersPerFreeOrg', { ...limitStatus(freeCollaborators, users), count: users }],
  ]);
}
