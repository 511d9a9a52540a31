/** Rooms that are there from the beginning, as a scenario writes them, with what they federate with (XEP-0289) checked. */
import { tryParseJid } from '../../base/jid.ts';
import { InputError } from '../../base/result.ts';
import type { ParamValues } from '../../protocol/params.ts';
import type { RoomOfScenario, XmppScenario } from '../../protocol/scenario.ts';

export interface RoomSeed {
  readonly name: string;
  readonly owner: string;
  readonly title?: string | undefined;
  readonly subject?: string | undefined;
  /** How many messages it keeps. */
  readonly history?: number | undefined;
  readonly federation?: { readonly federateWith: string; readonly federateFrom: readonly string[]; readonly replica: boolean } | undefined;
}

/** Of the scenario's parameter `mode`, where it declares one: it is of all rooms that federate. */
const REPLICA = 'primary-replica';

export function roomSeeds(
  scenario: XmppScenario,
  values: ParamValues,
  service: { readonly domain: string; readonly rooms?: readonly RoomOfScenario[] | undefined },
): readonly RoomSeed[] {
  return (service.rooms ?? []).map(({ federation, ...room }) => {
    if (!federation) return room;
    const own = `${room.name}@${service.domain}`;
    const partner = federation.with === undefined ? undefined : tryParseJid(federation.with);
    const isRoom = partner !== undefined && partner.local !== '' && partner.resource === '';
    if (federation.with !== undefined && (!isRoom || federation.with === own))
      throw new InputError({
        message: `${scenario.id}: the room ${own} cannot federate with "${federation.with}".`,
        hint: 'Name another room, as name@domain.',
      });
    const mode = scenario.params?.['mode'] === undefined ? federation.mode : (values['mode'] ?? federation.mode);
    const given = federation.accepts ?? [];
    const federateFrom = typeof given === 'string' ? ['*'] : given;
    return { ...room, federation: { federateWith: federation.with ?? '', federateFrom, replica: mode === REPLICA } };
  });
}
