/** Two lines about what is under the pointer. */
import { KINDS, LINK_KINDS, LINK_STATES } from '../../protocol/scene.ts';
import { STREAM_TITLES } from '../shared/KindIcon.tsx';
import { formatBytes, formatSpan } from '../shared/format.ts';
import { canSend } from '../state/sending.ts';
import type { Ground, Hit } from './hit.ts';

export function tipOf({ target, flight, group }: Hit, { scene, frame, t }: Ground): readonly [string, string] | null {
  const { name, detail, jid } = scene.entities;
  const called = (i: number | undefined) => (i === undefined ? '' : (name[i] ?? '') + (detail[i] ?? ''));
  if (target.type === 'message' && frame) {
    const { kind, from, to, due, bytes } = frame.flights;
    const way = `${called(from[flight])} → ${called(to[flight])}`;
    return [
      `${KINDS[kind[flight] ?? 0]} · ${formatBytes(bytes[flight] ?? 0)} · ${way}`,
      (due[flight] ?? t) < frame.tick
        ? 'should have come: it waits, or does not get through'
        : `arrives in ${formatSpan(scene.unit, Math.max(0, (due[flight] ?? t) - t))}`,
    ];
  }
  if (group) {
    const { together } = group;
    return together.length > 1
      ? [
          `${together.length} more`,
          together
            .map((g) => g.title)
            .join(', ')
            .slice(0, 80),
        ]
      : [group.group.words, called(group.group.host)];
  }
  if (target.type === 'entity') {
    const state = scene.states[frame?.states[target.index] ?? 0]?.label ?? '';
    return [jid[target.index] ?? '', canSend(scene, target.index) ? `${state} · drag to another to send` : state];
  }
  if (target.type === 'link') {
    const { from, to, kind, latency } = scene.links;
    const state = LINK_STATES[frame?.links?.[target.index] ?? -1];
    const stream = state ? `${LINK_KINDS[kind[target.index] ?? 0]}, ${STREAM_TITLES[state]} · ` : '';
    return [
      `${called(from[target.index])} → ${called(to[target.index])}`,
      `${stream}latency ${formatSpan(scene.unit, latency[target.index] ?? 0)}`,
    ];
  }
  return null;
}
