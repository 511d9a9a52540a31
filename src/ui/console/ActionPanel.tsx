/** The panel of a client: what it can be made to do at the cursor, thing by thing, and what came of it. */
import { useEffect, useId, useRef } from 'react';
import type { ActionGroup } from '../../protocol/actions.ts';
import { hintOf } from '../shared/shortcuts.ts';
import { drafted, useActing } from '../state/acting.ts';
import { useView, type OpenScene } from '../state/store.ts';
import { ActionForm } from './ActionForm.tsx';
import { Outcomes } from './Outcomes.tsx';
import { useActions, type Offered } from './useActions.ts';
import './console.css';
import './actions.css';

export function ActionPanel({ scene, client }: { readonly scene: OpenScene; readonly client: number }) {
  const open = useActing((s) => s.open);
  const summons = useActing((s) => s.summons);
  const head = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (summons === 0) return;
    head.current?.focus();
    // Once: who then selects another client wants to look at it.
    useActing.setState({ summons: 0 });
  }, [summons]);
  const body = useId();
  const name = scene.entities.name[client] ?? '';
  return (
    <section aria-label={`Act as ${name}`} className="console acting">
      <h3>
        <button
          ref={head}
          type="button"
          className="console-head"
          title={`Act as the selected client (${hintOf('act')})`}
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={() => useActing.setState({ open: !open })}
        >
          <span className="console-mark" aria-hidden="true" />
          Act as {name}
        </button>
      </h3>
      {open && (
        <div id={body}>
          <Body key={scene.entities.jid[client]} scene={scene} client={client} />
        </div>
      )}
    </section>
  );
}

function Body({ scene, client }: { readonly scene: OpenScene; readonly client: number }) {
  const actions = useActions(client);
  const jid = scene.entities.jid[client] ?? '';
  const draft = useActing((s) => s.drafts[jid]);
  const chosen = draft?.group;
  const playing = useView((s) => s.playing);
  if (!actions) return <p className="muted act-about">{playing ? 'Pause to act: what is done by hand is done at one moment.' : '…'}</p>;
  // Where an action is being filled in, what came of the last one stands below it.
  const isFilling = actions.groups.some((g) => g.key === chosen && g.actions.some((a) => a.id === draft?.action));
  return (
    <>
      {!isFilling && <Outcomes offered={actions} most={actions.outcomes.length} />}
      {actions.groups.map((group) => (
        <GroupView
          key={group.key}
          jid={jid}
          client={client}
          group={group}
          offered={actions}
          open={chosen === undefined ? group === actions.groups[0] : group.key === chosen}
        />
      ))}
    </>
  );
}

interface GroupProps {
  readonly jid: string;
  readonly client: number;
  readonly group: ActionGroup;
  readonly offered: Offered;
  readonly open: boolean;
}
function GroupView({ jid, client, group, offered, open }: GroupProps) {
  const id = useActing((s) => s.drafts[jid]?.action ?? '');
  const action = group.actions.find((a) => a.id === id);
  const body = useId();
  return (
    <div className="act-group">
      <h4>
        <button
          type="button"
          className="act-group-head"
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={() => drafted(jid, { group: open ? '' : group.key })}
        >
          <span className="console-mark" aria-hidden="true" />
          {group.title}
          <small className="muted">{group.subtitle}</small>
        </button>
      </h4>
      {open && (
        <div id={body} className="act-group-body">
          {action ? (
            <ActionForm
              key={action.id}
              jid={jid}
              client={client}
              action={action}
              back={() => drafted(jid, { group: group.key, action: '' })}
            >
              <Outcomes offered={offered} most={1} />
            </ActionForm>
          ) : (
            <fieldset className="console-templates" aria-label={`Actions: ${group.title}`}>
              {group.actions.map((a) => (
                <button
                  key={a.id}
                  type="button"
                  className={`small-button${a.refused === undefined ? '' : ' is-refused'}`}
                  title={a.refused}
                  onClick={() => drafted(jid, { group: group.key, action: a.id })}
                >
                  {a.title}
                  {a.refused !== undefined && <span className="sr-only"> (not now)</span>}
                </button>
              ))}
            </fieldset>
          )}
        </div>
      )}
    </div>
  );
}
