/** One part, by its type. */
import type { Field, Part, TreeNode } from '../../protocol/parts.ts';
import { place, type Changes } from './changes.ts';
import { HopsPart } from './HopsPart.tsx';
import { TablePart } from './TablePart.tsx';
import { Value, type Around } from './Value.tsx';
import { XmlView } from './XmlView.tsx';

export function PartView({ part, closed = false, ...around }: { readonly part: Part; readonly closed?: boolean } & Around) {
  if (part.type === 'note') return <Note part={part} follow={around.follow} />;
  if (part.type === 'fields' && part.fields.length === 0) return null;
  return (
    <div className="part" data-part={part.key}>
      {part.type === 'xml' ? (
        <XmlView part={part} />
      ) : part.type === 'hops' ? (
        <HopsPart part={part} follow={around.follow} />
      ) : part.type === 'table' ? (
        <TablePart part={part} closed={closed} {...around} />
      ) : (
        <>
          {part.title && <h3>{part.title}</h3>}
          {part.type === 'fields' && <Fields part={part} {...around} />}
          {part.type === 'tree' && <Tree nodes={part.nodes} path={[part.key]} changes={around.changes} />}
          {part.type === 'form' && <Form part={part} changes={around.changes} />}
        </>
      )}
    </div>
  );
}

type Of<T extends Part['type']> = Extract<Part, { readonly type: T }>;

function Note({ part, follow }: { readonly part: Of<'note'> } & Pick<Around, 'follow'>) {
  const { link } = part;
  return (
    <div className="part note" data-part={part.key}>
      {part.title && <h3>{part.title}</h3>}
      <p>
        <Words text={part.text} /> <span className="note-source">{part.source}</span>
        {link && (
          <button type="button" className="small-button note-link" onClick={() => follow(link)}>
            {link.type === 'event' ? `Event ${link.ordinal}` : 'Show'}
          </button>
        )}
      </p>
    </div>
  );
}

/** Names of elements and attributes stand between backticks. */
const Words = ({ text }: { readonly text: string }) =>
  [...text.split('`').entries()].map(([i, words]) =>
    i % 2 === 0 ? (
      words
    ) : (
      <code key={i} className="mono">
        {words}
      </code>
    ),
  );

/** Fields that stand together under one label: said once. */
function byLabel(fields: readonly Field[]): readonly (readonly [Field, ...Field[]])[] {
  const groups: [Field, ...Field[]][] = [];
  for (const field of fields) {
    const last = groups.at(-1);
    if (last?.[0].label === field.label) last.push(field);
    else groups.push([field]);
  }
  return groups;
}

function Fields({ part, ...around }: { readonly part: Of<'fields'> } & Around) {
  return (
    <dl className="fields">
      {byLabel(part.fields).map((group) => (
        <div key={group[0].key} className="field-row">
          <dt>{group[0].label}</dt>
          {group.map((field) => (
            <dd key={field.key}>
              <Value at={place(part.key, field.key)} text={field.value} link={field.link} mono={field.mono} {...around} />
              {field.help && <small>{field.help}</small>}
            </dd>
          ))}
        </div>
      ))}
    </dl>
  );
}

interface TreeProps {
  readonly nodes: readonly TreeNode[];
  readonly path: readonly string[];
  readonly changes: Changes;
}
function Tree({ nodes, path, changes }: TreeProps) {
  return (
    <ul className="part-tree">
      {nodes.map((node) => {
        const here = [...path, node.key];
        const change = changes.get(place(...here));
        return (
          <li key={node.key}>
            <span className={node.value === undefined ? 'value' : 'muted'}>{node.label}</span>
            {node.value !== undefined && (
              <>
                {' '}
                <span className={`value${change ? ' fresh' : ''}`} title={change}>
                  {node.value}
                </span>
              </>
            )}
            {node.children.length > 0 && <Tree nodes={node.children} path={here} changes={changes} />}
          </li>
        );
      })}
    </ul>
  );
}

function Form({ part, changes }: { readonly part: Of<'form'>; readonly changes: Changes }) {
  return (
    <div className="part-form">
      {part.fields.map(({ key, label, values }) => {
        const change = changes.get(place(part.key, key));
        const shared = { className: change ? 'fresh' : '', title: change, readOnly: true };
        return (
          <label key={key}>
            {label}
            {values.length > 1 ? (
              <textarea {...shared} rows={Math.min(values.length, 8)} value={values.join('\n')} />
            ) : (
              <input {...shared} value={values[0] ?? ''} />
            )}
          </label>
        );
      })}
    </div>
  );
}
