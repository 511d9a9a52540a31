/** What an act needs to be told before it is done: a number, or a stanza. */
import { useEffect, useState } from 'react';
import { problemOf } from '../../base/result.ts';
import type { Choice } from '../../protocol/branches.ts';
import type { Act } from '../../protocol/intervention.ts';
import { useController } from '../client/context.ts';

type Asks = NonNullable<Choice['asks']>;

interface Props {
  readonly choice: Choice;
  readonly asks: Asks;
  /** Of an act on a message: its id. */
  readonly message: number | undefined;
  readonly done: (act: Act) => void;
}

const CHECK_MS = 200;

/** The act, with another value in the place of the one that it came with. */
function withValue(act: Act, what: Asks['what'], value: number | string): Act {
  switch (what) {
    case 'ticks':
      return { ...act, by: value } as Act;
    case 'factor':
      return { ...act, factor: value } as Act;
    case 'share':
      return { ...act, share: value } as Act;
    case 'xml':
      return { ...act, xml: value } as Act;
  }
}

/** Why this is no such number; null where it is one. */
function whyNoNumber(text: string, { what, min = -Infinity, max = Infinity }: Asks): string | null {
  const value = Number(text.replace(',', '.'));
  if (text.trim() === '' || !Number.isFinite(value)) return 'Type a number.';
  if (what === 'ticks' && !Number.isInteger(value)) return 'A whole number, please.';
  if (value < min) return `At least ${min.toLocaleString('en')}.`;
  if (value > max) return `At most ${max.toLocaleString('en')}.`;
  return null;
}

export function Asking({ choice, asks, message, done }: Props) {
  const { ask } = useController();
  const [text, setText] = useState(String(asks.value));
  const [refused, setRefused] = useState<string | null>(null);
  const isXml = asks.what === 'xml';
  const why = isXml ? refused : whyNoNumber(text, asks);
  useEffect(() => {
    if (!isXml || message === undefined) return undefined;
    let gone = false;
    const timer = setTimeout(() => {
      ask('checkEdit', { message, xml: text }).then(
        () => !gone && setRefused(null),
        (error: unknown) => !gone && setRefused(problemOf(error).message),
      );
    }, CHECK_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [ask, isXml, message, text]);
  const commit = () => {
    if (why === null) done(withValue(choice.act, asks.what, isXml ? text : Number(text.replace(',', '.'))));
  };
  return (
    <div className="asking">
      <label htmlFor="asking">{asks.label}</label>
      {isXml ? (
        <textarea
          id="asking"
          className="field mono"
          rows={Math.min(12, Math.max(4, Math.ceil(text.length / 56)))}
          spellCheck={false}
          value={text}
          aria-invalid={why !== null}
          aria-describedby="asking-why"
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && commit()}
        />
      ) : (
        <input
          id="asking"
          className="field mono"
          inputMode="decimal"
          autoComplete="off"
          value={text}
          aria-invalid={why !== null}
          aria-describedby="asking-why"
          onChange={({ target }) => setText(target.value)}
          onKeyDown={(event) => event.key === 'Enter' && commit()}
        />
      )}
      <p id="asking-why" role="alert" className="asking-why">
        {why}
      </p>
      <button type="button" className="button" disabled={why !== null} onClick={commit}>
        {choice.label.replace('…', '')}
      </button>
    </div>
  );
}
