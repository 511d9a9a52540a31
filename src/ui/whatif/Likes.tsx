/** What can be done with everything like something: hide it, show nothing else, stop there. */
import { useEffect, useState } from 'react';
import { problemOf } from '../../base/result.ts';
import type { Target } from '../../protocol/parts.ts';
import type { Alike } from '../../protocol/query.ts';
import { useController } from '../client/context.ts';
import { isStale } from '../client/pane.ts';
import { useView } from '../state/store.ts';

interface Props {
  readonly target: Target;
  /** The event that the menu was asked at, if it is another one. */
  readonly ordinal: number | undefined;
  readonly close: () => void;
}

export function Likes({ target, ordinal, close }: Props) {
  const { breaks, ask } = useController();
  const [list, setList] = useState<readonly Alike[] | null>(null);
  useEffect(() => {
    let gone = false;
    ask('alike', { target }).then(
      (found) => {
        const own = ordinal === undefined || target.type === 'event' ? [] : [{ title: 'this event', text: `ordinal == ${ordinal}` }];
        if (!gone) setList([...found, ...own]);
      },
      (error: unknown) => {
        if (!gone && !isStale(error)) useView.getState().problemMet(problemOf(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [ask, target, ordinal]);
  const act = (done: (text: string) => void, text: string) => {
    done(text);
    close();
  };
  if (!list || list.length === 0) return null;
  return (
    <section aria-label="Like this" className="menu-part">
      <h3>Like this</h3>
      {list.map(({ title, text }) => (
        <div key={text} className="like">
          <p>
            {title}
            <code title={text}>{text}</code>
          </p>
          <button type="button" className="button" aria-label={`Hide ${title}`} onClick={() => act(breaks.hide, text)}>
            Hide
          </button>
          <button type="button" className="button" aria-label={`Show only ${title}`} onClick={() => act(breaks.only, text)}>
            Only
          </button>
          <button type="button" className="button" aria-label={`Stop at ${title}`} onClick={() => act(breaks.add, text)}>
            Stop at
          </button>
        </div>
      ))}
    </section>
  );
}
