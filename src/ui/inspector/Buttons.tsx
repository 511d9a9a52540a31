/** Above what is inspected: follow it, go there, take it back, and on to the parts that answer a question. */
import type { Part, Target } from '../../protocol/parts.ts';
import { useController } from '../client/context.ts';
import { hintOf } from '../shared/shortcuts.ts';
import { useBranches } from '../state/branches.ts';
import { sameTarget, useView } from '../state/store.ts';
import { backFrom, standAt, useTrail } from './trail.ts';

/** Lights all that this follows from and all that follows from it. */
export function FollowButton({ target }: { readonly target: Target }) {
  const controller = useController();
  const isOn = useView((s) => sameTarget(s.following, target));
  return (
    <button
      type="button"
      className="button inspector-go"
      aria-pressed={isOn}
      title={`Its causes and effects, in every view (${hintOf('follow')})`}
      onClick={() => controller.follow(isOn ? null : target)}
    >
      Follow this {target.type === 'event' ? 'event' : 'stanza'}
    </button>
  );
}

export function GoThere({ ordinal }: { readonly ordinal: number }) {
  const controller = useController();
  return (
    <button type="button" className="button inspector-go" onClick={() => void controller.seekOrdinal(ordinal)}>
      Go to this moment
    </button>
  );
}

/** Of an event that is something done by hand. */
export function TakeBack({ ordinal }: { readonly ordinal: number }) {
  const { acts } = useController();
  const told = useBranches((s) => s.told);
  const index = told?.branches.find(({ id }) => id === told.active)?.acts.findIndex((act) => act.ordinal === ordinal) ?? -1;
  if (!told || index < 0) return null;
  return (
    <button
      type="button"
      className="button inspector-go"
      title="What was done later stays, as far as it still means anything"
      onClick={() => void acts.withdraw(told.active, index)}
    >
      Take this back
    </button>
  );
}

/** Parts that answer a question of their own, and may stand far below. */
const ASKED_FOR: ReadonlySet<string> = new Set(['hops', 'why']);
/** With so few parts they are in sight. */
const FEW_PARTS = 3;

export function Jumps({ parts }: { readonly parts: readonly Part[] }) {
  const far = parts.slice(FEW_PARTS).filter((part) => ASKED_FOR.has(part.key) && part.title !== undefined);
  if (far.length === 0) return null;
  return (
    <nav aria-label="Further down" className="inspector-jumps">
      {far.map(({ key, title }) => (
        <button
          key={key}
          type="button"
          className="small-button"
          onClick={({ currentTarget }) =>
            currentTarget
              .closest('section')
              ?.querySelector(`[data-part="${CSS.escape(key)}"]`)
              ?.scrollIntoView({ block: 'start' })
          }
        >
          {title}
        </button>
      ))}
    </nav>
  );
}

export function TrailButtons() {
  const controller = useController();
  const trail = useTrail();
  const nothing = useView((s) => s.selection === null);
  const back = backFrom(trail, nothing);
  const forward = trail.at + 1;
  return (
    <div className="trail">
      {(
        [
          ['Back in selection', back, 'M10 3.5L5.5 8l4.5 4.5'],
          ['Forward in selection', forward, 'M6 3.5L10.5 8L6 12.5'],
        ] as const
      ).map(([name, at, path]) => (
        <button
          key={name}
          type="button"
          className="plain"
          aria-label={name}
          title={name}
          disabled={!trail.targets[at]}
          onClick={() => controller.select(standAt(at))}
        >
          <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.6">
            <path d={path} strokeLinecap="round" strokeLinejoin="round" />
          </svg>
        </button>
      ))}
    </div>
  );
}
