/** One legend in every view: the shape and colour of a stanza's kind, and the look of an entity's state. */
import type { KindName, LinkStateName, Look } from '../../protocol/scene.ts';

const SHAPES: Readonly<Record<KindName, string>> = {
  message: 'M8 3a5 5 0 1 0 0 10a5 5 0 1 0 0-10z',
  presence: 'M8 2.5l6 10.5h-12z',
  iq: 'M3.5 3.5h9v9h-9z',
  result: 'M4.2 4.2h7.6v7.6h-7.6z',
  error: 'M8 1.8l6.2 6.2l-6.2 6.2l-6.2-6.2z',
  push: 'M3 2.5l10.5 5.5l-10.5 5.5z',
  pull: 'M13 2.5l-10.5 5.5l10.5 5.5z',
  digest: 'M8 2.4l5.6 5.6l-5.6 5.6l-5.6-5.6z',
  stream: 'M2.5 5.6h11v4.8h-11z',
};

export function KindIcon({ kind }: { readonly kind: KindName }) {
  return (
    <svg className={`kind kind-${kind}`} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={SHAPES[kind]} />
    </svg>
  );
}

export function LookIcon({ look }: { readonly look: Look }) {
  return (
    <svg className={`look look-${look}`} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <circle cx="8" cy="8" r="5" />
      {look === 'removed' && <path d="M4.5 8h7" />}
    </svg>
  );
}

/** A link, by how far its stream is. */
export function StreamIcon({ state }: { readonly state: LinkStateName }) {
  return (
    <svg className={`stream-look stream-${state}`} viewBox="0 0 22 14" width="22" height="14" aria-hidden="true">
      <path d="M1 7h20" />
    </svg>
  );
}

/** How far a stream is, in words. */
export const STREAM_TITLES: Readonly<Record<LinkStateName, string>> = {
  down: 'no stream',
  negotiating: 'negotiating',
  up: 'stream up',
  half: 'held by one side only',
};

/** How a kind is called beside its shape. */
export const KIND_TITLES: Readonly<Record<KindName, string>> = {
  message: 'message',
  presence: 'presence',
  iq: 'iq',
  result: 'result',
  error: 'error',
  push: 'push',
  pull: 'pull',
  digest: 'digest',
  stream: 'stream',
};
