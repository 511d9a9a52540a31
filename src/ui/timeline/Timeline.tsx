/** The transport bar: steps, play, the time, the scrubber, the speed. */
import type { CSSProperties } from 'react';
import { useController } from '../client/context.ts';
import { formatSpeed } from '../shared/format.ts';
import { Icon, type IconName } from '../shared/icons.tsx';
import { hintOf, type ShortcutId } from '../shared/shortcuts.ts';
import { atEnd } from '../state/frame.ts';
import { useView } from '../state/store.ts';
import { useLive } from '../state/useLive.ts';
import { positionOf, SPEED_STEPS, speedAt } from './scale.ts';
import { Breakpoints } from './Breakpoints.tsx';
import { Preparing } from './Preparing.tsx';
import { Scrubber } from './Scrubber.tsx';
import { StepMenu } from './StepMenu.tsx';
import { TimeField } from './TimeField.tsx';
import './timeline.css';

interface StepProps {
  readonly title: string;
  readonly icon: IconName;
  readonly shortcut: ShortcutId;
  readonly disabled: boolean;
  readonly onClick: () => void;
}
const StepButton = ({ title, icon, shortcut, disabled, onClick }: StepProps) => (
  <button type="button" className="step" aria-label={title} title={`${title} (${hintOf(shortcut)})`} disabled={disabled} onClick={onClick}>
    <Icon name={icon} />
  </button>
);

function PlayButton({ disabled }: { readonly disabled: boolean }) {
  const controller = useController();
  const playing = useView((s) => s.playing);
  const done = useLive(atEnd);
  const title = playing ? 'Pause' : done ? 'Replay' : 'Play';
  const icon = playing ? 'pause' : done ? 'replay' : 'play';
  return (
    <button
      type="button"
      className="step play"
      aria-label={title}
      title={`${title} (${hintOf('play')})`}
      disabled={disabled}
      onClick={controller.playOrPause}
    >
      <Icon name={icon} />
    </button>
  );
}

function SpeedSlider() {
  const controller = useController();
  const scene = useView((s) => s.scene);
  const speed = useView((s) => s.speed);
  if (!scene) return null;
  const text = formatSpeed(scene.unit, speed);
  const position = positionOf(speed, scene.speed);
  return (
    <div className="speed">
      <span className="mono">{text}</span>
      <input
        type="range"
        aria-label="Speed"
        aria-valuetext={text}
        title="Speed; double click for the scene’s own"
        min={0}
        max={SPEED_STEPS}
        value={position}
        style={{ '--part': `${position}%` } as CSSProperties}
        onChange={({ target }) => controller.setSpeed(speedAt(Number(target.value), scene.speed))}
        onDoubleClick={() => controller.setSpeed(scene.speed)}
      />
    </div>
  );
}

export function Timeline() {
  const controller = useController();
  const scene = useView((s) => s.scene);
  const off = !scene;
  return (
    <section className="bar" aria-label="Transport">
      <div className="steps">
        <StepButton
          title="Previous round"
          icon="previousRound"
          shortcut="round-back"
          disabled={off}
          onClick={() => void controller.step('round', true)}
        />
        <StepButton
          title="Step back"
          icon="stepBack"
          shortcut="change-back"
          disabled={off}
          onClick={() => void controller.step('change', true)}
        />
        <PlayButton disabled={off} />
        <StepButton
          title="Step forward"
          icon="stepForward"
          shortcut="change-forward"
          disabled={off}
          onClick={() => void controller.step('change', false)}
        />
        <StepButton
          title="Next round"
          icon="nextRound"
          shortcut="round-forward"
          disabled={off}
          onClick={() => void controller.step('round', false)}
        />
        <StepMenu />
        <Breakpoints />
      </div>
      {scene && (
        <>
          <TimeField unit={scene.unit} />
          <Scrubber scene={scene} />
          <SpeedSlider />
          <Preparing />
        </>
      )}
    </section>
  );
}
