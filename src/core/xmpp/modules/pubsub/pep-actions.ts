/**
 * What a person tells of themselves, by hand, at the own account (XEP-0163 §3): mood (XEP-0107), tune (XEP-0118), activity (XEP-0108), location (XEP-0080), nickname (XEP-0172); anything else in own-node-actions.ts.
 * Moods and activities to choose from are some of those that the specifications list; another can be typed into the stanza.
 */
import { el, type Element } from '../../../../base/xml/element.ts';
import { choice, option, text, type ActionView, type Deed, type Deeds, type Filled } from '../../actions/contract.ts';
import { NS } from '../../namespaces.ts';
import { PUBSUB } from './model.ts';
import { ownNodeActions } from './own-node-actions.ts';

const MOOD = 'http://jabber.org/protocol/mood';
const TUNE = 'http://jabber.org/protocol/tune';
const ACTIVITY = 'http://jabber.org/protocol/activity';
const GEOLOC = 'http://jabber.org/protocol/geoloc';
const NICK = 'http://jabber.org/protocol/nick';

const NOTHING = option('', 'nothing any more');
const MOODS = ['happy', 'amused', 'calm', 'curious', 'excited', 'grumpy', 'hungry', 'sad', 'sleepy', 'thirsty'];
const ACTIVITIES = ['drinking', 'eating', 'exercising', 'having_appointment', 'inactive', 'relaxing', 'talking', 'traveling', 'working'];

export function pepActions(view: ActionView): readonly Deeds[] {
  /** One node of one name, whose item says how it is now; an empty one, that nothing is to be told any more. */
  const tell = (
    name: string,
    title: string,
    source: string,
    node: string,
    fields: Deed['fields'],
    content: (form: Filled) => Element,
  ): Deed => ({
    id: `pep/${name}`,
    title,
    source,
    fields,
    write: (form) =>
      el(
        'iq',
        NS.client,
        { type: 'set', id: view.id },
        el('pubsub', PUBSUB, {}, el('publish', PUBSUB, { node }, el('item', PUBSUB, { id: 'current' }, content(form)))),
      ),
  });
  const said = (ns: string, form: Filled, names: readonly string[]): readonly Element[] =>
    names.flatMap((name) => {
      const value = form.some(name);
      return value === undefined ? [] : [el(name, ns, {}, value)];
    });
  const coordinate = (form: Filled, name: string, most: number): void => {
    const value = form.some(name);
    if (value !== undefined && !(/^-?\d+(\.\d+)?$/.test(value) && Number(value) <= most && Number(value) >= -most))
      form.fault(name, `Degrees are meant here, from -${most} to ${most}, with a point.`);
  };
  return [
    {
      key: 'pep',
      title: 'What others are told of this person',
      subtitle: 'by events of the own account, to those who may see the presence and want to know',
      actions: [
        tell(
          'mood',
          'Mood',
          'XEP-0107 §2',
          MOOD,
          [choice('mood', 'Mood', [...MOODS.map((m) => option(m)), NOTHING]), text('text', 'In words')],
          (form) => {
            const mood = form.text('mood');
            return el('mood', MOOD, {}, ...(mood === '' ? [] : [el(mood, MOOD), ...said(MOOD, form, ['text'])]));
          },
        ),
        tell(
          'tune',
          'Tune',
          'XEP-0118 §2',
          TUNE,
          [text('artist', 'Artist', { value: 'The Mock Turtle' }), text('title', 'Title', { value: 'Beautiful Soup' })],
          (form) => el('tune', TUNE, {}, ...said(TUNE, form, ['artist', 'title'])),
        ),
        tell(
          'activity',
          'Activity',
          'XEP-0108 §2',
          ACTIVITY,
          [
            choice('activity', 'Activity', [...ACTIVITIES.map((a) => option(a, a.replaceAll('_', ' '))), NOTHING]),
            text('text', 'In words'),
          ],
          (form) => {
            const activity = form.text('activity');
            return el('activity', ACTIVITY, {}, ...(activity === '' ? [] : [el(activity, ACTIVITY), ...said(ACTIVITY, form, ['text'])]));
          },
        ),
        tell(
          'location',
          'Location',
          'XEP-0080 §3',
          GEOLOC,
          [text('lat', 'Latitude'), text('locality', 'Place', { value: 'Wonderland' }), text('lon', 'Longitude')],
          (form) => {
            coordinate(form, 'lat', 90);
            coordinate(form, 'lon', 180);
            return el('geoloc', GEOLOC, {}, ...said(GEOLOC, form, ['lat', 'locality', 'lon']));
          },
        ),
        tell('nickname', 'Nickname', 'XEP-0172 §4.3', NICK, [text('nick', 'Nickname', { required: true })], (form) =>
          el('nick', NICK, {}, form.text('nick')),
        ),
        ...ownNodeActions(view),
      ],
    },
  ];
}
