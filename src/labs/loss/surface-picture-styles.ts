/** Panels lie over the canvas that shows them: places for focus and pointers, with names and numbers beside them. */
import { css } from 'lit';

export const surfacePictureStyles = css`
  :host {
    position: relative;
    overflow: hidden;
  }
  canvas {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  canvas.empty {
    visibility: hidden;
  }
  .nothing {
    position: absolute;
    inset: 0;
    display: grid;
    place-content: center;
    padding: 20px;
    text-align: center;
    color: var(--soft);
  }
  .panel {
    position: absolute;
    border-radius: 3px;
  }
  .panel.contours {
    cursor: crosshair;
    touch-action: none;
  }
  .panel.surface {
    cursor: grab;
    touch-action: pan-y;
  }
  .panel.turning {
    cursor: grabbing;
  }
  .panel:focus-visible {
    outline-offset: -2px;
  }
  .name {
    position: absolute;
    height: 22px;
    white-space: nowrap;
    pointer-events: none;
    font-size: 12.5px;
    font-weight: 600;
  }
  .ticks {
    pointer-events: none;
  }
  .ticks span {
    position: absolute;
    font-size: 11px;
    line-height: 14px;
    color: var(--soft);
    white-space: nowrap;
  }
  .below {
    transform: translateX(-50%);
  }
  .beside {
    transform: translate(-100%, -50%);
  }
  .there {
    transform: translate(-50%, -50%);
  }
  .from-right {
    transform: translateX(-100%);
  }
`;
