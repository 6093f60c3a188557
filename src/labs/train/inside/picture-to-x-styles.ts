/** The look of the part from the picture to x. */
import { css } from 'lit';

export const pictureToXStyles = css`
  /* x and X are two things */
  h2 {
    font-size: 14px;
    text-transform: none;
    letter-spacing: 0;
    color: var(--ink);
  }
  .channels {
    container-type: inline-size;
  }
  channel-view {
    height: calc((100cqi - 76px) / 3 + 22px);
    max-height: 422px;
  }
  .grey channel-view {
    height: calc(min(320px, 100cqi - 56px) + 22px);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: 10px 0 6px;
  }
  .unroll {
    margin-left: auto;
    font-weight: 600;
  }
  .told {
    min-height: 36px;
  }
  .count {
    padding: 6px 0 2px;
    font-size: 15px;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 14px 0 8px;
    font-size: 14px;
    font-weight: 650;
  }
  .many {
    display: flex;
    gap: 14px;
    align-items: flex-start;
  }
  .left {
    flex: 1;
    min-width: 0;
  }
  columns-view {
    height: 190px;
  }
  .example {
    flex: none;
    width: 128px;
    padding-top: 18px;
  }
  .marked {
    position: relative;
    aspect-ratio: 1;
    border-radius: 6px;
    overflow: hidden;
    background: var(--line);
  }
  .marked picture-canvas,
  .marked svg {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
  }
  rect {
    fill: none;
    stroke: var(--ink);
    stroke-width: 0.8;
  }
  rect.under {
    stroke: var(--card);
    stroke-width: 1.8;
  }
  @media (max-width: 759px) {
    .many {
      gap: 10px;
    }
    .example {
      width: 84px;
    }
    columns-view {
      height: 150px;
    }
  }
`;
