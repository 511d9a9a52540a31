/** A value in the inspector: with what it leads to, and marked where it has changed. */
import { Fragment } from 'react';
import type { Target } from '../../protocol/parts.ts';
import type { Changes } from './changes.ts';

export interface Around {
  readonly changes: Changes;
  readonly follow: (target: Target) => void;
}

/** A long address breaks behind its `@`, before its `/` or between its labels rather than anywhere. */
function Breakable({ text }: { readonly text: string }) {
  return [...text.split(/(?<=@)|(?=\/)|(?=\.\p{L})/u).entries()].map(([i, piece]) => (
    <Fragment key={i}>
      {i > 0 && <wbr />}
      {piece}
    </Fragment>
  ));
}

interface ValueProps extends Around {
  readonly at: string;
  readonly text: string;
  readonly link?: Target | undefined;
  readonly mono?: boolean | undefined;
}
export function Value({ at, text, link, mono, changes, follow }: ValueProps) {
  const change = changes.get(at);
  const className = `value${mono ? ' mono' : ''}${change ? ' fresh' : ''}`;
  return (
    <>
      {link ? (
        <button type="button" className={`${className} to`} title={change} onClick={() => follow(link)}>
          <Breakable text={text} />
        </button>
      ) : (
        <span className={className} title={change}>
          <Breakable text={text} />
        </span>
      )}
      {change && <span className="sr-only"> changed</span>}
    </>
  );
}
