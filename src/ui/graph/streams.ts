/** How links and servers look while streams come up and go down; set on Cytoscape's elements only where it changes. */
import type { Core, StylesheetJson } from 'cytoscape';
import type { Frame } from '../../protocol/protocol.ts';
import { EntityKind, LINK_STATES, LinkState, type Scene } from '../../protocol/scene.ts';
import type { Palette } from '../shared/palette.ts';

const OFF = 'off';

/** Each state has a pattern of its own as well as its strength. */
export function streamStyles(palette: Palette): StylesheetJson {
  const line = { 'curve-style': 'straight', 'line-style': 'dashed' } as const;
  return [
    { selector: 'edge.down', style: { ...line, 'line-dash-pattern': [1, 7], 'line-opacity': 0.5, 'line-cap': 'round' } },
    {
      selector: 'edge.negotiating',
      style: { ...line, 'line-dash-pattern': [7, 5], 'line-opacity': 0.9, 'line-color': palette.accent },
    },
    {
      selector: 'edge.half',
      style: { ...line, 'line-dash-pattern': [14, 5, 2, 5], 'line-opacity': 0.9, 'line-color': palette.kinds.error },
    },
    { selector: `node.${OFF}`, style: { 'border-style': 'dashed', 'background-opacity': 0.35, 'text-opacity': 0.55 } },
  ];
}

/** Of the connections between two, the best counts: a federation has one for each direction. */
const RANK = [LinkState.down, LinkState.half, LinkState.negotiating, LinkState.up];

export class StreamLook {
  readonly #cy: Core;
  readonly #scene: Scene;
  /** By line: what it shows now. */
  readonly #shown = new Map<string, number>();
  readonly #off = new Set<number>();
  readonly #hosts: readonly number[];

  constructor(cy: Core, scene: Scene) {
    this.#cy = cy;
    this.#scene = scene;
    const { kind } = scene.entities;
    this.#hosts = [...kind.keys()].filter((i) => kind[i] === EntityKind.server || kind[i] === EntityKind.component);
  }

  show({ links, states }: Frame): void {
    if (!links || this.#cy.destroyed()) return;
    const changes: (() => void)[] = [];
    for (const [id, state] of statesOf(this.#scene, links)) {
      const before = this.#shown.get(id) ?? LinkState.up;
      if (before === state) continue;
      this.#shown.set(id, state);
      changes.push(() =>
        this.#cy
          .getElementById(id)
          .removeClass(LINK_STATES[before] ?? '')
          .addClass(LINK_STATES[state] ?? ''),
      );
    }
    for (const host of this.#hosts) {
      const isOff = this.#scene.states[states[host] ?? 0]?.look === 'offline';
      if (isOff === this.#off.has(host)) continue;
      if (isOff) this.#off.add(host);
      else this.#off.delete(host);
      changes.push(() => this.#cy.getElementById(`e${host}`).toggleClass(OFF, isOff));
    }
    if (changes.length > 0) this.#cy.batch(() => changes.forEach((change) => change()));
  }
}

function statesOf({ links: { from, to }, entities }: Scene, states: Uint8Array): Map<string, number> {
  const n = entities.name.length;
  const lines = new Map<string, number>();
  states.forEach((state, i) => {
    const [a, b] = [from[i] ?? 0, to[i] ?? 0];
    const id = `l${Math.min(a, b) * n + Math.max(a, b)}`;
    const other = lines.get(id);
    if (other === undefined || RANK.indexOf(state as 0) > RANK.indexOf(other as 0)) lines.set(id, state);
  });
  return lines;
}
