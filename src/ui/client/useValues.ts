/** What a field of an expression can be in the open scene, for completion. */
import { useMemo } from 'react';
import { KINDS } from '../../protocol/scene.ts';
import { useView, type OpenScene } from '../state/store.ts';

/** Nobody looks through more. */
const MOST = 2000;
const TYPES = [
  'get',
  'set',
  'result',
  'error',
  'chat',
  'groupchat',
  'normal',
  'headline',
  'subscribe',
  'subscribed',
  'unavailable',
  'probe',
];

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].filter((text) => text !== '').slice(0, MOST);

function valuesOf(scene: OpenScene): (field: string) => readonly string[] {
  const { name, detail, jid } = scene.entities;
  const known = new Map<string, readonly string[]>();
  const bare = (address: string) => address.split('/')[0]!;
  const parts: Readonly<Record<string, (address: string) => string>> = {
    bare,
    local: (address) => (address.includes('@') ? address.split('@')[0]! : ''),
    domain: (address) => bare(address).split('@').at(-1)!,
    resource: (address) => address.slice(bare(address).length + 1),
  };
  const made = (field: string): readonly string[] => {
    const [end = '', part = ''] = field.split('.');
    if (end === 'from' || end === 'to' || end === 'entity') {
      const of = parts[part];
      if (of) return unique(jid.slice(0, MOST).map(of));
      const shown = name.slice(0, MOST).map((short, i) => (detail[i]!.startsWith('/') ? short + detail[i] : short));
      return unique([...name.slice(0, MOST), ...shown, ...jid.slice(0, MOST)]);
    }
    if (field === 'kind') return KINDS;
    if (field === 'type' || field === '@type') return TYPES;
    if (field === 'state') return unique(scene.states.map(({ label }) => label));
    if (field === 'link') {
      const { from, to } = scene.links;
      return unique(Array.from(from.slice(0, MOST), (start, i) => `${name[start]} -> ${name[to[i]!]}`));
    }
    return [];
  };
  return (field) => {
    let values = known.get(field);
    if (!values) known.set(field, (values = made(field)));
    return values;
  };
}

const nothing = (): readonly string[] => [];
export function useValues(): (field: string) => readonly string[] {
  const scene = useView((s) => s.scene);
  return useMemo(() => (scene ? valuesOf(scene) : nothing), [scene]);
}
