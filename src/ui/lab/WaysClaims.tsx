/** What these runs show, in sentences made from them. */
import type { Claim, WaysPlan } from '../../protocol/ways.ts';

interface Props {
  readonly plan: WaysPlan;
  readonly claims: readonly Claim[];
  readonly waiting: boolean;
}

export function WaysClaims({ plan, claims, waiting }: Props) {
  if (claims.length === 0) return <p className="lab-words">{waiting ? 'What the runs show is said when all are there.' : ''}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be within reach of the keyboard
    <ul className="ways-claims" aria-label="What these runs show" tabIndex={0}>
      {claims.map(({ id, text, because, expected, ways }) => (
        <li key={id} title={because}>
          {ways.length === 1 && (
            <i className={`ways-swatch line-${plan.ways.findIndex((way) => way.id === ways[0]) % 7}`} aria-hidden="true" />
          )}
          {text}
          {!expected && <em> Not what one would expect of it: {because}.</em>}
        </li>
      ))}
    </ul>
  );
}
