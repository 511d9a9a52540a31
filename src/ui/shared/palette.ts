/** Colours of the theme, read from the style sheet once per theme: canvases cannot use CSS variables. */
import type { KindName, Look } from '../../protocol/scene.ts';

export interface Palette {
  readonly ink: string;
  readonly muted: string;
  readonly accent: string;
  readonly raised: string;
  readonly panel: string;
  readonly bg: string;
  readonly line: string;
  readonly light: boolean;
  readonly kinds: Readonly<Record<KindName, string>>;
  readonly looks: Readonly<Record<Look, string>>;
}

export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const gossip = of('gossip');
  return {
    ink: of('ink'),
    muted: of('muted'),
    accent: of('accent'),
    raised: of('raised'),
    panel: of('panel'),
    bg: of('bg'),
    line: of('line-strong'),
    light: document.documentElement.dataset['theme'] === 'light',
    kinds: {
      message: of('message'),
      presence: of('presence'),
      iq: of('iq'),
      result: '#F0E442',
      error: of('error'),
      push: gossip,
      pull: gossip,
      digest: gossip,
      stream: of('muted'),
    },
    looks: {
      hollow: of('muted'),
      infective: of('infective'),
      removed: of('removed-node'),
      offline: of('muted'),
      online: of('accent'),
      active: of('accent'),
    },
  };
}
