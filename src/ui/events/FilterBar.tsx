/** The filter of all views, with how much it hides and how many rows around each match are shown all the same. */
import { useEffect } from 'react';
import { saveJournal } from '../client/save-journal.ts';
import { useController } from '../client/context.ts';
import { useValues } from '../client/useValues.ts';
import { Icon } from '../shared/icons.tsx';
import { QueryBox } from '../shared/QueryBox.tsx';
import { cursorOf } from '../state/frame.ts';
import { contextChosen, FILTER, filterAnswered, filtered, filterKept, MOST_CONTEXT, useQueries } from '../state/queries.ts';
import { useView } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';

export function useFilter() {
  const text = useQueries((s) => s.filter);
  const refused = useQueries((s) => s.refused[FILTER]);
  const watched = useLive((s) => s.progress?.watched?.find(({ name }) => name === FILTER));
  const events = useLive((s) => s.progress?.events ?? 0);
  const on = text !== '' && !refused && watched?.text === text;
  return { on, text, refused, events, watched: on ? watched : undefined };
}

const number = (value: number): string => value.toLocaleString('en');

function Count() {
  const { on, watched, events } = useFilter();
  const cursor = useLive(cursorOf);
  if (events === 0) return null;
  if (!on || !watched) return <span className="muted filter-count">{`${number(cursor)} of ${number(events)}`}</span>;
  const hidden = watched.scanned - watched.shown;
  const more = watched.scanned < events ? ` · ${Math.floor((100 * watched.scanned) / events)} % looked at` : '';
  return (
    <output className="muted filter-count">
      <b>{number(watched.matches)}</b>
      {` of ${number(events)} · ${number(hidden)} hidden${more}`}
    </output>
  );
}

/** Escape hands the keyboard on to `leave`. */
export function FilterBar({ leave }: { readonly leave: () => void }) {
  const controller = useController();
  const filter = useQueries((s) => s.filter);
  const refused = useQueries((s) => s.refused[FILTER]);
  const recent = useQueries((s) => s.recent);
  const summons = useQueries((s) => s.summons);
  const context = useQueries((s) => s.context);
  const values = useValues();
  useEffect(() => {
    if (summons > 0) filterAnswered();
  }, [summons]);
  return (
    <>
      <QueryBox
        label="Filter"
        placeholder='Filter, such as  iq && to ~ "rooms."'
        value={filter}
        values={values}
        recent={recent}
        refused={refused}
        summons={summons}
        onChange={filtered}
        onLeave={filterKept}
        onEscape={leave}
        onCommit={(text) => {
          filtered(text);
          filterKept(text);
        }}
      >
        {filter === '' ? (
          <button
            type="button"
            className="plain"
            aria-label="How a filter is written"
            title="How a filter is written"
            onClick={() => useView.getState().guideOpened('filters')}
          >
            ?
          </button>
        ) : (
          <>
            <button
              type="button"
              className="plain"
              aria-label="Stop where it matches"
              title="Breakpoint: stop where it matches"
              onClick={() => controller.breaks.add(filter)}
            >
              <Icon name="breakpoint" />
            </button>
            <button type="button" className="plain" aria-label="Clear filter" title="Clear filter" onClick={() => filtered('')}>
              <Icon name="close" />
            </button>
          </>
        )}
      </QueryBox>
      {filter !== '' && (
        <label className="filter-context muted" title="Rows shown before and behind each match">
          ± rows
          <input
            type="number"
            aria-label="Rows around each match"
            min={0}
            max={MOST_CONTEXT}
            value={context}
            onChange={({ target }) => contextChosen(Number(target.value))}
          />
        </label>
      )}
      <Count />
      <button
        type="button"
        className="plain filter-save"
        aria-label="Save the journal"
        title="Save the journal: every event and stanza of this run, as lines of JSON"
        onClick={() => void saveJournal(controller)}
      >
        <Icon name="save" />
      </button>
    </>
  );
}
