/** Blocks of a guide on the page. What is folded away comes step by step, each when it is asked for. */
import { useState, type ReactNode } from 'react';
import type { Block, Spans } from './markdown.ts';

interface Around {
  /** Where words lead; undefined for those that lead out of the page and stay words. */
  readonly leads: (to: string) => (() => void) | undefined;
  /** What can be done with a line that stands as an example. */
  readonly example?: ((line: string) => void) | undefined;
}

export function Blocks({ blocks, ...around }: { readonly blocks: readonly Block[] } & Around) {
  return [...blocks.entries()].map(([i, block]) => <One key={i} block={block} {...around} />);
}

function One({ block, ...around }: { readonly block: Block } & Around): ReactNode {
  switch (block.type) {
    case 'heading':
      return (
        <h3>
          <Words spans={block.text} {...around} />
        </h3>
      );
    case 'paragraph':
      return (
        <p>
          <Words spans={block.text} {...around} />
        </p>
      );
    case 'steps':
      return (
        <ol>
          {[...block.items.entries()].map(([i, item]) => (
            <li key={i}>
              <Words spans={item} {...around} />
            </li>
          ))}
        </ol>
      );
    case 'code':
      return <Examples lines={block.lines} example={around.example} />;
    case 'table':
      return (
        <table className="guide-table">
          <thead>
            <tr>
              {[...block.head.entries()].map(([i, cell]) => (
                <th key={i} scope="col">
                  <Words spans={cell} {...around} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...block.rows.entries()].map(([i, row]) => (
              <tr key={i}>
                {[...row.entries()].map(([j, cell]) => (
                  <td key={j}>
                    <Words spans={cell} {...around} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case 'folded':
      return <Folded block={block} {...around} />;
  }
}

function Examples({ lines, example }: { readonly lines: readonly string[] } & Pick<Around, 'example'>) {
  return (
    <ul className="guide-examples">
      {lines.map((line) => (
        <li key={line}>
          <code className="mono">{line}</code>
          {example && (
            <button type="button" className="small-button" aria-label={`Use ${line} as the filter`} onClick={() => example(line)}>
              Use
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function Words({ spans, leads }: { readonly spans: Spans } & Around) {
  return [...spans.entries()].map(([i, { type, text, to }]) => {
    if (type === 'code')
      return (
        <code key={i} className="mono">
          {text}
        </code>
      );
    if (type === 'strong') return <strong key={i}>{text}</strong>;
    if (type === 'em') return <em key={i}>{text}</em>;
    const go = type === 'link' ? leads(to ?? '') : undefined;
    return go ? (
      <button key={i} type="button" className="guide-link" onClick={go}>
        {text}
      </button>
    ) : (
      text
    );
  });
}

/** The steps one by one, then what stands behind them; or all at once. */
function Folded({ block, ...around }: { readonly block: Extract<Block, { readonly type: 'folded' }> } & Around) {
  const [shown, setShown] = useState(0);
  const steps = block.blocks.flatMap((inner) => (inner.type === 'steps' ? inner.items : []));
  const rest = block.blocks.filter((inner) => inner.type !== 'steps');
  const done = shown > steps.length;
  const next = shown < steps.length ? `Show step ${shown + 1} of ${steps.length}` : 'Show what is wrong';
  return (
    <section aria-label={block.title} className="guide-walk">
      <h3>{block.title}</h3>
      {shown > 0 && (
        <ol aria-live="polite">
          {[...steps.slice(0, shown).entries()].map(([i, step]) => (
            <li key={i}>
              <Words spans={step} {...around} />
            </li>
          ))}
        </ol>
      )}
      {done && <Blocks blocks={rest} {...around} />}
      <p className="guide-buttons">
        {!done && (
          <button type="button" className="button small" onClick={() => setShown(shown + 1)}>
            {next}
          </button>
        )}
        {!done && shown < steps.length && (
          <button type="button" className="small-button" onClick={() => setShown(steps.length + 1)}>
            Show all of it
          </button>
        )}
        {shown > 0 && (
          <button type="button" className="small-button" onClick={() => setShown(0)}>
            Hide it again
          </button>
        )}
      </p>
    </section>
  );
}
